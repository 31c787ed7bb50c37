// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace patchlight::desktop {

/// Datasets as the panel lists them: the months of one source together, other files by themselves.
struct DatasetGroup {
    QString name;    ///< "Dorset Police, 18 months", or the file's name
    QString figures; ///< "92,281 rows · 98.8 % mapped"
    QStringList files;
};
[[nodiscard]] std::vector<DatasetGroup> groupedDatasets(const std::vector<DatasetInfo>& datasets);

} // namespace patchlight::desktop
