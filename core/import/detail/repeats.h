// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/findings.h"

#include <span>
#include <string_view>
#include <unordered_map>

namespace patchlight::detail {

/// Hashes seen so far, each with a mark. Two texts with one 64-bit hash would make a false finding, never lose a row;
/// among a million the chance is about 3 in 100 million.
///
/// `marked`: whether marks are kept; without, all are 0. cost: 8 bytes a slot, 12 with marks; a quarter of the slots at
/// least stays free.
class HashSet {
public:
    explicit HashSet(bool marked) : m_marks(marked ? m_slots.size() : 0, 0) {}
    struct Seen {
        bool before = false;
        std::uint32_t mark = 0; ///< the first one's
    };
    Seen insert(std::uint64_t hash, std::uint32_t mark = 0);
    /// Fetches what insert will look at: of millions it is never in the processor's cache.
    void expect(std::uint64_t hash) const;

private:
    void grow();

    std::vector<std::uint64_t> m_slots = std::vector<std::uint64_t>(1024, 0);
    std::vector<std::uint32_t> m_marks; ///< as many as slots, or none
    std::size_t m_count = 0;
};

/// References and whole rows that come again.
class Repeats {
public:
    /// Some rows before `look`, so that the memory is there by then.
    void expect(std::string_view reference) const;
    void look(std::string_view reference, std::span<const std::string_view> fields, std::uint32_t row,
              FindingLog& findings);

private:
    HashSet m_references{true}; ///< with a mark of the whole row
    HashSet m_rows{false};      ///< rows without a reference or with one that came before
};

/// The categories of a file: those that are one but for capitals and blanks, and those that nobody knows.
class CategoriesSeen {
public:
    void look(std::string_view category, std::uint32_t row);
    void finish(FindingLog& findings) const;
    /// Those that are in no list.
    void nameUnknown(const CategoryList& known, FindingLog& findings) const;

private:
    struct Entry {
        std::size_t count = 0;
        std::vector<std::uint32_t> rows;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> m_entries;
};

} // namespace patchlight::detail
