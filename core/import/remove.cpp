// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/import.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight {

Expected<std::size_t> removeDataset(const std::filesystem::path& project, const std::string& name,
                                    const TaskContext& task) {
    // An import would make a project where there is none.
    if (const auto there = Project::open(project, OpenMode::readOnly); !there) return fail(there.error());
    auto transaction = ImportTransaction::begin(project);
    if (!transaction) return fail(transaction.error());
    const auto datasets = transaction->datasets();
    if (!datasets) return fail(datasets.error());
    const auto found = std::find_if(datasets->begin(), datasets->end(),
                                    [&](const DatasetInfo& dataset) { return dataset.name == name; });
    if (found == datasets->end()) {
        std::vector<std::string> names;
        for (const DatasetInfo& dataset : *datasets) names.push_back(dataset.name);
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There is no dataset \"{}\" in the project{}.", name,
                                names.empty() ? std::string{} : "; it has " + listed(names)),
                    name);
    }
    const auto removed = transaction->removeDataset(found->id);
    if (!removed) return fail(removed.error());
    if (const auto done = transaction->commit(task); !done) return fail(done.error());
    return *removed;
}

} // namespace patchlight
