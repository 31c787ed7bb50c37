// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/store/detail/sqlite.h"
#include "core/store/store.h"

#include <array>

/// The analysis columns, built row by row, and their binary blocks in patchlight_column.
namespace patchlight::store {

inline constexpr std::size_t textColumns = 5; ///< dataset, category, subcategory, place, area code

/// What the table keeps of one incident. `texts` in the order above.
struct ColumnRow {
    std::int64_t id = 0;
    std::uint32_t sourceRow = 0;
    std::optional<ProjectedPoint> position;
    std::optional<LocalMinute> from, to;
    TimePrecision precision = TimePrecision::none;
    LocationLevel level = LocationLevel::none;
    std::array<std::string_view, textColumns> texts;
};

/// The values of a text column: like TextColumnBuilder, but starts from known values, so that an import can go on from
/// the blocks that are there. Value 0 is the empty text. The index is an open hash table, since five look-ups a row are
/// a good part of an import.
class Dictionary {
public:
    Dictionary();
    explicit Dictionary(std::vector<std::string> values);
    [[nodiscard]] std::uint32_t codeOf(std::string_view value);
    [[nodiscard]] const std::vector<std::string>& values() const { return m_values; }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t code = 0; ///< 0: free, as the empty text is never looked up
    };
    void insert(std::uint32_t hash, std::uint32_t code);
    void grow();

    std::vector<std::string> m_values;
    std::vector<Slot> m_slots; ///< a power of two, at most half full
    std::uint32_t m_lastCode = 0;
};

/// Builds an IncidentTable, or the next part of one.
class TableBuilder {
public:
    void add(const ColumnRow& row);
    [[nodiscard]] std::size_t size() const { return m_table.size(); }
    [[nodiscard]] const IncidentTable& columns() const { return m_table; } ///< codes without their values
    [[nodiscard]] const std::array<Dictionary, textColumns>& dictionaries() const { return m_dictionaries; }
    void setDictionaries(std::array<Dictionary, textColumns> dictionaries) { m_dictionaries = std::move(dictionaries); }
    void clearRows();
    [[nodiscard]] IncidentTable finish();

private:
    IncidentTable m_table;
    std::array<Dictionary, textColumns> m_dictionaries;
};

/// The interval a time stands for: a month or a day to its end (exclusive) unless `to` lies later, a minute to `to`.
struct Interval {
    LocalMinute from{}, to{};
};
[[nodiscard]] Interval intervalOf(LocalMinute from, std::optional<LocalMinute> to, TimePrecision precision);
/// Start of the month or day after the one `time` lies in; `time` itself for a minute.
[[nodiscard]] LocalMinute endOf(LocalMinute time, TimePrecision precision);

/// Writes rows into blocks as they come and the dictionaries at the end. All in the caller's transaction.
class BlockWriter {
public:
    /// Starts anew (what is there is deleted), or goes on behind valid blocks. errors: database
    [[nodiscard]] static Expected<BlockWriter> overwriting(Database& database);
    [[nodiscard]] static Expected<BlockWriter> appending(Database& database);
    /// Takes a row and codes a block that is full. Leaves the database alone, so that it may run beside it.
    void take(const ColumnRow& row);
    /// Writes the blocks that have filled.
    [[nodiscard]] Expected<void> write();
    [[nodiscard]] Expected<void> add(const ColumnRow& row) {
        take(row);
        return write();
    }
    [[nodiscard]] Expected<void> finish();

private:
    /// A column of a block, ready to be written.
    struct Coded {
        const char* name;
        std::int64_t block;
        std::vector<std::byte> bytes;
    };
    BlockWriter(Database& database, Statement insert) : m_database{&database}, m_insert{std::move(insert)} {}
    static Expected<BlockWriter> make(Database& database);
    void code();

    Database* m_database;
    Statement m_insert;
    TableBuilder m_rows;
    std::vector<Coded> m_coded;
    std::int64_t m_stamp = 0;
    std::int64_t m_block = 0;
};

/// True when the blocks stand for the rows as they are: the stamp is the rows' own, the triggers that keep it are
/// there, and the last row is the last of the blocks.
[[nodiscard]] Expected<bool> blocksAreValid(Database& database);
/// Nothing where the blocks do not fit together (they are then as good as out of date).
[[nodiscard]] Expected<std::optional<IncidentTable>> readBlocks(Database& database, const TaskContext& task);
/// Row counts, ids and positions alone.
struct BlockPositions {
    std::vector<std::int64_t> id;
    std::vector<ProjectedPoint> position;
    std::vector<std::uint8_t> mapped;
};
[[nodiscard]] Expected<std::optional<BlockPositions>> readBlockPositions(Database& database);
/// Rows that the blocks hold and how many of them are mapped.
struct BlockCounts {
    std::size_t rows = 0;
    std::size_t mapped = 0;
};
[[nodiscard]] Expected<BlockCounts> readBlockCounts(Database& database);

} // namespace patchlight::store
