// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/findings.h"

#include <algorithm>
#include <numeric>

namespace patchlight::detail {

namespace {

struct KindText {
    std::string_view key, sentence;
};

constexpr std::array<KindText, static_cast<std::size_t>(FindingKind::count_)> texts{{
    {"no-position", "No coordinates in the source; the row is kept without a position."},
    {"zero-position", "The coordinates are 0, which stands for none; the row is kept without a position."},
    {"unreadable-position", "The coordinates are not numbers; the row is kept without a position."},
    {"position-out-of-range", "The coordinates lie outside their range; the row is kept without a position."},
    {"wrong-digits",
     "An easting or northing has a digit too many or too few, judged by the rest of the file; the row is kept without "
     "a position."},
    {"mixed-coordinates",
     "The coordinates are of another kind than the rest of the file (degrees among metres, or metres among degrees); "
     "the row is kept without a position."},
    {"far-from-others",
     "The position lies far from the rest of its file; it stays mapped and is left out of default extents."},
    {"swapped-position",
     "The coordinates stood in each other's columns and were put right; only so do they lie among the rest of the "
     "file."},
    {"grid-reference", "The position comes from a grid reference: the centre of its square."},
    {"thousands-separator", "A coordinate has a thousands separator; it was read as a number."},
    {"no-date", "No date in the source; the row is left out of every period."},
    {"unreadable-date", "The date could not be read; it is left empty."},
    {"unreadable-time", "The time of day could not be read; the date stands alone."},
    {"no-time", "There is a date and no time of day beside it; the date stands alone."},
    {"ambiguous-date-order", "Every date in the column could be day/month or month/day; they were read day first."},
    {"other-date-style", "The date is written in another way than most of its column."},
    {"end-of-day", "24:00 was read as 00:00 of the next day."},
    {"midnight",
     "The time is exactly 00:00, more often than chance has it; for some of these rows it may stand for no time."},
    {"midnight-is-no-time", "Times are 00:00 throughout; they were read as dates without a time."},
    {"zone-in-text",
     "The time names a zone and was taken as local, as written; where it is true, say \"zone\" in a mapping."},
    {"end-before-start", "The end lies before the start; the end is left empty."},
    {"start-taken-from-end", "There is no start; the end is taken for it."},
    {"missing-category", "No category in the source; it is left empty."},
    {"category-variant", "The category differs from a more frequent one in capitals or blanks only."},
    {"unknown-category",
     "The category is in no list, so it belongs to no group until somebody says what it stands for."},
    {"repeated-reference", "The reference occurs in an earlier row of the same file; both rows are kept."},
    {"identical-row", "The row repeats an earlier one of the same file in every column; both rows are kept."},
    {"outer-blanks", "A text begins or ends with blanks; they were left off."},
    {"short-row", "The row ends before the last columns; what is missing was taken as empty."},
    {"total-row", "The last row is a total and no incident; it was read and not stored."},
    {"title-lines", "Lines above the header were passed over."},
    {"encoding", "The text is not UTF-8; it was converted."},
    {"no-rows", "The file has a header line and no rows."},
    {"already-imported", "The file was imported before, byte for byte; it was skipped."},
}};

/// At most `longestText` bytes, cut between characters.
std::string shortened(std::string_view text) {
    constexpr std::string_view ellipsis = "\u2026";
    if (text.size() <= FindingLog::longestText) return std::string(text);
    std::size_t length = FindingLog::longestText - ellipsis.size();
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
    return std::string(text.substr(0, length)) + std::string(ellipsis);
}

} // namespace

void FindingLog::add(FindingKind kind, std::uint32_t row, std::string_view text) {
    Entry& entry = m_entries[static_cast<std::size_t>(kind)];
    if (entry.rows.size() < mostRows) {
        entry.texts.resize(entry.rows.size());
        entry.texts.push_back(shortened(text));
    }
    add(kind, row);
}

void FindingLog::addRows(FindingKind kind, std::size_t count, const std::vector<std::uint32_t>& rows,
                         std::string_view text) {
    Entry& entry = m_entries[static_cast<std::size_t>(kind)];
    entry.count += count;
    const std::size_t added = std::min(mostRows - entry.rows.size(), rows.size());
    entry.rows.insert(entry.rows.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(added));
    if (!text.empty()) entry.texts.resize(entry.rows.size(), shortened(text));
}

void FindingLog::add(const FindingLog& other) {
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (other.m_entries[i].count > 0) m_entries[i] = other.m_entries[i];
}

void FindingLog::say(FindingKind kind, std::string sentence) {
    Entry& entry = m_entries[static_cast<std::size_t>(kind)];
    ++entry.count;
    entry.sentence = std::move(sentence);
}

std::vector<Finding> FindingLog::findings(const std::string& dataset) const {
    std::vector<Finding> result;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        if (entry.count == 0) continue;
        Finding finding{.kind = std::string(texts[i].key),
                        .message = entry.sentence.empty() ? std::string(texts[i].sentence) : entry.sentence,
                        .count = entry.count,
                        .dataset = dataset};
        std::vector<std::size_t> order(entry.rows.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return entry.rows[a] < entry.rows[b]; });
        for (const std::size_t at : order) {
            finding.rows.push_back(entry.rows[at]);
            if (!entry.texts.empty()) finding.values.push_back(at < entry.texts.size() ? entry.texts[at] : "");
        }
        result.push_back(std::move(finding));
    }
    return result;
}

} // namespace patchlight::detail
