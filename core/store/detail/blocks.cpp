// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/detail/place_index.h"
#include "core/store/detail/bytes.h"
#include "core/store/detail/columns.h"
#include "core/store/detail/schema.h"

#include <bit>
#include <numeric>

/// Layout of patchlight_column. One row a column and block of at most 65,536 incidents, numbers little-endian:
///   id int64, source_row uint32, position 2 doubles, mapped uint8, from and to int64 (minutes since 1970-01-01 00:00
///   local time), precision and level uint8, text columns one code a row in 1, 2 or 4 bytes.
/// The values of a text column stand in block -1 of its name: for each value its length in bytes (uint32) and its
/// UTF-8.
namespace patchlight::store {

namespace {

constexpr std::size_t blockRows = 65536;
constexpr std::int64_t dictionaryBlock = -1;
constexpr std::array<const char*, textColumns> textNames{"dataset", "category", "subcategory", "place", "area_code"};

template <class Table, class Visit> void forEachPlainColumn(Table& table, Visit&& visit) {
    visit("id", table.id);
    visit("source_row", table.sourceRow);
    visit("position", table.position);
    visit("mapped", table.mapped);
    visit("from", table.from);
    visit("to", table.to);
    visit("precision", table.precision);
    visit("level", table.level);
}

template <class Table, class Visit> void forEachTextColumn(Table& table, Visit&& visit) {
    visit(textNames[0], table.dataset);
    visit(textNames[1], table.category);
    visit(textNames[2], table.subcategory);
    visit(textNames[3], table.place);
    visit(textNames[4], table.areaCode);
}

// How each kind of value stands in a block.
template <class T> struct Coded {
    static constexpr std::size_t bytes = sizeof(T);
    static void write(std::byte* at, T value) { writeLittle(at, value); }
    static T read(const std::byte* at) { return readLittle<T>(at); }
};
template <> struct Coded<ProjectedPoint> {
    static constexpr std::size_t bytes = 16;
    static void write(std::byte* at, ProjectedPoint value) {
        writeLittle(at, value.east);
        writeLittle(at + 8, value.north);
    }
    static ProjectedPoint read(const std::byte* at) { return {readLittle<double>(at), readLittle<double>(at + 8)}; }
};
template <> struct Coded<LocalMinute> {
    static constexpr std::size_t bytes = 8;
    static void write(std::byte* at, LocalMinute value) {
        writeLittle(at, static_cast<std::int64_t>(value.time_since_epoch().count()));
    }
    static LocalMinute read(const std::byte* at) {
        return LocalMinute{std::chrono::minutes{readLittle<std::int64_t>(at)}};
    }
};

template <class T> std::vector<std::byte> encoded(const std::vector<T>& values) {
    std::vector<std::byte> bytes(values.size() * Coded<T>::bytes);
    for (std::size_t i = 0; i < values.size(); ++i) Coded<T>::write(bytes.data() + i * Coded<T>::bytes, values[i]);
    return bytes;
}

template <class T> bool decode(std::span<const std::byte> bytes, std::vector<T>& into) {
    if (bytes.size() % Coded<T>::bytes != 0) return false;
    const auto before = into.size();
    into.resize(before + bytes.size() / Coded<T>::bytes);
    for (std::size_t i = before; i < into.size(); ++i)
        into[i] = Coded<T>::read(bytes.data() + (i - before) * Coded<T>::bytes);
    return true;
}

template <class Narrow> std::vector<std::byte> narrowed(const std::vector<std::uint32_t>& codes) {
    std::vector<std::byte> bytes(codes.size() * sizeof(Narrow));
    for (std::size_t i = 0; i < codes.size(); ++i)
        writeLittle(bytes.data() + i * sizeof(Narrow), static_cast<Narrow>(codes[i]));
    return bytes;
}

std::vector<std::byte> encodedCodes(const std::vector<std::uint32_t>& codes, std::size_t values) {
    if (values <= 0x100) return narrowed<std::uint8_t>(codes);
    if (values <= 0x10000) return narrowed<std::uint16_t>(codes);
    return narrowed<std::uint32_t>(codes);
}

template <class Narrow>
bool widen(std::span<const std::byte> bytes, std::vector<std::uint32_t>& into, std::size_t values) {
    const auto before = into.size();
    into.resize(before + bytes.size() / sizeof(Narrow));
    std::uint32_t highest = 0;
    for (std::size_t i = before; i < into.size(); ++i) {
        into[i] = readLittle<Narrow>(bytes.data() + (i - before) * sizeof(Narrow));
        highest = std::max(highest, into[i]);
    }
    return highest < values;
}

/// The width of a code is what the block's length says.
bool decodeCodes(std::span<const std::byte> bytes, std::size_t rows, TextColumn& column) {
    const auto values = column.values.size();
    if (bytes.size() == rows) return widen<std::uint8_t>(bytes, column.code, values);
    if (bytes.size() == 2 * rows) return widen<std::uint16_t>(bytes, column.code, values);
    return bytes.size() == 4 * rows && widen<std::uint32_t>(bytes, column.code, values);
}

std::vector<std::byte> encodedValues(const std::vector<std::string>& values) {
    std::vector<std::byte> bytes;
    for (const auto& value : values) {
        const auto at = bytes.size();
        bytes.resize(at + sizeof(std::uint32_t) + value.size());
        writeLittle(bytes.data() + at, static_cast<std::uint32_t>(value.size()));
        std::memcpy(bytes.data() + at + sizeof(std::uint32_t), value.data(), value.size());
    }
    return bytes;
}

/// Empty where the bytes are damaged: a column has at least the empty value.
std::vector<std::string> decodedValues(std::span<const std::byte> bytes) {
    std::vector<std::string> values;
    while (!bytes.empty()) {
        if (bytes.size() < sizeof(std::uint32_t)) return {};
        const std::size_t length = readLittle<std::uint32_t>(bytes.data());
        bytes = bytes.subspan(sizeof(std::uint32_t));
        if (bytes.size() < length) return {};
        values.emplace_back(reinterpret_cast<const char*>(bytes.data()), length);
        bytes = bytes.subspan(length);
    }
    return values;
}

constexpr const char* selectBlocks =
    "SELECT data, block FROM patchlight_column WHERE name = ? AND block >= 0 ORDER BY block";
constexpr const char* selectValues = "SELECT data FROM patchlight_column WHERE name = ? AND block = -1";
constexpr const char* selectEdits = "SELECT edits FROM patchlight_stamp WHERE table_name = 'incidents'";

template <class T> Expected<bool> readColumn(Database& database, const char* name, std::vector<T>& into) {
    bool whole = true;
    return database
        .each(
            selectBlocks, [&](Statement& row) { whole = decode(row.blob(0), into) && whole; }, name)
        .map([&] { return whole; });
}

Expected<bool> readTextColumn(Database& database, const char* name, const std::vector<std::size_t>& rowsOfBlock,
                              TextColumn& into) {
    bool whole = true;
    std::size_t block = 0;
    return database
        .each(
            selectValues, [&](Statement& row) { into.values = decodedValues(row.blob(0)); }, name)
        .and_then([&] {
            whole = !into.values.empty() && into.values.front().empty();
            return database.each(
                selectBlocks,
                [&](Statement& row) {
                    whole = whole && block < rowsOfBlock.size() && decodeCodes(row.blob(0), rowsOfBlock[block], into);
                    ++block;
                },
                name);
        })
        .map([&] { return whole; });
}

} // namespace

Expected<BlockWriter> BlockWriter::make(Database& database) {
    auto insert = database.prepare("INSERT OR REPLACE INTO patchlight_column VALUES (?, ?, ?, ?)");
    if (!insert) return fail(insert.error());
    const auto stamp = database.integer(selectEdits);
    if (!stamp) return fail(stamp.error());
    BlockWriter writer{database, std::move(*insert)};
    writer.m_stamp = *stamp;
    return writer;
}

Expected<BlockWriter> BlockWriter::overwriting(Database& database) {
    return database.execute("DELETE FROM patchlight_column").and_then([&] { return make(database); });
}

Expected<BlockWriter> BlockWriter::appending(Database& database) {
    auto writer = make(database);
    if (!writer) return writer;
    const auto next = database.integer("SELECT max(block) + 1 FROM patchlight_column");
    if (!next) return fail(next.error());
    writer->m_block = *next;
    std::array<Dictionary, textColumns> dictionaries;
    for (std::size_t t = 0; t < textColumns; ++t) {
        auto done = database.each(
            selectValues,
            [&](Statement& row) {
                if (auto values = decodedValues(row.blob(0)); !values.empty())
                    dictionaries[t] = Dictionary{std::move(values)};
            },
            textNames[t]);
        if (!done) return fail(done.error());
    }
    writer->m_rows.setDictionaries(std::move(dictionaries));
    return writer;
}

void BlockWriter::take(const ColumnRow& row) {
    m_rows.add(row);
    if (m_rows.size() == blockRows) code();
}

void BlockWriter::code() {
    if (m_rows.size() == 0) return;
    forEachPlainColumn(m_rows.columns(), [&](const char* name, const auto& column) {
        m_coded.push_back({name, m_block, encoded(column)});
    });
    std::size_t text = 0;
    forEachTextColumn(m_rows.columns(), [&](const char* name, const TextColumn& column) {
        m_coded.push_back({name, m_block, encodedCodes(column.code, m_rows.dictionaries()[text++].values().size())});
    });
    m_rows.clearRows();
    ++m_block;
}

Expected<void> BlockWriter::write() {
    for (const Coded& coded : m_coded) {
        m_insert.bind(1, coded.name);
        m_insert.bind(2, coded.block);
        m_insert.bind(3, m_stamp);
        m_insert.bind(4, std::span<const std::byte>{coded.bytes});
        if (auto done = m_insert.run(); !done) return done;
    }
    m_coded.clear();
    return {};
}

Expected<void> BlockWriter::finish() {
    code();
    for (std::size_t t = 0; t < textColumns; ++t)
        m_coded.push_back({textNames[t], dictionaryBlock, encodedValues(m_rows.dictionaries()[t].values())});
    return write();
}

Expected<bool> blocksAreValid(Database& database) {
    const auto triggers = hasStampTriggers(database);
    if (!triggers) return fail(triggers.error());
    if (!*triggers) return false;
    // The values are written last, so blocks without them are not whole.
    const auto current = database.integer("SELECT count(*) = 5 FROM patchlight_column WHERE block = -1 AND "
                                          "NOT EXISTS (SELECT 1 FROM patchlight_column WHERE stamp IS NOT "
                                          "(SELECT edits FROM patchlight_stamp WHERE table_name = 'incidents'))");
    if (!current) return fail(current.error());
    if (*current == 0) return false;
    const auto lastId = database.integer("SELECT coalesce(max(fid), 0) FROM incidents");
    if (!lastId) return fail(lastId.error());
    std::int64_t lastInBlocks = 0;
    return database
        .each("SELECT data FROM patchlight_column WHERE name = 'id' AND block >= 0 ORDER BY block DESC LIMIT 1",
              [&](Statement& row) {
                  const auto bytes = row.blob(0);
                  if (bytes.size() >= 8) lastInBlocks = readLittle<std::int64_t>(bytes.data() + bytes.size() - 8);
              })
        .map([&] { return lastInBlocks == *lastId; });
}

Expected<std::optional<IncidentTable>> readBlocks(Database& database, const TaskContext& task) {
    IncidentTable table;
    Expected<bool> whole = true;
    double done = 0.0;
    const auto after = [&](Expected<bool> result) {
        if (!result || !*result) whole = std::move(result);
        if (whole && task.cancelled()) whole = failCancelled();
        task.report("Reading incidents", done += 1.0 / 13);
    };
    std::vector<std::size_t> rowsOfBlock;
    auto counted = database.each(
        selectBlocks, [&](Statement& row) { rowsOfBlock.push_back(row.blob(0).size()); }, "mapped");
    if (!counted) return fail(counted.error());
    const auto rows = std::accumulate(rowsOfBlock.begin(), rowsOfBlock.end(), std::size_t{0});
    forEachPlainColumn(table, [&](const char* name, auto& column) {
        if (!whole || !*whole) return;
        column.reserve(rows);
        after(readColumn(database, name, column));
    });
    forEachTextColumn(table, [&](const char* name, TextColumn& column) {
        if (!whole || !*whole) return;
        column.code.reserve(rows);
        after(readTextColumn(database, name, rowsOfBlock, column));
    });
    if (!whole) return fail(whole.error());
    bool consistent = *whole;
    const auto check = [&](const char*, const auto& column) { consistent = consistent && column.size() == rows; };
    forEachPlainColumn(table, check);
    forEachTextColumn(table, [&](const char* name, const TextColumn& column) { check(name, column.code); });
    if (!consistent) return std::optional<IncidentTable>{};
    if (!patchlight::detail::indexPlaces(table, task)) return failCancelled();
    return std::optional{std::move(table)};
}

Expected<std::optional<BlockPositions>> readBlockPositions(Database& database) {
    BlockPositions result;
    for (auto whole : {readColumn(database, "id", result.id), readColumn(database, "position", result.position),
                       readColumn(database, "mapped", result.mapped)}) {
        if (!whole) return fail(whole.error());
        if (!*whole) return std::optional<BlockPositions>{};
    }
    const auto rows = result.id.size();
    if (result.position.size() != rows || result.mapped.size() != rows) return std::optional<BlockPositions>{};
    return std::optional{std::move(result)};
}

Expected<BlockCounts> readBlockCounts(Database& database) {
    std::vector<std::uint8_t> mapped;
    return readColumn(database, "mapped", mapped).map([&](bool) {
        return BlockCounts{mapped.size(), static_cast<std::size_t>(std::count(mapped.begin(), mapped.end(), 1))};
    });
}

} // namespace patchlight::store
