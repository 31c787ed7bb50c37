// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sort.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <functional>

using namespace patchlight;
using patchlight::test::Random;

TEST_CASE("sorting in blocks gives what sorting at once gives", "[base][oracle]") {
    const std::size_t count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{65536}, std::size_t{65537},
                                       std::size_t{200'003}, std::size_t{400'000});
    Random random{count};
    std::vector<std::uint64_t> values(count);
    for (std::uint64_t& value : values) value = random.bits() % 100'000;
    auto expected = values;
    std::sort(expected.begin(), expected.end());
    const ThreadLimit limit{GENERATE(std::size_t{1}, std::size_t{3})};
    CHECK(sortHearing(values, std::less<>{}, {}));
    CHECK(values == expected);
}

TEST_CASE("sorting stops when it is told to", "[base]") {
    std::vector<int> values(300'000);
    std::stop_source source;
    source.request_stop();
    CHECK_FALSE(sortHearing(values, std::less<>{}, {source.get_token(), {}}));
}
