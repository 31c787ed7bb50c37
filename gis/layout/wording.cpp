// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/wording.h"

#include "core/base/text.h"
#include "gis/layout/month_bars.h"

#include <array>
#include <cmath>

namespace patchlight::paint {

QString numberWord(std::size_t number) {
    static constexpr std::array<const char*, 11> words{"no",  "one",   "two",   "three", "four", "five",
                                                       "six", "seven", "eight", "nine",  "ten"};
    return number < words.size() ? QString::fromLatin1(words[number]) : grouped(number);
}

QString grouped(std::size_t number) {
    return QString::fromStdString(groupedCount(number));
}

QString counted(std::size_t number, const QString& one, const QString& many) {
    return grouped(number) + ' ' + (number == 1 ? one : many);
}

QString shareText(double fraction, int decimals) {
    const double step = std::pow(10.0, -decimals);
    const double percentage = fraction * 100.0;
    if (fraction > 0.0 && percentage < step / 2) return "under " + QString::number(step, 'f', decimals) + " %";
    if (fraction < 1.0 && percentage > 100.0 - step / 2)
        return "over " + QString::number(100.0 - step, 'f', decimals) + " %";
    return QString::fromStdString(percent(fraction, decimals));
}

QString listed(const QStringList& items) {
    if (items.size() < 2) return items.join(QString());
    return QStringList(items.mid(0, items.size() - 1)).join(", ") + " and " + items.last();
}

QString changeText(std::size_t now, std::size_t before) {
    if (before == 0) return now == 0 ? QStringLiteral("none") : QStringLiteral("new");
    if (now == before) return QStringLiteral("no change");
    if (before < 10) return "was " + QString::number(before);
    const double change = (double(now) - double(before)) / double(before) * 100.0;
    const auto rounded = std::llround(std::abs(change));
    if (rounded == 0) return QStringLiteral("about 0 %");
    return (change > 0 ? QStringLiteral("+") : QStringLiteral("−")) + grouped(std::size_t(rounded)) + " %";
}

QString upperFirst(const QString& text) {
    return text.isEmpty() ? text : text.left(1).toUpper() + text.mid(1);
}

QString insideSentence(const QString& text) {
    const QString clean = text.simplified();
    const bool shouted = clean == clean.toUpper() && clean != clean.toLower();
    if (shouted) return clean.size() <= 4 ? clean : clean.toLower();
    const QString word = clean.section(' ', 0, 0);
    bool furtherCapital = false;
    for (qsizetype i = 1; i < word.size(); ++i)
        furtherCapital = furtherCapital || (word[i].isUpper() && word[i - 1].isLetter());
    return furtherCapital || clean.isEmpty() ? clean : clean.left(1).toLower() + clean.mid(1);
}

bool isPlural(const QString& category) {
    static const QStringList links{" of ", " from ", " against ", " by ", " to ", " with ", " in ",
                                   " on ", " - ",    ": ",        " (",   "/",    ", "};
    QString head = category.simplified().toLower();
    for (const QString& link : links)
        if (const auto at = head.indexOf(link); at > 0) head = head.left(at);
    if (head.contains(" and ") || head.contains(" & ")) return true;
    return head.endsWith('s') && !head.endsWith("ss") && !head.endsWith("us") && !head.endsWith("is");
}

Subject subjectOf(const std::vector<std::string>& categories) {
    if (categories.empty()) return {"incidents", true};
    QStringList names;
    for (const auto& category : categories) {
        const QString name = insideSentence(QString::fromStdString(category));
        if (!names.contains(name)) names.push_back(name);
    }
    if (names.size() == 1) return {names.front(), isPlural(names.front())};
    if (names.size() > 3) return {"incidents of " + numberWord(std::size_t(names.size())) + " categories", true};
    // "violence and sexual offences and robbery" would be misread.
    const bool nested = names.filter(" and ").size() > 0;
    if (!nested) return {listed(names), true};
    return {QStringList(names.mid(0, names.size() - 1)).join(", ") + ", and " + names.last(), true};
}

QString around(const HotspotArea& area) {
    if (area.name.empty()) return "place " + QString::number(area.rank);
    return "around " + QString::fromStdString(area.name);
}

QString areaPhrase(const std::string& name) {
    QString text = QString::fromStdString(name).replace('_', ' ').simplified();
    static const QStringList bodies{"Council", "Partnership", "Police", "BID", "Constabulary"};
    for (const QString& body : bodies)
        if (text.endsWith(body)) return text + " area";
    return text;
}

QString readableDate(const std::string& text) {
    const auto day = parseIsoDay(text);
    if (!day || text.size() != 10) return QString::fromStdString(text);
    const std::chrono::year_month_day date{*day};
    return QString::number(unsigned(date.day())) + ' ' + monthName(*day);
}

} // namespace patchlight::paint
