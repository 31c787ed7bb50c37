// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/records.h"
#include "resources/sample/generator/write.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>

namespace patchlight::sample {

namespace chr = std::chrono;

namespace {

std::string dayText(Day day) {
    const chr::year_month_day date{day};
    return fmt::format("{}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::string minuteText(Minute time) {
    const Day day = chr::floor<chr::days>(time);
    const auto minutes = (time - day).count();
    return fmt::format("{} {:02}:{:02}", dayText(day), minutes / 60, minutes % 60);
}

std::string_view drawnOutcome(Category category, Random& random) {
    if (category == Category::antisocial) return random.chance(0.3) ? "Warning given" : "No further action";
    const double at = random.uniform();
    if (at < 0.52) return "Investigation complete; no suspect identified";
    if (at < 0.74) return "Unable to prosecute suspect";
    if (at < 0.87) return "Under investigation";
    return "Charged";
}

/// One line of the file before it is written; faults are put into it as text.
struct Row {
    std::string reference, category, from, to, easting, northing, location, ward, outcome;
    int hotspot = -1;
    Day day{};
    std::string text() const {
        const bool quoted = location.find(',') != std::string::npos;
        return fmt::format("{},{},{},{},{},{},{},{},{}\n", reference, category, from, to, easting, northing,
                           quoted ? '"' + location + '"' : location, ward, outcome);
    }
};

std::vector<Row> cleanRows(const Town& town, const std::vector<Record>& records, const std::vector<Hotspot>& hotspots,
                           std::uint64_t seed) {
    Random random{seed, 300};
    std::vector<Row> rows;
    std::map<int, int> numbers; // within a year
    for (const Record& record : records) {
        const Day day = chr::floor<chr::days>(record.from);
        const int year = int(chr::year_month_day{day}.year());
        Row row;
        row.reference = fmt::format("SH{:02}-{:05}", year % 100, ++numbers[year]);
        row.category = nameOf(record.category);
        row.from = minuteText(record.from);
        if (record.to) row.to = minuteText(*record.to);
        row.easting = fmt::format("{}", static_cast<long>(std::floor(record.point.east + 0.5)));
        row.northing = fmt::format("{}", static_cast<long>(std::floor(record.point.north + 0.5)));
        row.location = town.streets[record.street].name;
        if (record.hotspot >= 0 && hotspots[static_cast<std::size_t>(record.hotspot)].id == "retail-park" &&
            random.chance(0.3))
            row.location = fmt::format("Netherfield Retail Park, Unit {}", 1 + random.below(9));
        row.ward = town.wards[static_cast<std::size_t>(record.ward)].name;
        row.outcome = drawnOutcome(record.category, random);
        row.hotspot = record.hotspot;
        row.day = day;
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Faults as extracts have them. Each kind gets its own rows, none twice.
class Faults {
public:
    Faults(std::vector<Row>& rows, std::uint64_t seed)
        : m_rows{rows}, m_random{seed, 400}, m_taken(rows.size(), false) {}

    template <class Change> void spoil(const std::string& kind, std::size_t count, const Change& change) {
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t at = m_random.below(m_rows.size());
            while (m_taken[at]) at = m_random.below(m_rows.size());
            m_taken[at] = true;
            change(m_rows[at], i);
            m_kinds[m_rows[at].reference] = kind;
        }
    }

    /// Whole rows once more, a little further down, as when two exports are put together. Call last.
    void repeat(std::size_t count) {
        std::vector<std::size_t> at;
        while (at.size() < count) {
            const std::size_t row = m_random.below(m_rows.size() - 50);
            if (m_taken[row]) continue;
            m_taken[row] = true;
            at.push_back(row);
        }
        std::sort(at.begin(), at.end(), std::greater<>{});
        for (const std::size_t row : at) {
            m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(row + 1 + m_random.below(40)), m_rows[row]);
            m_kinds[m_rows[row].reference] = "repeated-reference";
        }
    }

    /// Kind of fault by reference.
    [[nodiscard]] const std::map<std::string, std::string>& kinds() const { return m_kinds; }

private:
    std::vector<Row>& m_rows;
    Random m_random;
    std::vector<bool> m_taken;
    std::map<std::string, std::string> m_kinds;
};

nlohmann::ordered_json hotspotTruth(const Hotspot& hotspot, int index, const std::vector<Row>& rows) {
    const Point centre = onGround(hotspot.centre);
    nlohmann::ordered_json categories = nlohmann::ordered_json::array();
    for (const auto& [category, share] : hotspot.mix) categories.push_back(nameOf(category));
    std::map<int, std::size_t> years{{2023, 0}, {2024, 0}, {2025, 0}};
    nlohmann::ordered_json numbers = nlohmann::ordered_json::array();
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].hotspot != index) continue;
        numbers.push_back(i + 1);
        ++years[int(chr::year_month_day{rows[i].day}.year())];
    }
    nlohmann::ordered_json byYear;
    for (const auto& [year, count] : years) byYear[fmt::format("{}", year)] = count;
    return {{"id", hotspot.id},
            {"title", hotspot.title},
            {"easting", static_cast<long>(std::floor(centre.east + 0.5))},
            {"northing", static_cast<long>(std::floor(centre.north + 0.5))},
            {"spread", static_cast<long>(hotspot.spread)},
            {"categories", categories},
            {"when", hotspot.when},
            {"first", dayText(hotspot.first)},
            {"last", dayText(hotspot.last)},
            {"records", numbers.size()},
            {"recordsByYear", byYear},
            {"rows", numbers}};
}

