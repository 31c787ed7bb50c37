// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/result.h"

#include <QString>
#include <QStringList>

/// English for the texts of a page: numbers, plurals, names inside a sentence.
namespace patchlight::paint {

/// "no", "one" ... "ten", then "11", "1,024".
[[nodiscard]] QString numberWord(std::size_t number);
[[nodiscard]] QString counted(std::size_t number, const QString& one, const QString& many); ///< "1 incident"
[[nodiscard]] QString grouped(std::size_t number);                                          ///< "4,812"
/// "21.5 %"; what rounds to 100.0 or 0.0 without being it says "over 99.9 %", "under 0.1 %".
[[nodiscard]] QString shareText(double fraction, int decimals = 1);
[[nodiscard]] QString listed(const QStringList& items); ///< "a, b and c"
/// "+31 %", "−8 %", "no change", "new"; on fewer than ten earlier incidents "was 4".
[[nodiscard]] QString changeText(std::size_t now, std::size_t before);

[[nodiscard]] QString upperFirst(const QString& text);
/// First letter small, unless the word is an abbreviation ("ASB") or has further capitals; all-capital texts become
/// ordinary ones ("BURGLARY DWELLING" to "burglary dwelling").
[[nodiscard]] QString insideSentence(const QString& text);

/// The categories of a filter as a subject: "anti-social behaviour", "burglary and robbery", "incidents of five
/// categories"; none chosen: "incidents".
struct Subject {
    QString text;
    bool plural = true;
};
[[nodiscard]] Subject subjectOf(const std::vector<std::string>& categories);
/// Whether a category takes a plural verb: "Drugs", "Criminal damage and arson"; not "Theft from the person".
[[nodiscard]] bool isPlural(const QString& category);

/// "around Old Christchurch Road"; "place 3" without a name.
[[nodiscard]] QString around(const HotspotArea& area);
/// "BCP Council area", "Boscombe West ward"; empty for everything.
[[nodiscard]] QString areaPhrase(const std::string& name);
/// "5 October 2025" from an ISO date, other texts as they are.
[[nodiscard]] QString readableDate(const std::string& text);

} // namespace patchlight::paint
