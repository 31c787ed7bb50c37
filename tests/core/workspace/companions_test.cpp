// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/companions.h"

#include "core/disclosure/publication.h"
#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

#include <algorithm>
#include <set>

using namespace patchlight;
using namespace patchlight::test;

namespace {

constexpr Box town{400000, 100000, 404000, 103000};

/// Nine months of two categories; drugs gather elsewhere than robbery.
std::shared_ptr<const IncidentTable> nineMonths(std::vector<int> leftOut = {}) {
    std::vector<TestIncident> all;
    for (int month = 1; month <= 9; ++month) {
        if (std::find(leftOut.begin(), leftOut.end(), month) != leftOut.end()) continue;
        const auto seed = std::uint64_t(month * 10);
        for (auto part :
             {scattered(40, town, seed), gathered(30, {401000, 101000}, 120, seed + 1, "On or near High St")})
            for (TestIncident& one : part) {
                one.from = "2025-0" + std::to_string(month);
                one.category = "Robbery";
                all.push_back(one);
            }
        for (TestIncident& one : gathered(20, {403000, 102000}, 120, seed + 2, "On or near Mill Lane")) {
            one.from = "2025-0" + std::to_string(month);
            one.category = "Drugs";
            all.push_back(one);
        }
    }
    return tableOf(all);
}

struct Answered {
    std::shared_ptr<const IncidentTable> table;
    Recipe recipe;
    Result result;
    [[nodiscard]] Expected<Result> ask(const Recipe& one) const {
        return findAnalysis(one.analysis)->run({table, one.filter, one.comparison, {}, one.parameters, {}, {}}, {});
    }
    [[nodiscard]] Expected<CompanionPlan> further() const {
        return answerCompanions(recipe, result, *table, [&](const Recipe& one) { return ask(one); });
    }
};

Answered answered(std::shared_ptr<const IncidentTable> table, const std::string& layout,
                  std::optional<std::pair<const char*, const char*>> period = std::pair{"2025-07", "2025-09"},
                  const std::string& analysis = "kernel-density") {
    Answered one{std::move(table), {}, {}};
    one.recipe.analysis = analysis;
    one.recipe.layout.templateName = layout;
    if (period) one.recipe.filter.period = Period{*parseIsoDay(period->first), *parseIsoDay(period->second, true)};
    auto result = one.ask(one.recipe);
    REQUIRE(result.has_value());
    one.result = std::move(*result);
    one.recipe.parameters = one.result.parameters;
    return one;
}

std::vector<std::string> titlesOf(const CompanionPlan& plan) {
    std::vector<std::string> titles;
    for (const Companion& one : plan.companions) titles.push_back(one.title);
    return titles;
}

} // namespace

TEST_CASE("a quarter goes back in steps of its length while every month has data", "[workspace][companions]") {
    const auto whole = answered(nineMonths(), "by-quarter");
    CHECK(titlesOf(planCompanions(whole.recipe, whole.result, *whole.table)) ==
          std::vector<std::string>{"January to March 2025", "April to June 2025", "July to September 2025"});
    const auto gap = answered(nineMonths({2}), "by-quarter");
    CHECK(titlesOf(planCompanions(gap.recipe, gap.result, *gap.table)) ==
          std::vector<std::string>{"April to June 2025", "July to September 2025"});
    const auto month = answered(nineMonths(), "by-quarter", std::pair{"2025-09", "2025-09"});
    CHECK(
        titlesOf(planCompanions(month.recipe, month.result, *month.table)) ==
        std::vector<std::string>{"April 2025", "May 2025", "June 2025", "July 2025", "August 2025", "September 2025"});
    const auto all = answered(nineMonths(), "by-quarter", std::nullopt);
    CHECK(titlesOf(planCompanions(all.recipe, all.result, *all.table)) ==
          std::vector<std::string>{"January to March 2025", "April to June 2025", "July to September 2025"});
}

