// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/incidents.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <map>
#include <random>

using namespace patchlight;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

LocalDay day(const std::string& iso) {
    return parseIsoDay(iso).value();
}

/// Rows given as "2025-07" (month), "2025-07-14" (day) or "2025-07-14T21:30" (minute) or "" (none).
struct Row {
    std::string when, category = "Burglary", dataset = "one";
};

IncidentTable tableOf(const std::vector<Row>& rows) {
    IncidentTable table;
    TextColumnBuilder category, dataset, empty[3];
    for (const Row& row : rows) {
        const std::size_t n = table.id.size() + 1;
        table.id.push_back(static_cast<std::int64_t>(n));
        table.sourceRow.push_back(static_cast<std::uint32_t>(n));
        table.position.push_back({double(n), 0.0});
        table.mapped.push_back(1);
        table.level.push_back(row.dataset == "snapped" ? LocationLevel::snapped : LocationLevel::exact);
        LocalMinute from{}, to{};
        TimePrecision precision = TimePrecision::none;
        if (row.when.size() == 7) {
            from = day(row.when), to = parseIsoDay(row.when, true).value() + days{1};
            precision = TimePrecision::month;
        } else if (row.when.size() == 10) {
            from = day(row.when), to = from + days{1};
            precision = TimePrecision::day;
        } else if (row.when.size() == 16) {
            from = day(row.when.substr(0, 10)) + std::chrono::hours{std::stoi(row.when.substr(11, 2))} +
                   std::chrono::minutes{std::stoi(row.when.substr(14))};
            to = from;
            precision = TimePrecision::minute;
        }
        table.from.push_back(from);
        table.to.push_back(to);
        table.precision.push_back(precision);
        category.add(row.category);
        dataset.add(row.dataset);
        for (auto& builder : empty) builder.add("");
    }
    table.category = category.finish(), table.dataset = dataset.finish();
    table.subcategory = empty[0].finish(), table.place = empty[1].finish(), table.areaCode = empty[2].finish();
    REQUIRE(isConsistent(table));
    return table;
}

using Rows = std::vector<std::uint32_t>;

} // namespace

TEST_CASE("a text column gives back every text that went in", "[incidents][property]") {
    std::mt19937 random{7};
    std::vector<std::string> texts;
    for (int i = 0; i < 5000; ++i) texts.push_back(random() % 9 == 0 ? "" : "street " + std::to_string(random() % 900));
    TextColumnBuilder builder;
    builder.reserve(texts.size());
    for (const std::string& text : texts) builder.add(text);
    const TextColumn column = builder.finish();
    REQUIRE(column.code.size() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) REQUIRE(column.at(i) == texts[i]);
    auto values = column.values;
    CHECK(values.front().empty());
    std::sort(values.begin(), values.end());
    CHECK(std::adjacent_find(values.begin(), values.end()) == values.end());
    CHECK(builder.finish().values.size() == 1); // it starts afresh
}

TEST_CASE("an empty filter chooses every row", "[incidents][property]") {
    const auto selection = select(tableOf({{"2025-07"}, {""}, {"2025-07-14T21:30"}}), {});
    REQUIRE(selection);
    CHECK(selection->rows == Rows{0, 1, 2});
    CHECK(selection->notes.empty());
    CHECK(select(tableOf({}), {})->rows.empty());
}

TEST_CASE("a period takes an incident by its start, the last day included", "[incidents]") {
    const auto table = tableOf(
        {{"2025-06-30T23:59"}, {"2025-07-01T00:00"}, {"2025-07-31T23:59"}, {"2025-08-01"}, {"2025-07-15"}, {""}});
    const auto selection = select(table, {.period = Period{day("2025-07-01"), day("2025-07-31")}});
    REQUIRE(selection);
    CHECK(selection->rows == Rows{1, 2, 4});
    CHECK(selection->notes == std::vector<std::string>{"1 incident without a date is left out."});
}

TEST_CASE("a month belongs to a period that holds all of it, and a cut month is named", "[incidents]") {
    const auto table = tableOf({{"2025-06"}, {"2025-07"}, {"2025-08"}, {"2025-08"}, {"2025-09"}});
    const auto whole = select(table, {.period = Period{day("2025-07-01"), day("2025-08-31")}});
    REQUIRE(whole);
    CHECK(whole->rows == Rows{1, 2, 3});
    CHECK(whole->notes.empty());
    const auto cut = select(table, {.period = Period{day("2025-06-30"), day("2025-08-30")}});
    REQUIRE(cut);
    CHECK(cut->rows == Rows{1});
    CHECK(cut->notes ==
          std::vector<std::string>{
              "June 2025 lies only partly in the period; its 1 incident dated by month alone is left out.",
              "August 2025 lies only partly in the period; its 2 incidents dated by month alone are left out."});
}

