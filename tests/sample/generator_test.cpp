// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/portable.h"
#include "resources/sample/generator/records.h"
#include "resources/sample/generator/write.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cmath>
#include <filesystem>
#include <set>

using namespace patchlight::sample;

namespace {

const std::filesystem::path sampleFolder = std::filesystem::path(PATCHLIGHT_SOURCE_DIR) / "resources" / "sample";

} // namespace

TEST_CASE("the generator writes the committed files, byte for byte", "[sample]") {
    std::size_t together = 0;
    for (const SampleFile& file : buildSample()) {
        INFO(file.name);
        const bool same = patchlight::test::readFile(sampleFolder / file.name) == file.text; // no dump of megabytes
        CHECK(same);
        together += file.text.size();
    }
    CHECK(together < 3'000'000);
}

TEST_CASE("sine and exponential without a C library agree with it", "[sample][oracle]") {
    for (double x = -30.0; x < 30.0; x += 0.37) {
        CHECK(sine(x) == Approx(std::sin(x)).margin(1e-9));
        CHECK(cosine(x) == Approx(std::cos(x)).margin(1e-9));
        CHECK(exponential(x) == Approx(std::exp(x)).epsilon(1e-11));
    }
    CHECK(exponential(-1000.0) == 0.0);
}

TEST_CASE("a random stream is evenly spread and its own", "[sample][property]") {
    Random one{7, 1};
    Random again{7, 1};
    Random other{7, 2};
    double sum = 0.0;
    int equal = 0;
    constexpr int n = 100'000;
    for (int i = 0; i < n; ++i) {
        const double value = one.uniform();
        REQUIRE(value == again.uniform());
        REQUIRE((value >= 0.0 && value < 1.0));
        equal += value == other.uniform() ? 1 : 0;
        sum += value;
    }
    CHECK(sum / n == Approx(0.5).margin(5 / std::sqrt(12.0 * n))); // five standard errors
    CHECK(equal == 0);
}

TEST_CASE("a weighted choice follows its weights and never takes a zero", "[sample][property]") {
    const WeightedChoice choice{{0.0, 1.0, 0.0, 3.0, 0.0}};
    Random random{1, 1};
    std::vector<int> drawn(5, 0);
    for (int i = 0; i < 40'000; ++i) ++drawn[choice.draw(random)];
    CHECK(drawn[0] + drawn[2] + drawn[4] == 0);
    CHECK(drawn[3] == Approx(30'000).margin(450)); // five standard deviations
}

TEST_CASE("streets have names of their own and lie on land", "[sample][property]") {
    const Town town = buildTown(20250701);
    std::set<std::string> names;
    for (const Street& street : town.streets) {
        INFO(street.name);
        CHECK(names.insert(street.name).second);
        CHECK(street.line.size() >= 2);
        CHECK(lengthOf(street.line) > 40);
        for (const Point point : street.line)
            if (street.inTown) CHECK(contains(town.land[0], point));
    }
    CHECK(town.streets.size() > 400);
    CHECK(town.wards.size() == 10);
}

TEST_CASE("every address lies in one ward alone, and wards share their borders", "[sample][property]") {
    const Town town = buildTown(20250701);
    std::size_t several = 0;
    for (const Address& address : town.addresses) {
        int wards = 0;
        for (const Ward& ward : town.wards) wards += contains(ward.ring, address.point) ? 1 : 0;
        several += wards == 1 ? 0 : 1;
    }
    CHECK(several == 0);
    const auto& west = town.wards[0].ring; // Westcliff and Millbrook meet along Mill Lane
    std::size_t shared = 0;
    for (const Point point : town.wards[5].ring)
        for (const Point other : west) shared += point.east == other.east && point.north == other.north ? 1 : 0;
    CHECK(shared >= 5);
}

TEST_CASE("records come in the order of their times and repeat for a seed", "[sample][property]") {
    const Town town = buildTown(3);
    const auto hotspots = plannedHotspots();
    const auto records = drawRecords(town, hotspots, 3);
    const auto again = drawRecords(town, hotspots, 3);
    REQUIRE(records.size() == again.size());
    CHECK(records.size() > 12'000);
    CHECK(records.size() < 18'000);
    for (std::size_t i = 0; i < records.size(); ++i) {
        const bool same = records[i].from == again[i].from && records[i].point.east == again[i].point.east;
        REQUIRE(same);
        const bool ordered = i == 0 || records[i - 1].from <= records[i].from;
        REQUIRE(ordered);
        const bool inTime =
            records[i].from >= Minute{firstDay} && (!records[i].to || *records[i].to >= records[i].from);
        REQUIRE(inTime);
    }
}