TEST_CASE("maps by quarter count every incident once and share classes and threshold", "[workspace][companions]") {
    const auto main = answered(nineMonths(), "by-quarter", std::nullopt);
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    REQUIRE(plan->companions.size() == 3);
    std::size_t counted = 0;
    for (const Companion& one : plan->companions) {
        counted += one.result->mapped;
        CHECK(one.recipe.parameters["bandwidth"] == main.result.parameters["bandwidth"]);
        REQUIRE(one.result->classes.size() == plan->companions[0].result->classes.size());
        for (std::size_t i = 0; i < one.result->classes.size(); ++i)
            CHECK(one.result->classes[i].from == plan->companions[0].result->classes[i].from);
        // A third of the time: a third of the density makes a hotspot.
        CHECK(one.result->statistics["threshold"].get<double>() ==
              Approx(main.result.statistics["threshold"].get<double>() / 3.0).epsilon(0.02));
    }
    CHECK(counted == main.result.mapped);
}

TEST_CASE("maps by category are the chosen ones or the most frequent, in multiples of their own mean",
          "[workspace][companions]") {
    auto main = answered(nineMonths(), "by-category");
    auto plan = main.further();
    REQUIRE(plan.has_value());
    CHECK(titlesOf(*plan) == std::vector<std::string>{"Robbery", "Drugs"});
    for (const Companion& one : plan->companions) {
        REQUIRE(one.result->classes.size() == 5);
        CHECK(one.result->classes[0].from == 1.0);
        CHECK(one.result->classes[4].from == 5.0);
        // In these units the mean of the cells above zero is one.
        double sum = 0.0;
        std::size_t above = 0;
        for (const double value : one.result->surface->values)
            if (value > 0.0) sum += value, ++above;
        CHECK(sum / double(above) == Approx(1.0));
    }
    CHECK(plan->companions[0].result->mapped + plan->companions[1].result->mapped == main.result.mapped);

    main = answered(nineMonths(), "by-category");
    main.recipe.filter.categories = {"Drugs", "robbery"};
    CHECK(titlesOf(planCompanions(main.recipe, main.result, *main.table)) ==
          std::vector<std::string>{"Drugs", "robbery"});
}

TEST_CASE("the earlier map has the outlines and classes of the later one", "[workspace][companions]") {
    auto main = answered(nineMonths(), "before-after");
    main.recipe.comparison = Period{*parseIsoDay("2025-04"), *parseIsoDay("2025-06", true)};
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    REQUIRE(plan->companions.size() == 1);
    const Companion& before = plan->companions[0];
    CHECK(before.title == "April to June 2025");
    CHECK(before.recipe.filter.period == main.recipe.comparison);
    CHECK_FALSE(before.recipe.comparison.has_value());
    CHECK(before.result->mapped == 270);
    REQUIRE(before.result->areas.size() == main.result.areas.size());
    for (std::size_t i = 0; i < main.result.classes.size(); ++i)
        CHECK(before.result->classes[i].from == main.result.classes[i].from);
}

TEST_CASE("counted areas on several maps share the classes of the one that reaches highest",
          "[workspace][companions]") {
    const auto main = answered(nineMonths(), "by-category", std::pair{"2025-07", "2025-09"}, "area-counts");
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    REQUIRE(plan->companions.size() == 2);
    const auto& classes = plan->companions[0].result->classes;
    REQUIRE_FALSE(classes.empty());
    for (const Companion& one : plan->companions) {
        REQUIRE(one.result->classes.size() == classes.size());
        for (const Region& region : one.result->regions) {
            if (!region.value || !region.classIndex) continue;
            CHECK(*region.value >= classes[*region.classIndex].from);
            if (*region.classIndex + 1 < classes.size()) CHECK(*region.value < classes[*region.classIndex + 1].from);
        }
    }
}

TEST_CASE("months in a hotspot are those of its incidents", "[workspace][companions]") {
    const auto main = answered(nineMonths(), "hotspot-pages");
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    REQUIRE(plan->areaMonths.size() == main.result.areas.size());
    REQUIRE_FALSE(plan->areaMonths.empty());
    for (std::size_t i = 0; i < plan->areaMonths.size(); ++i) {
        const auto& months = plan->areaMonths[i];
        REQUIRE(months.size() == 9);
        CHECK(months[6] + months[7] + months[8] == main.result.areas[i].incidents);
    }
}

