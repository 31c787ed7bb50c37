// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/filter/sentence_button.h"
#include "core/incidents/periods.h"

#include <QDate>

class QDateEdit;

namespace patchlight::desktop {

/// When: shortcuts, and first and last day (or month, where the data knows only months).
class PeriodPopup : public SentencePopup {
    Q_OBJECT
public:
    PeriodPopup(Document& document, QWidget* button);

private:
    void send(const std::optional<Period>& period);
    void sendDates();

    Document& m_document;
    QDateEdit* m_from;
    QDateEdit* m_to;
};

[[nodiscard]] QDate toQt(LocalDay day);
[[nodiscard]] LocalDay dayFrom(const QDate& date);

/// The last n whole months of the data's period.
[[nodiscard]] Period lastMonths(const Period& data, int months);
[[nodiscard]] LocalDay lastDayOfMonth(LocalDay day);
/// For buttons: "Jul – Sep 2025", "July 2025", "1 Jul – 14 Aug 2025".
[[nodiscard]] QString shortPeriod(const Period& period);
/// The filter's period, or the data's where there is none.
[[nodiscard]] QString periodText(const ProjectData& data, const IncidentFilter& filter);

} // namespace patchlight::desktop
