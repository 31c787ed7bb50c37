// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/incident_rows.h"

#include <algorithm>
#include <cmath>

namespace patchlight::store {

namespace {

constexpr std::size_t pollInterval = 16384;
constexpr std::array<std::string_view, 4> precisionNames{"", "month", "day", "minute"};

LocationLevel levelOf(std::string_view key) {
    for (const auto level : {LocationLevel::exact, LocationLevel::snapped, LocationLevel::postcode, LocationLevel::area,
                             LocationLevel::street})
        if (keyOf(level) == key) return level;
    return LocationLevel::none;
}

template <class Enum, std::size_t Count>
Enum fromName(const std::array<std::string_view, Count>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
}

/// `digits` decimal digits from `at`; -1 where they are not all there.
int digitsAt(std::string_view text, std::size_t at, std::size_t digits) {
    if (text.size() < at + digits) return -1;
    int value = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// The last minute inside an interval that ends (exclusive) there says which month or day it ends with.
TimeText endText(const NewIncident& incident) {
    if (!incident.to || !incident.from || *incident.to <= endOf(*incident.from, incident.precision)) return {};
    const auto inside =
        incident.precision == TimePrecision::minute ? *incident.to : *incident.to - std::chrono::minutes{1};
    return {inside, incident.precision};
}

TimeText recordedText(std::optional<LocalMinute> recorded) {
    if (!recorded) return {};
    // Sources give a day or a minute here; midnight is taken for a day without a time.
    const bool midnight = *recorded == std::chrono::floor<std::chrono::days>(*recorded);
    return {*recorded, midnight ? TimePrecision::day : TimePrecision::minute};
}

} // namespace

TimeText::TimeText(LocalMinute time, TimePrecision precision) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const int year = static_cast<int>(date.year());
    if (precision == TimePrecision::none || year < 0 || year > 9999) return;
    const auto put = [&](unsigned value, unsigned digits) {
        for (unsigned d = digits; d-- > 0; value /= 10) m_text[m_length + d] = static_cast<char>('0' + value % 10);
        m_length += digits;
    };
    const auto mark = [&](char c) { m_text[m_length++] = c; };
    put(static_cast<unsigned>(year), 4);
    mark('-');
    put(static_cast<unsigned>(date.month()), 2);
    if (precision == TimePrecision::month) return;
    mark('-');
    put(static_cast<unsigned>(date.day()), 2);
    if (precision == TimePrecision::day) return;
    const auto minutes = static_cast<unsigned>((time - LocalMinute{day}).count());
    mark('T');
    put(minutes / 60, 2);
    mark(':');
    put(minutes % 60, 2);
}

std::optional<ReadTime> readTime(std::string_view text) {
    using namespace std::chrono;
    const int years = digitsAt(text, 0, 4);
    const int months = digitsAt(text, 5, 2);
    if (years < 0 || months < 1 || months > 12 || text[4] != '-') return std::nullopt;
    const auto month = year{years} / months;
    if (text.size() == 7) return ReadTime{LocalDay{month / 1}, TimePrecision::month};
    const auto date = month / digitsAt(text, 8, 2);
    if (text[7] != '-' || !date.ok()) return std::nullopt;
    const LocalMinute day = LocalDay{date};
    if (text.size() == 10) return ReadTime{day, TimePrecision::day};
    const int hour = digitsAt(text, 11, 2);
    const int minute = digitsAt(text, 14, 2);
    if ((text[10] != 'T' && text[10] != ' ') || hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[13] != ':')
        return std::nullopt;
    return ReadTime{day + hours{hour} + minutes{minute}, TimePrecision::minute};
}

std::string_view nameOf(TimePrecision precision) {
    return precisionNames[static_cast<std::size_t>(precision)];
}

ColumnRow columnRow(std::string_view dataset, const NewIncident& incident) {
    ColumnRow row;
    row.sourceRow = incident.sourceRow;
    if (incident.position && std::isfinite(incident.position->east) && std::isfinite(incident.position->north))
        row.position = incident.position;
    if (incident.from && !TimeText{*incident.from, incident.precision}.view().empty()) {
        row.from = incident.from;
        row.precision = incident.precision;
        if (!endText(incident).view().empty()) row.to = incident.to;
    }
    row.level = incident.level;
    row.texts = {dataset, incident.category, incident.subcategory, incident.place, incident.areaCode};
    return row;
}

Expected<IncidentInsert> IncidentInsert::prepare(Database& database, int srsId) {
    const std::string row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    std::string sql = "INSERT INTO incidents(geom, dataset_id, dataset, source_row, reference, category, subcategory, "
                      "occurred_from, occurred_to, precision, recorded, place, area_code, outcome, location_level, "
                      "other) VALUES " +
                      row;
    auto one = database.prepare(sql);
    if (!one) return fail(one.error());
    for (std::size_t i = 1; i < manyRows; ++i) sql += ", " + row;
    auto many = database.prepare(sql);
    if (!many) return fail(many.error());
    return IncidentInsert{std::move(*one), std::move(*many), srsId};
}

void IncidentInsert::bind(Statement& statement, std::size_t place, std::int64_t datasetId, std::string_view dataset,
                          const NewIncident& incident, const ColumnRow& row) {
    Bound& bound = m_bound[place];
    bound.from = row.from ? TimeText{*row.from, row.precision} : TimeText{};
    bound.to = row.to ? endText(incident) : TimeText{};
    bound.recorded = recordedText(incident.recorded);
    int index = static_cast<int>(place) * 16;
    if (row.position) {
        bound.point = pointBlob(*row.position, m_srsId);
        statement.bind(++index, std::span<const std::byte>{bound.point});
    } else {
        statement.bind(++index, nullptr);
    }
    statement.bind(++index, datasetId);
    statement.bindOrNull(++index, dataset);
    statement.bind(++index, incident.sourceRow);
    statement.bindOrNull(++index, incident.reference);
    statement.bindOrNull(++index, incident.category);
    statement.bindOrNull(++index, incident.subcategory);
    statement.bindOrNull(++index, bound.from.view());
    statement.bindOrNull(++index, bound.to.view());
    statement.bindOrNull(++index, nameOf(row.precision));
    statement.bindOrNull(++index, bound.recorded.view());
    statement.bindOrNull(++index, incident.place);
    statement.bindOrNull(++index, incident.areaCode);
    statement.bindOrNull(++index, incident.outcome);
    statement.bindOrNull(++index, keyOf(row.level));
    statement.bindOrNull(++index, incident.otherColumns);
}

Expected<void> IncidentInsert::run(std::int64_t datasetId, std::string_view dataset,
                                   std::span<const NewIncident> incidents, std::span<const ColumnRow> columns) {
    for (std::size_t at = 0; at < incidents.size();) {
        const std::size_t rows = incidents.size() - at < manyRows ? 1 : manyRows;
        Statement& statement = rows == 1 ? m_one : m_many;
        for (std::size_t i = 0; i < rows; ++i)
            bind(statement, i, datasetId, dataset, incidents[at + i], columns[at + i]);
        if (auto done = statement.run(); !done) return done;
        at += rows;
    }
    return {};
}

Expected<void> eachIncidentRow(Database& database, const TaskContext& task,
                               const std::function<Expected<void>(const ColumnRow&)>& visit) {
    const auto count = database.integer("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'incidents'");
    if (!count) return fail(count.error());
    std::int64_t done = 0;
    return database.each(
        "SELECT fid, geom, dataset, source_row, category, subcategory, occurred_from, occurred_to, precision, place, "
        "area_code, location_level FROM incidents ORDER BY fid",
        [&](Statement& row) -> Expected<void> {
            if (done++ % pollInterval == 0) {
                if (task.cancelled()) return failCancelled();
                task.report(
                    "Reading incidents",
                    std::min(1.0, static_cast<double>(done) / static_cast<double>(std::max<std::int64_t>(1, *count))));
            }
            ColumnRow values;
            values.id = row.integer(0);
            values.position = pointOf(row.blob(1));
            values.sourceRow = static_cast<std::uint32_t>(row.integer(3));
            values.texts = {row.text(2), row.text(4), row.text(5), row.text(9), row.text(10)};
            if (const auto from = readTime(row.text(6))) {
                // A text that says less than the precision column wins: someone has shortened it.
                const auto said = fromName<TimePrecision>(precisionNames, row.text(8));
                values.precision = said == TimePrecision::none ? from->precision : std::min(said, from->precision);
                values.from = from->time;
                if (const auto to = readTime(row.text(7))) values.to = endOf(to->time, values.precision);
            }
            values.level = levelOf(row.text(11));
            return visit(values);
        });
}

} // namespace patchlight::store
