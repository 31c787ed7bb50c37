// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/records.h"

#include <algorithm>

namespace patchlight::sample {

namespace chr = std::chrono;

namespace {

constexpr std::size_t backgroundCount = 9200;

/// How a category behaves away from the hotspots.
struct Habit {
    double share; ///< of the background
    Days days;
    Hours hours;
    double centrePull;     ///< how much more a busy ward draws: weight = busyness ^ centrePull
    double ranged;         ///< share of records known as a time range alone
    int shortest, longest; ///< of a range, minutes
};

std::vector<Habit> habits() {
    const std::array evenly{1.0, 1.0, 1.0, 1.0, 1.1, 1.2, 1.05};
    const std::array weekend{0.9, 0.85, 0.9, 0.95, 1.2, 1.4, 1.1};
    const std::array working{1.1, 1.05, 1.05, 1.05, 1.15, 0.9, 0.7};
    return {
        {0.36, bySeason(byWeekday(everyDay(), weekend), 0.3), roundTheClock(), 1, 0.1, 10, 90},
        {0.27, bySeason(byWeekday(everyDay(), weekend), 0.1), mixed(roundTheClock(), 0.6, around(22.5, 2.5)), 1, 0.12,
         5, 60},
        {0.08, bySeason(byWeekday(everyDay(), working), -0.25), mixed(around(13, 2.5), 0.5, around(21, 3)), 0, 0.92, 60,
         720},
        {0.09, growing(byWeekday(everyDay(), working), 0.08), around(14, 2.8), 2, 0.0, 0, 0},
        {0.1, growing(byWeekday(everyDay(), evenly), -0.07), around(23, 3), 0, 0.85, 240, 900},
        {0.1, bySeason(byWeekday(everyDay(), weekend), 0.1), mixed(around(21, 2.5), 0.7, roundTheClock()), 1, 0.6, 60,
         840},
    };
}

double power(double base, double exponent) { // exponents 0, 1 and 2 alone
    return exponent == 0 ? 1.0 : exponent == 1 ? base : base * base;
}

std::vector<double> backgroundWeights(const Town& town, double centrePull) {
    std::vector<double> weights;
    weights.reserve(town.addresses.size());
    for (const Address& address : town.addresses) {
        const double busyness = town.wards[static_cast<std::size_t>(address.ward)].busyness;
        const std::string& highway = town.streets[address.street].highway;
        const double road = highway == "pedestrian" ? 2.5 : highway == "primary" || highway == "secondary" ? 1.6 : 1.0;
        weights.push_back(power(busyness, centrePull) * (centrePull > 0 ? road : 1.0));
    }
    return weights;
}

std::vector<double> hotspotWeights(const Town& town, const Hotspot& hotspot) {
    const Point centre = onGround(hotspot.centre);
    std::vector<double> weights;
    weights.reserve(town.addresses.size());
    for (const Address& address : town.addresses)
        weights.push_back(bell(distance(address.point, centre), 0, hotspot.spread));
    return weights;
}

Category drawn(const std::vector<std::pair<Category, double>>& mix, Random& random) {
    double at = random.uniform();
    for (const auto& [category, share] : mix) {
        if (at < share) return category;
        at -= share;
    }
    return mix.back().first;
}

/// Where reports are placed by their street alone, the point is the street's snap point.
constexpr double placedByStreet = 0.2;

Record recordAt(const Town& town, const Address& address, Category category, Minute when, const Habit& habit,
                Random& random) {
    Record record{.category = category,
                  .from = when,
                  .to = {},
                  .point = address.point,
                  .street = address.street,
                  .ward = address.ward};
    if (random.chance(placedByStreet)) {
        const Point snap = town.snapPoints[address.snap].point;
        if (contains(town.wards[static_cast<std::size_t>(address.ward)].ring, snap)) record.point = snap;
    }
    if (random.chance(habit.ranged)) { // the true time lies somewhere within the range
        const int length = static_cast<int>(random.between(habit.shortest, habit.longest)) / 5 * 5;
        const int before = static_cast<int>(random.between(0, length)) / 5 * 5;
        record.from = std::max(when - chr::minutes{before}, Minute{firstDay});
        record.to = record.from + chr::minutes{length};
    }
    return record;
}

} // namespace

std::string_view nameOf(Category category) {
    constexpr std::array<std::string_view, categoryCount> names{
        "Anti-social behaviour", "Violence and sexual offences", "Burglary", "Shoplifting", "Vehicle crime",
        "Criminal damage"};
    return names[static_cast<std::size_t>(category)];
}

std::vector<Record> drawRecords(const Town& town, const std::vector<Hotspot>& hotspots, std::uint64_t seed) {
    std::vector<Record> records;
    const std::vector<Habit> all = habits();
    for (std::size_t c = 0; c < categoryCount; ++c) {
        Random random{seed, 100 + c};
        const WeightedChoice where{backgroundWeights(town, all[c].centrePull)};
        const Clock clock{all[c].days, all[c].hours};
        const auto count = static_cast<std::size_t>(all[c].share * backgroundCount);
        for (std::size_t i = 0; i < count; ++i) {
            const Minute when = clock.draw(random);
            const Address& address = town.addresses[where.draw(random)];
            records.push_back(recordAt(town, address, static_cast<Category>(c), when, all[c], random));
        }
    }
    for (std::size_t h = 0; h < hotspots.size(); ++h) {
        Random random{seed, 200 + h};
        const WeightedChoice where{hotspotWeights(town, hotspots[h])};
        const Clock clock{hotspots[h].days, hotspots[h].hours};
        for (std::size_t i = 0; i < hotspots[h].count; ++i) {
            const Category category = drawn(hotspots[h].mix, random);
            const Minute when = clock.draw(random);
            const Address& address = town.addresses[where.draw(random)];
            const Habit& habit = all[static_cast<std::size_t>(category)];
            records.push_back(recordAt(town, address, category, when, habit, random));
            records.back().hotspot = static_cast<int>(h);
        }
    }
    // The night after the last day is not in the extract.
    std::erase_if(records, [](const Record& r) { return r.from >= Minute{lastDay + chr::days{1}}; });
    std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.from < b.from; });
    return records;
}

} // namespace patchlight::sample
