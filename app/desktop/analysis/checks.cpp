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
    if (id == "one-date")
        return tr("Most of its incidents are of one day: is it the place, or one event that was recorded often?");
    if (id == "points") return tr("Hide the incidents under Layers, or make the map for inside alone.");
    if (id == "few-incidents") return tr("A longer period or a larger area has more.");
    if (id == "mixed-levels")
        return tr("A postcode or a street stands for many addresses; stacks of them are no places of their own.");
    if (id == "missing-months") return tr("A gap is not a zero: import those months, or choose another period.");
    if (id == "street-scale") return tr("Take a bandwidth or cells of 300 m or more.");
    if (id == "contrast") return tr("WCAG 2.2 asks for 3:1 of lines and 4.5:1 of text.");
    return {};
}

Check lineOf(const patchlight::Check& check) {
    const auto state = check.state == CheckState::pass   ? Check::State::good
                       : check.state == CheckState::look ? Check::State::caution
                                                         : Check::State::stop;
    return {state, toQt(check.text), reasonFor(check.id)};
}

} // namespace

std::vector<Check> checksOf(const Answer& answer, const std::vector<patchlight::Check>& found) {
    std::vector<Check> checks;
    for (const auto& check : found) checks.push_back(lineOf(check));
    if (answer.rows.anonymised)
        checks.push_back({Check::State::caution, tr("Anonymised: points are the nearest map point"),
                          tr("Positions are snapped to a list of map points and times are months. Do not read single "
                             "points, houses or hours from this map.")});
    if (!answer.data->crs.warning.empty())
        checks.push_back(
            {Check::State::caution, tr("Positions without the OSTN15 grid"), toQt(answer.data->crs.warning)});
    return checks;
}

std::vector<Check> checksOf(const Answer& answer) {
    auto found = checksBeforePublishing({*answer.shown, {}, answer.rows});
    std::erase_if(found, [](const patchlight::Check& check) {
        return check.state == CheckState::pass && check.id != "mapped-share" && check.id != "small-counts" &&
               check.id != "one-address";
    });
    return checksOf(answer, found);
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
        const bool good = check.state == Check::State::good, stop = check.state == Check::State::stop;
        auto* mark = new QLabel(QString("<span style='color:%1; font-weight:700'>%2</span>")
                                    .arg((good ? colours().good : colours().warning).name(), good   ? "\u2713"
                                                                                             : stop ? "\u2715"
                                                                                                    : "!"));
        mark->setAccessibleName(good ? tr("In order") : stop ? tr("This must not leave") : tr("Look at this"));
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
