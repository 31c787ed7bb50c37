// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/checks.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"
#include "core/disclosure/disclosure.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {

QString tr(const char* text) {
    return ChecksView::tr(text);
}

/// What stands behind a check of the core, for those who want to know.
QString reasonFor(const std::string& id) {
    if (id == "mapped-share")
        return tr("Under 85 % the places that could not be mapped may change the picture (Ratcliffe 2004).");
    if (id == "small-counts")
        return tr("Small numbers may point to a person. Look at them before this leaves the building.");
    if (id == "one-address")
        return tr("Most of its incidents lie at one point: is it the place, or where incidents are recorded?");
    if (id == "sensitive") return tr("Which categories are sensitive is said under File, Categories.");
    return {};
}

} // namespace

std::vector<Check> checksOf(const Answer& answer) {
    const auto& result = *answer.shown;
    std::vector<Check> checks;
    for (const auto& check : checksBeforePublishing(result, false, Profile::internal))
        checks.push_back({check.state == CheckState::pass ? Check::State::good : Check::State::caution,
                          toQt(check.text), reasonFor(check.id)});
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
