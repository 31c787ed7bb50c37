// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/repeats.h"

#include "core/base/text.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace patchlight::detail {

namespace {

constexpr std::size_t mostCategories = 2000; ///< more are no categories but free text

/// Eight bytes at a time; good enough to tell rows apart, and a fraction of the cost of reading them.
std::uint64_t mixedIn(std::uint64_t hash, std::string_view text) {
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    };
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        mix(word);
    }
    std::uint64_t rest = 0;
    if (at < text.size()) std::memcpy(&rest, text.data() + at, text.size() - at);
    mix(rest + (static_cast<std::uint64_t>(text.size()) << 56)); // the length keeps "a", "bc" and "ab", "c" apart
    return hash;
}

std::uint64_t hashOfRow(std::span<const std::string_view> fields) {
    std::uint64_t hash = 0x2545f4914f6cdd1du;
    for (const std::string_view field : fields) hash = mixedIn(hash, field);
    return hash ^ (hash >> 32);
}

/// Small letters, and one blank for several.
std::string plain(std::string_view text) {
    std::string result;
    for (const char c : foldedCase(text))
        if (c != ' ' || (!result.empty() && result.back() != ' ')) result += c;
    return result;
}

} // namespace

HashSet::Seen HashSet::insert(std::uint64_t hash, std::uint32_t mark) {
    hash |= 1; // 0 is free
    std::size_t at = (hash >> 1) & (m_slots.size() - 1);
    for (; m_slots[at] != 0; at = (at + 1) & (m_slots.size() - 1))
        if (m_slots[at] == hash) return {true, m_marks.empty() ? 0 : m_marks[at]};
    m_slots[at] = hash;
    if (!m_marks.empty()) m_marks[at] = mark;
    if (++m_count * 4 > m_slots.size() * 3) grow();
    return {};
}

void HashSet::expect(std::uint64_t hash) const {
#ifdef __GNUC__
    const std::size_t at = (hash >> 1) & (m_slots.size() - 1);
    __builtin_prefetch(&m_slots[at], 1);
    if (!m_marks.empty()) __builtin_prefetch(&m_marks[at], 1);
#else
    static_cast<void>(hash);
#endif
}

void HashSet::grow() {
    std::vector<std::uint64_t> slots(m_slots.size() * 2, 0);
    std::vector<std::uint32_t> marks(m_marks.empty() ? 0 : slots.size(), 0);
    for (std::size_t from = 0; from < m_slots.size(); ++from) {
        if (m_slots[from] == 0) continue;
        std::size_t to = (m_slots[from] >> 1) & (slots.size() - 1);
        while (slots[to] != 0) to = (to + 1) & (slots.size() - 1);
        slots[to] = m_slots[from];
        if (!marks.empty()) marks[to] = m_marks[from];
    }
    m_slots = std::move(slots);
    m_marks = std::move(marks);
}

void Repeats::expect(std::string_view reference) const {
    if (!reference.empty()) m_references.expect(std::hash<std::string_view>{}(reference));
}

void Repeats::look(std::string_view reference, std::span<const std::string_view> fields, std::uint32_t row,
                   FindingLog& findings) {
    const std::uint64_t hash = hashOfRow(fields);
    const auto mark = static_cast<std::uint32_t>(hash);
    bool sameAsFirst = false;
    if (!reference.empty()) {
        const HashSet::Seen seen = m_references.insert(std::hash<std::string_view>{}(reference), mark);
        if (!seen.before) return; // a reference of its own: no earlier row is the same
        findings.add(FindingKind::repeatedReference, row, reference);
        sameAsFirst = seen.mark == mark;
    }
    if (m_rows.insert(hash).before || sameAsFirst) findings.add(FindingKind::identicalRow, row);
}

void CategoriesSeen::look(std::string_view category, std::uint32_t row) {
    auto entry = m_entries.find(category);
    if (entry == m_entries.end()) {
        if (category.empty() || m_entries.size() == mostCategories) return;
        entry = m_entries.emplace(category, Entry{}).first;
    }
    ++entry->second.count;
    if (entry->second.rows.size() < FindingLog::mostRows) entry->second.rows.push_back(row);
}

void CategoriesSeen::finish(FindingLog& findings) const {
    using Item = std::pair<std::string_view, const Entry*>;
    std::map<std::string, std::vector<Item>> groups;
    for (const auto& [text, entry] : m_entries) groups[plain(text)].emplace_back(text, &entry);
    for (auto& [name, items] : groups) {
        std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
            return a.second->count != b.second->count ? a.second->count > b.second->count : a.first < b.first;
        });
        for (std::size_t i = 1; i < items.size(); ++i)
            findings.addRows(FindingKind::categoryVariant, items[i].second->count, items[i].second->rows,
                             items[i].first);
    }
}

void CategoriesSeen::nameUnknown(const CategoryList& known, FindingLog& findings) const {
    std::vector<std::pair<std::string_view, const Entry*>> unknown;
    for (const auto& [text, entry] : m_entries)
        if (!known.find(text)) unknown.emplace_back(text, &entry);
    std::sort(unknown.begin(), unknown.end());
    for (const auto& [text, entry] : unknown)
        findings.addRows(FindingKind::unknownCategory, entry->count, entry->rows, text);
}

} // namespace patchlight::detail
