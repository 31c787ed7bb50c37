// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/findings.h"

namespace patchlight::detail {

namespace {

struct KindText {
    std::string_view key, sentence;
};

constexpr std::array<KindText, static_cast<std::size_t>(FindingKind::count_)> texts{{
    {"no-position", "No coordinates in the source (empty or 0); the row is kept without a position."},
    {"unreadable-position",
     "The coordinates are not numbers (a grid reference or other text); the row is kept without a position."},
    {"position-out-of-range", "The coordinates lie outside their range; the row is kept without a position."},
    {"far-from-others",
     "The position lies far from the rest of its file; it stays mapped and is left out of default extents."},
    {"no-date", "No date in the source; the row is left out of every period."},
    {"unreadable-date", "The date could not be read (dates are read day first); it is left empty."},
    {"ambiguous-date-order", "Every date in the column could be day/month or month/day; they were read day first."},
    {"end-before-start", "The end lies before the start; the end is left empty."},
    {"start-taken-from-end", "There is no start; the end is taken for it."},
    {"missing-category", "No category in the source; it is left empty."},
    {"repeated-reference", "The reference occurs in an earlier row of the same file; both rows are kept."},
    {"no-rows", "The file has a header line and no rows."},
    {"already-imported", "The file was imported before, byte for byte; it was skipped."},
}};

} // namespace

std::vector<Finding> FindingLog::findings(const std::string& dataset) const {
    std::vector<Finding> result;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].count > 0)
            result.push_back({.kind = std::string(texts[i].key),
                              .message = std::string(texts[i].sentence),
                              .count = m_entries[i].count,
                              .rows = m_entries[i].rows,
                              .dataset = dataset});
    return result;
}

} // namespace patchlight::detail