TEST_CASE("a night belongs to the day on which it began", "[incidents]") {
    // 2025-07-18 is a Friday
    const auto table = tableOf({{"2025-07-18T02:00"},
                                {"2025-07-18T21:59"},
                                {"2025-07-18T22:00"},
                                {"2025-07-19T02:00"},
                                {"2025-07-19T04:00"},
                                {"2025-07-19T22:30"},
                                {"2025-07-18"}});
    const auto friday = parseWeekdays("fri").value();
    const auto night = select(table, {.hours = HourRange{22, 4}, .weekdays = friday});
    REQUIRE(night);
    CHECK(night->rows == Rows{2, 3});
    CHECK(night->notes == std::vector<std::string>{"1 incident without a time of day is left out."});
    CHECK(select(table, {.hours = HourRange{22, 4}})->rows == Rows{0, 2, 3, 5});
    CHECK(select(table, {.hours = HourRange{0, 4}, .weekdays = friday})->rows == Rows{0}); // no midnight crossed
    CHECK(select(table, {.hours = HourRange{22, 24}})->rows == Rows{2, 5});
    CHECK(select(table, {.weekdays = friday})->rows == Rows{0, 1, 2, 6}); // a day is enough for weekdays
}

TEST_CASE("the hour and weekday filters agree with a table of all hours of two weeks", "[incidents][oracle]") {
    std::vector<Row> rows;
    const LocalDay monday = day("2025-07-14");
    for (int hour = 0; hour < 14 * 24; ++hour)
        rows.push_back({isoMinute(LocalMinute{monday} + std::chrono::hours{hour})});
    const auto table = tableOf(rows);
    for (int from = 0; from < 24; ++from)
        for (int to = 1; to <= 24; ++to) {
            if (from == to) continue;
            // each range is the set of hours counted on from its begin, each night counted from its evening
            Rows expected;
            for (int d = -1; d < 14; ++d)
                for (int h = from; h < (to > from ? to : to + 24); ++h)
                    if ((d + 7) % 7 == 4 && d * 24 + h >= 0 && d * 24 + h < 14 * 24)
                        expected.push_back(static_cast<std::uint32_t>(d * 24 + h));
            const auto found = select(table, {.hours = HourRange{from, to}, .weekdays = {std::chrono::Friday}});
            REQUIRE(found);
            REQUIRE(found->rows == expected);
        }
}

TEST_CASE("hours asked of data with months only are refused with the reason", "[incidents][bad-input]") {
    const auto months = tableOf({{"2025-07"}, {"2025-08"}, {""}});
    const auto hours = select(months, {.hours = HourRange{22, 4}});
    REQUIRE_FALSE(hours);
    CHECK(hours.error().code == ErrorCode::invalidParameter);
    CHECK(hours.error().subject == "hours");
    CHECK(hours.error().message ==
          "The filter asks for hours of the day, but these incidents are dated by month alone, as "
          "police open data is, or not at all; leave the hours out.");
    const auto weekdays = select(months, {.weekdays = {std::chrono::Friday}});
    REQUIRE_FALSE(weekdays);
    CHECK(weekdays.error().subject == "weekdays");
    const auto dates = select(tableOf({{"2025-07-14"}}), {.hours = HourRange{8, 9}});
    REQUIRE_FALSE(dates);
    CHECK_THAT(dates.error().message, Catch::Contains("a date without a time of day"));
}

TEST_CASE("categories are compared without case, and an unknown one names the near ones", "[incidents][bad-input]") {
    const auto table = tableOf(
        {{"", "Anti-social behaviour"}, {"", "Burglary", "two"}, {"", "Robbery"}, {"", "anti-social Behaviour"}});
    CHECK(select(table, {.categories = {"ANTI-SOCIAL BEHAVIOUR"}})->rows == Rows{0, 3});
    CHECK(select(table, {.categories = {"robbery", "burglary"}, .datasets = {"TWO"}})->rows == Rows{1});
    const auto misspelt = select(table, {.categories = {"Burglery"}});
    REQUIRE_FALSE(misspelt);
    CHECK(misspelt.error().message == "The project has no category \"Burglery\". Near it are \"Burglary\".");
    const auto part = select(table, {.categories = {"social"}});
    CHECK_THAT(part.error().message, Catch::Contains("\"Anti-social behaviour\""));
    const auto strange = select(table, {.categories = {"xyz"}});
    CHECK(strange.error().message == "The project has no category \"xyz\". There are \"Anti-social behaviour\", "
                                     "\"Burglary\", \"Robbery\" and \"anti-social Behaviour\".");
    CHECK_THAT(select(table, {.datasets = {"three"}}).error().message, Catch::Contains("no dataset \"three\""));
    CHECK_THAT(select(tableOf({}), {.categories = {"x"}}).error().message, Catch::Contains("none at all"));
}

