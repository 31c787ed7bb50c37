// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/checks.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {

constexpr double leastMappedShare = 0.85; ///< Ratcliffe (2004): the minimum for a hotspot map
constexpr std::size_t leastIncidents = 5;
constexpr double oneAddressShare = 0.5; ///< a hotspot rests on one address when half of it lies there

QString tr(const char* text) {
    return ChecksView::tr(text);
}

Check mappedCheck(const Result& result) {
    const double share =
        result.incidents > 0 ? static_cast<double>(result.mapped) / static_cast<double>(result.incidents) : 0.0;
    const bool enough = share >= leastMappedShare;
    return {enough ? Check::State::good : Check::State::caution, tr("Mapped %1 (needs 85 %)").arg(toQt(percent(share))),
            tr("Under 85 % the places that could not be mapped may change the picture (Ratcliffe 2004).")};
}

Check smallNumbersCheck(const Result& result) {
    const auto few =
        static_cast<std::size_t>(std::count_if(result.areas.begin(), result.areas.end(), [](const HotspotArea& area) {
            return area.incidents < leastIncidents;
        }));
    if (few == 0) return {Check::State::good, tr("No hotspot has fewer than 5 incidents"), {}};
    return {Check::State::caution,
            tr("%1 fewer than 5 incidents").arg(toQt(counted(few, "hotspot has", "hotspots have"))),
            tr("Small numbers may point to a person. Look at them before this leaves the building.")};
}

Check oneAddressCheck(const Result& result) {
    const auto resting =
        static_cast<std::size_t>(std::count_if(result.areas.begin(), result.areas.end(), [](const HotspotArea& area) {
            return area.incidents > 0 &&
                   static_cast<double>(area.largestStack) >= oneAddressShare * static_cast<double>(area.incidents);
        }));
    if (resting == 0) return {Check::State::good, tr("No hotspot rests on one address"), {}};
    return {Check::State::caution,
            tr("%1 on one address").arg(toQt(counted(resting, "hotspot rests", "hotspots rest"))),
            tr("At least half of its incidents lie at one point: is it the place, or where incidents are recorded?")};
}

} // namespace

std::vector<Check> checksOf(const Answer& answer) {
    const auto& result = *answer.shown;
    std::vector<Check> checks{mappedCheck(result)};
    if (!result.areas.empty()) {
        checks.push_back(smallNumbersCheck(result));
        checks.push_back(oneAddressCheck(result));
    }
    if (const auto& comparison = answer.recipe.comparison) {
        if (const auto missing = missingMonths(answer.data->months, *comparison); !missing.empty())
            checks.push_back(
                {Check::State::caution, tr("The comparison period has months without data"),
                 tr("%1 of its months have no rows, the first begins on %2. A gap is not a zero: import those "
                    "months, or compare with another period.")
                     .arg(missing.size())
                     .arg(toQt(isoDay(missing.front())))});
    }
    if (anySnapped(*answer.data->table, result.rows))
        checks.push_back({Check::State::caution, tr("Anonymised: points are the nearest map point"),
                          tr("Positions are snapped to a list of map points and times are months. Do not read single "
                             "points, houses or hours from this map.")});
    if (!answer.data->crs.warning.empty())
        checks.push_back(
            {Check::State::caution, tr("Positions without the OSTN15 grid"), toQt(answer.data->crs.warning)});
    return checks;
}

ChecksView::ChecksView(QWidget* parent) : QWidget(parent), m_lines(new QGridLayout) {
    setObjectName("checks");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(5);
    column->addWidget(sectionTitle(tr("Checks before publishing")));
    column->addLayout(m_lines);
    m_lines->setVerticalSpacing(4);
    m_lines->setHorizontalSpacing(8);
    m_lines->setColumnMinimumWidth(0, 12);
    m_lines->setColumnStretch(1, 1);
}

void ChecksView::setChecks(const std::vector<Check>& checks) {
    while (auto* item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto& check : checks) {
        const bool good = check.state == Check::State::good;
        auto* mark = new QLabel(QString("<span style='color:%1; font-weight:700'>%2</span>")
                                    .arg((good ? colours().good : colours().warning).name(), good ? "\u2713" : "!"));
        mark->setAccessibleName(good ? tr("In order") : tr("Look at this"));
        auto* text = new QLabel(check.text);
        text->setTextFormat(Qt::PlainText);
        text->setToolTip(check.toolTip);
        text->setWordWrap(true);
        m_lines->addWidget(mark, row, 0, Qt::AlignTop | Qt::AlignHCenter);
        m_lines->addWidget(text, row, 1);
        ++row;
    }
    setVisible(!checks.empty());
}

} // namespace patchlight::desktop
