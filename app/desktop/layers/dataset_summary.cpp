// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/dataset_summary.h"

#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QCoreApplication>
#include <algorithm>

namespace patchlight::desktop {

std::vector<DatasetGroup> groupedDatasets(const std::vector<DatasetInfo>& datasets) {
    struct Sum {
        std::string source;
        std::vector<const DatasetInfo*> members;
    };
    std::vector<Sum> sums;
    for (const auto& dataset : datasets) {
        const auto known = std::find_if(sums.begin(), sums.end(), [&](const Sum& sum) {
            return dataset.anonymised && !dataset.source.empty() && sum.source == dataset.source &&
                   sum.members.front()->anonymised;
        });
        if (known != sums.end())
            known->members.push_back(&dataset);
        else
            sums.push_back({dataset.source, {&dataset}});
    }
    std::vector<DatasetGroup> groups;
    for (const auto& sum : sums) {
        std::size_t stored = 0, mapped = 0;
        DatasetGroup group;
        for (const auto* dataset : sum.members) {
            stored += dataset->stored;
            mapped += dataset->mapped;
            group.files << toQt(dataset->file);
        }
        group.name = sum.members.size() == 1 ? group.files.front().section('/', -1)
                                             : QCoreApplication::translate("DatasetGroup", "%1, %2 files")
                                                   .arg(toQt(sum.source))
                                                   .arg(sum.members.size());
        const double share = stored > 0 ? static_cast<double>(mapped) / static_cast<double>(stored) : 0.0;
        group.figures = QCoreApplication::translate("DatasetGroup", "%1 \u00b7 %2 mapped")
                            .arg(toQt(counted(stored, "row", "rows")), toQt(percent(share)));
        groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace patchlight::desktop