TEST_CASE("a period that ends before it begins and hours out of range are refused", "[incidents][bad-input]") {
    const auto table = tableOf({{"2025-07-14T10:00"}});
    const auto period = select(table, {.period = Period{day("2025-08-01"), day("2025-07-01")}});
    REQUIRE_FALSE(period);
    CHECK(period.error().message == "The period ends on 2025-07-01, before it begins on 2025-08-01.");
    CHECK_FALSE(select(table, {.hours = HourRange{24, 3}}));
    CHECK_FALSE(select(table, {.hours = HourRange{5, 5}}));
    CHECK_FALSE(select(table, {.hours = HourRange{-1, 5}}));
}

TEST_CASE("categories come most frequent first and the period spans months and days", "[incidents]") {
    const auto table = tableOf({{"2025-07", "b"}, {"2025-06-30T23:59", "a"}, {"", "c"}, {"", "c"}});
    const auto categories = categoriesOf(table);
    REQUIRE(categories.size() == 3);
    CHECK(categories[0].name == "c");
    CHECK(categories[0].count == 2);
    CHECK(categories[1].name == "a");
    CHECK(categories[2].name == "b");
    CHECK(periodOf(table) == Period{day("2025-06-30"), day("2025-07-31")});
    CHECK_FALSE(periodOf(tableOf({{""}})));
    const auto snapped = tableOf({{"", "a", "snapped"}, {"", "a"}});
    CHECK(anySnapped(snapped, Rows{0, 1}));
    CHECK_FALSE(anySnapped(snapped, Rows{1}));
}

TEST_CASE("distinct places equal those of an ordered map", "[incidents][oracle]") {
    std::mt19937 random{11};
    const int side = GENERATE(1, 5, 400);
    std::vector<ProjectedPoint> points;
    for (int i = 0; i < 3000; ++i) {
        const auto x = static_cast<double>(static_cast<int>(random() % side) - side / 2);
        points.push_back({x == 0.0 && random() % 2 ? -0.0 : x, 0.1 * static_cast<double>(random() % side)});
    }
    std::map<ProjectedPoint, double> expected;
    for (const auto& point : points) ++expected[point];
    const Places places = distinctPlaces(points);
    REQUIRE(places.size() == expected.size());
    std::size_t at = 0;
    for (const auto& [point, count] : expected) {
        CHECK(places.point[at] == point);
        CHECK(places.weight[at] == count);
        ++at;
    }
    for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(places.point[places.placeOf[i]] == points[i]);
    CHECK(distinctPlaces({}).size() == 0);
}

TEST_CASE("places by the table's index are those of the coordinates", "[incidents][oracle]") {
    std::mt19937 random{12};
    IncidentTable table = tableOf(std::vector<Row>(800, Row{"2025-07", "a"}));
    for (std::size_t row = 0; row < table.size(); ++row) {
        table.mapped[row] = random() % 10 > 0;
        table.position[row] = {static_cast<double>(random() % 20), static_cast<double>(random() % 15)};
    }
    indexPlaces(table);
    CHECK(isConsistent(table));
    std::vector<std::uint32_t> rows;
    std::vector<ProjectedPoint> points;
    for (std::uint32_t row = 0; row < table.size(); ++row) {
        if (!table.mapped[row]) CHECK(table.places.of[row] == PlaceIndex::nowhere);
        if (!table.mapped[row] || random() % 3 > 0) continue;
        rows.push_back(row);
        points.push_back(table.position[row]);
    }
    const Places expected = distinctPlaces(points), indexed = distinctPlaces(table, rows);
    CHECK(indexed.point == expected.point);
    CHECK(indexed.weight == expected.weight);
    CHECK(indexed.placeOf == expected.placeOf);
    table.places = {}; // made by hand, not yet indexed
    CHECK(distinctPlaces(table, rows).placeOf == expected.placeOf);
    CHECK(distinctPlaces(table, std::vector<std::uint32_t>{}).size() == 0);
}
