// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/export/detail/text_file.h"
#include "gis/export/export.h"

#include <fmt/format.h>
#include <set>

namespace patchlight::gis {

namespace {

std::string line(const std::string& wording, const CategoryMeaning* meaning, const std::string& count) {
    if (!meaning) return fmt::format("{},,no,,{}\r\n", detail::csvText(wording), count);
    std::string groups;
    for (const std::string& group : meaning->groups) groups += (groups.empty() ? "" : ";") + group;
    return fmt::format("{},{},{},{},{}\r\n", detail::csvText(wording), detail::csvText(groups),
                       meaning->sensitive ? "yes" : "no", meaning->harm ? shortestDecimal(*meaning->harm) : "", count);
}

} // namespace

Expected<void> writeCategories(const CategoryList& list, const std::vector<CategoryCount>& counts,
                               const std::filesystem::path& file) {
    if (foldedCase(utf8Text(file.extension())) != ".csv")
        return fail(ErrorCode::invalidParameter, fmt::format("{}: categories are written as .csv.", utf8Text(file)),
                    utf8Text(file));
    std::string text = "\xEF\xBB\xBFwording,groups,sensitive,harm,incidents\r\n";
    std::set<std::string> written;
    for (const CategoryCount& category : counts)
        if (!category.name.empty() && written.insert(wordingKey(category.name)).second)
            text += line(category.name, list.find(category.name), std::to_string(category.count));
    for (const CategoryEntry& entry : list.entries())
        if (written.insert(wordingKey(entry.wording)).second) text += line(entry.wording, &entry.meaning, "0");
    return writeThenRename(
        file, [&](const std::filesystem::path& aside) { return detail::writeBytes(aside, text, utf8Text(file)); });
}

} // namespace patchlight::gis
