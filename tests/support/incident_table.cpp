// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/incident_table.h"

#include <cmath>
#include <random>
#include <stdexcept>

namespace patchlight::test {

namespace {

struct Interval {
    LocalMinute from, to;
    TimePrecision precision;
};

Interval intervalOf(const std::string& text) {
    using namespace std::chrono;
    if (text.empty()) return {{}, {}, TimePrecision::none};
    const auto day = parseIsoDay(text.substr(0, 10));
    if (!day) throw std::invalid_argument("not a date: " + text);
    if (text.size() == 7) return {*day, *parseIsoDay(text, true) + days{1}, TimePrecision::month};
    if (text.size() == 10) return {*day, *day + days{1}, TimePrecision::day};
    const LocalMinute time = *day + hours{std::stoi(text.substr(11, 2))} + minutes{std::stoi(text.substr(14, 2))};
    return {time, time, TimePrecision::minute};
}

} // namespace

std::shared_ptr<const IncidentTable> tableOf(const std::vector<TestIncident>& incidents) {
    auto table = std::make_shared<IncidentTable>();
    TextColumnBuilder dataset, category, subcategory, place, areaCode;
    for (const TestIncident& incident : incidents) {
        const auto number = static_cast<std::uint32_t>(table->id.size() + 1);
        const Interval time = intervalOf(incident.from);
        table->id.push_back(number);
        table->sourceRow.push_back(number);
        table->position.push_back(incident.position.value_or(ProjectedPoint{}));
        table->mapped.push_back(incident.position ? 1 : 0);
        table->from.push_back(time.from);
        table->to.push_back(time.to);
        table->precision.push_back(time.precision);
        table->level.push_back(incident.position ? LocationLevel::exact : LocationLevel::none);
        dataset.add(incident.dataset);
        category.add(incident.category);
        subcategory.add("");
        place.add(incident.place);
        areaCode.add("");
    }
    table->dataset = dataset.finish();
    table->category = category.finish();
    table->subcategory = subcategory.finish();
    table->place = place.finish();
    table->areaCode = areaCode.finish();
    indexPlaces(*table);
    return table;
}

std::vector<TestIncident> scattered(std::size_t n, const Box& box, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<TestIncident> incidents(n);
    for (TestIncident& incident : incidents)
        incident.position = ProjectedPoint{box.west + unit() * box.width(), box.south + unit() * box.height()};
    return incidents;
}

std::vector<TestIncident> gathered(std::size_t n, ProjectedPoint centre, double radius, std::uint64_t seed,
                                   const std::string& place) {
    std::mt19937_64 random(seed);
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<TestIncident> incidents(n);
    for (TestIncident& incident : incidents) {
        const double distance = radius * std::sqrt(unit()), angle = 6.283185307179586 * unit();
        incident.position =
            ProjectedPoint{centre.east + distance * std::cos(angle), centre.north + distance * std::sin(angle)};
        incident.place = place;
    }
    return incidents;
}

} // namespace patchlight::test
