// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/period_popup.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"

#include <QDateEdit>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {

QDate firstOfMonth(const QDate& date) {
    return {date.year(), date.month(), 1};
}
QDate lastOfMonth(const QDate& date) {
    return {date.year(), date.month(), date.daysInMonth()};
}

} // namespace

QDate toQt(LocalDay day) {
    const std::chrono::year_month_day parts{day};
    return {static_cast<int>(parts.year()), static_cast<int>(static_cast<unsigned>(parts.month())),
            static_cast<int>(static_cast<unsigned>(parts.day()))};
}

LocalDay dayFrom(const QDate& date) {
    return LocalDay{std::chrono::year{date.year()} / date.month() / date.day()};
}

Period lastMonths(const Period& data, int months) {
    const auto last = toQt(data.last);
    return {dayFrom(firstOfMonth(last).addMonths(1 - months)), dayFrom(lastOfMonth(last))};
}

LocalDay lastDayOfMonth(LocalDay day) {
    return dayFrom(lastOfMonth(toQt(day)));
}

QString shortPeriod(const Period& period) {
    const QLocale english(QLocale::English);
    const auto first = toQt(period.first), last = toQt(period.last);
    if (isWholeMonths(period)) {
        const auto end = english.toString(last, "MMM yyyy");
        if (first.year() == last.year() && first.month() == last.month()) return english.toString(first, "MMMM yyyy");
        return english.toString(first, first.year() == last.year() ? "MMM" : "MMM yyyy") + " \u2013 " + end;
    }
    const auto end = english.toString(last, "d MMM yyyy");
    if (first == last) return end;
    return english.toString(first, first.year() == last.year() ? "d MMM" : "d MMM yyyy") + " \u2013 " + end;
}

QString periodText(const ProjectData& data, const IncidentFilter& filter) {
    if (filter.period) return shortPeriod(*filter.period);
    return data.period ? shortPeriod(*data.period) : PeriodPopup::tr("All dates");
}

PeriodPopup::PeriodPopup(Document& document, QWidget* button)
    : SentencePopup("period-popup", button), m_document{document}, m_from(new QDateEdit), m_to(new QDateEdit) {
    const auto& known = *document.data();
    const auto whole = known.period.value_or(Period{dayFrom(QDate::currentDate()), dayFrom(QDate::currentDate())});
    auto* shortcuts = new QGridLayout;
    shortcuts->setSpacing(6);
    int number = 0;
    const auto shortcut = [&](const QString& text, const QString& name, std::optional<Period> period) {
        auto* choice = new QPushButton(text);
        choice->setObjectName(name);
        connect(choice, &QPushButton::clicked, this, [this, period] {
            send(period);
            close();
        });
        shortcuts->addWidget(choice, number / 2, number % 2);
        ++number;
    };
    shortcut(tr("&All dates"), "period-all", std::nullopt);
    shortcut(tr("Last &month"), "period-1", lastMonths(whole, 1));
    shortcut(tr("Last &3 months"), "period-3", lastMonths(whole, 3));
    shortcut(tr("Last &12 months"), "period-12", lastMonths(whole, 12));
    column().addLayout(shortcuts);

    const auto shown = document.workspace().filter.period.value_or(whole);
    auto* form = new QFormLayout;
    for (auto* edit : {m_from, m_to}) {
        edit->setDisplayFormat(known.monthsOnly ? "MMMM yyyy" : "d MMMM yyyy");
        edit->setCalendarPopup(!known.monthsOnly);
        edit->setMinimumWidth(170);
        edit->setKeyboardTracking(false);
        if (known.monthsOnly) edit->setCurrentSection(QDateTimeEdit::MonthSection);
    }
    m_from->setObjectName("period-from");
    m_to->setObjectName("period-to");
    m_from->setDate(toQt(shown.first));
    m_to->setDate(toQt(shown.last));
    form->setHorizontalSpacing(14);
    form->addRow(tr("&From "), m_from); // the blank: an underlined letter is cut off at the end
    form->addRow(tr("&To "), m_to);
    column().addLayout(form);
    column().addWidget(mutedText(tr("Counted from the last month in the data, both ends included.")));
    connect(m_from, &QDateEdit::dateChanged, this, &PeriodPopup::sendDates);
    connect(m_to, &QDateEdit::dateChanged, this, &PeriodPopup::sendDates);
    m_from->setFocus();
}

void PeriodPopup::sendDates() {
    auto first = m_from->date(), last = m_to->date();
    if (m_document.data()->monthsOnly) {
        first = firstOfMonth(first);
        last = lastOfMonth(last);
    }
    if (last < first) return; // half way through typing
    send(Period{dayFrom(first), dayFrom(last)});
}

void PeriodPopup::send(const std::optional<Period>& period) {
    auto filter = m_document.workspace().filter;
    filter.period = period;
    if (filter == m_document.workspace().filter) return;
    m_document.apply({fromQt(tr("Change period")), SetFilter{filter}});
}

} // namespace patchlight::desktop
