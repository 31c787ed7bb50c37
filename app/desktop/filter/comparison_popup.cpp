// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/comparison_popup.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/filter/period_popup.h"

#include <QRadioButton>
#include <QVBoxLayout>

namespace patchlight::desktop {

QString comparisonText(const Workspace& workspace) {
    if (!workspace.comparison) return ComparisonPopup::tr("Nothing");
    if (workspace.filter.period) {
        if (*workspace.comparison == previousPeriod(*workspace.filter.period))
            return ComparisonPopup::tr("Previous period");
        if (*workspace.comparison == yearBefore(*workspace.filter.period))
            return ComparisonPopup::tr("Same period %1").arg(toQt(workspace.comparison->last).year());
    }
    return shortPeriod(*workspace.comparison);
}

ComparisonPopup::ComparisonPopup(Document& document, QWidget* button) : SentencePopup("comparison-popup", button) {
    const auto& workspace = document.workspace();
    const auto add = [&](QString text, const QString& name, std::optional<Period> period) {
        const auto missing = period ? missingMonths(document.data()->months, *period) : std::vector<LocalDay>{};
        if (!missing.empty()) text += tr(" \u2013 data missing");
        auto* choice = new QRadioButton(text);
        if (!missing.empty())
            choice->setToolTip(tr("No rows for %1 of its months, the first %2: a gap is not a zero.")
                                   .arg(missing.size())
                                   .arg(shortPeriod({missing.front(), lastDayOfMonth(missing.front())})));
        choice->setObjectName(name);
        choice->setChecked(workspace.comparison == period);
        connect(choice, &QRadioButton::clicked, this, [this, &document, period] {
            if (document.workspace().comparison != period)
                document.apply({fromQt(tr("Change comparison")), SetComparison{period}});
            close();
        });
        column().addWidget(choice);
    };
    add(tr("&Nothing"), "compare-nothing", std::nullopt);
    if (const auto& period = workspace.filter.period) {
        const auto before = previousPeriod(*period);
        const auto year = yearBefore(*period);
        add(tr("&Previous period: %1").arg(toQt(std::string_view(readablePeriod(before)))), "compare-previous", before);
        add(tr("Same period last &year: %1").arg(toQt(std::string_view(readablePeriod(year)))), "compare-year", year);
        column().addWidget(mutedText(tr("Counts the incidents of that period in the hotspots found in this one.")));
    } else {
        column().addWidget(mutedText(tr("Choose a period first: then it can be compared with the one before it or with "
                                        "the same months a year earlier.")));
    }
}

} // namespace patchlight::desktop