TEST_CASE("what a layout cannot show is said, and refused where nothing is left", "[workspace][companions][errors]") {
    const auto compared = answered(nineMonths(), "before-after").further();
    REQUIRE_FALSE(compared.has_value());
    CHECK(compared.error().code == ErrorCode::invalidParameter);
    CHECK(compared.error().message ==
          "The layout \"Before and after\" cannot be made: a page before and after needs a period to compare with.");

    auto one = answered(nineMonths(), "by-category");
    one.recipe.filter.categories = {"Robbery"};
    const auto single = one.further();
    REQUIRE_FALSE(single.has_value());
    CHECK(single.error().message.find("at least two categories") != std::string::npos);

    const auto pack = answered(nineMonths(), "pack").further();
    REQUIRE(pack.has_value()); // the other pages are made
    REQUIRE(pack->leftOut.size() == 1);
    CHECK(pack->leftOut[0].kind == PageKind::comparison);

    auto absent = answered(nineMonths(), "by-category");
    absent.recipe.filter.categories = {"Robbery", "Drugs", "Burglary"};
    const auto wrong = absent.further();
    REQUIRE_FALSE(wrong.has_value()); // as the filter itself says it
}

TEST_CASE("a category without a mapped incident leaves out its map", "[workspace][companions][edge]") {
    auto table = std::make_shared<IncidentTable>(*nineMonths());
    for (std::size_t row = 0; row < table->size(); ++row)
        if (table->category.at(row) == "Drugs") table->mapped[row] = 0;
    indexPlaces(*table);
    auto main = answered(table, "by-category");
    main.recipe.filter.categories = {"Robbery", "Drugs"};
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    CHECK(titlesOf(*plan) == std::vector<std::string>{"Robbery"});
    REQUIRE(plan->leftOut.size() == 1);
    CHECK(plan->leftOut[0].reason == "\"Drugs\" has no mapped incident");
}

TEST_CASE("further maps stop when asked to", "[workspace][companions]") {
    const auto main = answered(nineMonths(), "by-quarter");
    std::stop_source stop;
    stop.request_stop();
    const auto plan = answerCompanions(
        main.recipe, main.result, *main.table, [&](const Recipe& one) { return main.ask(one); },
        TaskContext{.stop = stop.get_token()});
    REQUIRE_FALSE(plan.has_value());
    CHECK(plan.error().code == ErrorCode::cancelled);
}

TEST_CASE("further maps say no small count to the public", "[workspace][companions][disclosure]") {
    auto main = answered(nineMonths(), "pack");
    main.recipe.comparison = Period{*parseIsoDay("2025-04"), *parseIsoDay("2025-06", true)};
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    const Disclosure forPublic{.profile = Profile::publicRelease, .threshold = std::nullopt};
    const auto shown = published(std::make_shared<const Result>(main.result), forPublic);
    const CompanionPlan safe = publishedCompanions(*plan, *shown.result, forPublic);
    for (const Companion& one : safe.companions) {
        CHECK(one.result->rows.empty());
        CHECK(one.result->forPublic);
        if (one.kind == PageKind::comparison) CHECK(one.result->areas.size() == shown.result->areas.size());
    }
    for (const auto& months : safe.areaMonths)
        for (const std::size_t count : months) CHECK((count == 0 || count >= 5));
    // Inside, everything stays.
    const CompanionPlan inside = publishedCompanions(*plan, main.result, {});
    CHECK(inside.areaMonths == plan->areaMonths);
    CHECK(inside.companions.size() == plan->companions.size());
    CHECK_FALSE(inside.companions[0].result->rows.empty());
}

TEST_CASE("a map of a few incidents is left out for the public", "[workspace][companions][disclosure]") {
    auto table = std::make_shared<IncidentTable>(*nineMonths());
    std::size_t drugs = 0;
    for (std::size_t row = 0; row < table->size(); ++row)
        if (table->category.at(row) == "Drugs" && ++drugs > 4) table->mapped[row] = 0;
    indexPlaces(*table);
    const auto main = answered(table, "by-category", std::nullopt);
    const auto plan = main.further();
    REQUIRE(plan.has_value());
    REQUIRE(plan->companions.size() == 2);
    const Disclosure forPublic{.profile = Profile::publicRelease, .threshold = std::nullopt};
    const CompanionPlan safe = publishedCompanions(*plan, main.result, forPublic);
    CHECK(titlesOf(safe) == std::vector<std::string>{"Robbery"});
    REQUIRE(safe.leftOut.size() == 1);
    CHECK(safe.leftOut[0].reason == "\"Drugs\" has fewer than 5 mapped incidents");
}
