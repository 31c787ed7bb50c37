// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/records.h"

namespace patchlight::sample {

using std::chrono::year;

std::vector<Hotspot> plannedHotspots() {
    using enum Category;
    const std::array weekendNights{0.25, 0.25, 0.35, 0.7, 2.2, 2.6, 0.5}; // Monday to Sunday
    const std::array shopping{1.0, 1.0, 1.0, 1.1, 1.3, 1.6, 0.8};
    const std::array summer{0.1, 0.1, 0.2, 0.5, 1.0, 2.2, 3.2, 3.4, 1.2, 0.3, 0.1, 0.1}; // January to December
    const std::array winter{1.6, 1.4, 1.0, 0.5, 0.3, 0.2, 0.2, 0.3, 0.6, 1.2, 1.8, 2.0};
    const Day emergingFrom = year{2025} / 1 / 15;
    const Day vanishedTo = year{2024} / 6 / 30;

    std::vector<Hotspot> hotspots;
    hotspots.push_back({.id = "town-centre-nights",
                        .title = "Town centre at night",
                        .centre = {3.6, 0.85},
                        .spread = 130,
                        .mix = {{antisocial, 0.5}, {violence, 0.42}, {damage, 0.08}},
                        .count = 1650,
                        .days = byWeekday(everyDay(), weekendNights),
                        .hours = around(24.2, 2.0),
                        .when = "all three years, Friday and Saturday nights, 21:00 to 04:00"});
    hotspots.push_back({.id = "after-school",
                        .title = "After school by Fairmead",
                        .centre = {4.75, 4.2},
                        .spread = 95,
                        .mix = {{antisocial, 0.72}, {violence, 0.2}, {damage, 0.08}},
                        .count = 460,
                        .days = inSchoolTerms(everyDay()),
                        .hours = around(16.0, 0.7),
                        .when = "all three years, school days, 15:00 to 17:30"});
    hotspots.push_back({.id = "seafront-summer",
                        .title = "Seafront in summer",
                        .centre = {4.8, 0.06},
                        .spread = 140,
                        .mix = {{antisocial, 0.78}, {violence, 0.12}, {vehicle, 0.1}},
                        .count = 720,
                        .days = byWeekday(byMonth(everyDay(), summer), {0.8, 0.8, 0.8, 0.9, 1.2, 1.6, 1.5}),
                        .hours = mixed(around(15.5, 2.2), 0.6, around(20.5, 1.6)),
                        .when = "June to August of each year, afternoons and evenings"});
    hotspots.push_back({.id = "retail-park",
                        .title = "Netherfield retail park",
                        .centre = {5.72, 3.55},
                        .spread = 85,
                        .mix = {{shoplifting, 0.86}, {vehicle, 0.08}, {antisocial, 0.06}},
                        .count = 930,
                        .days = growing(byWeekday(everyDay(), shopping), 0.15),
                        .hours = mixed(around(12.5, 1.8), 0.5, around(16.5, 1.6)),
                        .when = "all three years and growing, shop hours"});
    hotspots.push_back({.id = "emerging-2025",
                        .title = "Millbrook, new in 2025",
                        .centre = {1.72, 4.35},
                        .spread = 110,
                        .mix = {{antisocial, 0.7}, {damage, 0.3}},
                        .count = 380,
                        .days = within(everyDay(), emergingFrom, lastDay, true),
                        .hours = around(20.5, 1.9),
                        .when = "from 15 January 2025, more every month, evenings",
                        .first = emergingFrom});
    hotspots.push_back(
        {.id = "vanished-2024",
         .title = "Station car parks, gone in 2024",
         .centre = {3.05, 2.6},
         .spread = 90,
         .mix = {{vehicle, 0.9}, {damage, 0.1}},
         .count = 430,
         .days = within(byWeekday(everyDay(), {1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.4}), firstDay, vanishedTo),
         .hours = around(13.0, 3.0),
         .when = "January 2023 to June 2024, working days; nothing after",
         .last = vanishedTo});
    hotspots.push_back({.id = "winter-burglary",
                        .title = "Rowan Hill burglaries in winter",
                        .centre = {3.3, 4.75},
                        .spread = 150,
                        .mix = {{burglary, 1.0}},
                        .count = 210,
                        .days = byMonth(everyDay(), winter),
                        .hours = around(18.5, 1.6),
                        .when = "October to March of each year, late afternoon and evening"});
    return hotspots;
}

} // namespace patchlight::sample