/// Objects one key a line, lists of numbers on one line: readable and small.
std::string truthText(const nlohmann::ordered_json& truth) {
    std::string text = "{\n";
    for (auto it = truth.begin(); it != truth.end(); ++it) {
        text += fmt::format("{}  \"{}\": ", it == truth.begin() ? "" : ",\n", it.key());
        if (!it->is_array() || it->empty()) {
            text += it->dump();
            continue;
        }
        text += "[";
        for (std::size_t i = 0; i < it->size(); ++i) text += (i == 0 ? "\n    " : ",\n    ") + (*it)[i].dump();
        text += "\n  ]";
    }
    return text + "\n}\n";
}

} // namespace

Records buildRecords(const Town& town, std::uint64_t seed) {
    const std::vector<Hotspot> hotspots = plannedHotspots();
    std::vector<Row> rows = cleanRows(town, drawRecords(town, hotspots, seed), hotspots, seed);

    Faults faults{rows, seed};
    const auto clearPosition = [](Row& row, std::size_t) { row.easting = row.northing = ""; };
    faults.spoil("no-position", 190, clearPosition);
    faults.spoil("zero-position", 9, [](Row& row, std::size_t) { row.easting = row.northing = "0"; });
    faults.spoil("swapped-position", 16, [](Row& row, std::size_t) { std::swap(row.easting, row.northing); });
    faults.spoil("bad-date", 12, [](Row& row, std::size_t i) {
        constexpr std::array<std::string_view, 3> texts{"2024-02-31 10:00", "not known", "2024-13-05 09:00"};
        row.from = texts[i % texts.size()];
    });
    faults.spoil("no-date", 8, [](Row& row, std::size_t) { row.from = row.to = ""; });
    faults.spoil("no-category", 6, [](Row& row, std::size_t) { row.category = ""; });
    faults.repeat(18);

    Records result;
    result.csv = "Reference,Category,Occurred from,Occurred to,Easting,Northing,Location,Ward,Outcome\n";
    for (const Row& row : rows) result.csv += row.text();

    nlohmann::ordered_json truth;
    truth["about"] =
        "What the generator put into sandhaven-incidents.csv. Rows are record numbers, the header not counted.";
    truth["seed"] = seed;
    truth["records"] = rows.size();
    truth["crs"] = "EPSG:27700";
    truth["hotspots"] = nlohmann::ordered_json::array();
    for (std::size_t h = 0; h < hotspots.size(); ++h)
        truth["hotspots"].push_back(hotspotTruth(hotspots[h], static_cast<int>(h), rows));
    std::map<std::string, nlohmann::ordered_json> byKind;
    std::map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto fault = faults.kinds().find(rows[i].reference);
        if (fault == faults.kinds().end()) continue;
        if (fault->second == "repeated-reference" && ++seen[rows[i].reference] == 1)
            continue; // the first of two is sound
        byKind[fault->second].push_back(i + 1);
    }
    truth["faults"] = nlohmann::ordered_json::array();
    for (const auto& [kind, list] : byKind)
        truth["faults"].push_back({{"kind", kind}, {"records", list.size()}, {"rows", list}});
    result.truth = truthText(truth);
    return result;
}

} // namespace patchlight::sample
