// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/periods.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

using namespace patchlight;

namespace {
Period period(std::string_view first, std::string_view last) {
    return {*parseIsoDay(first), *parseIsoDay(last, true)};
}
} // namespace

TEST_CASE("the period before and the year before keep whole months whole", "[incidents][dates]") {
    CHECK(previousPeriod(period("2025-07", "2025-09")) == period("2025-04", "2025-06"));
    CHECK(previousPeriod(period("2024-03", "2024-03")) == period("2024-02", "2024-02"));
    CHECK(previousPeriod(period("2025-01", "2025-12")) == period("2024-01", "2024-12"));
    CHECK(previousPeriod(period("2025-07-08", "2025-07-14")) == period("2025-07-01", "2025-07-07"));
    CHECK(yearBefore(period("2025-02", "2025-02")) == period("2024-02", "2024-02"));
    CHECK(yearBefore(period("2024-02-28", "2024-02-29")) == period("2023-02-28", "2023-02-28"));
    CHECK(daysOf(period("2024-02", "2024-02")) == 29);
    CHECK(daysOf({*parseIsoDay("2024-02-02"), *parseIsoDay("2024-02-01")}) == 0);
}

TEST_CASE("the period before ends where the period begins and is as long", "[incidents][dates][property]") {
    test::Random random{11};
    for (int i = 0; i < 500; ++i) {
        const LocalDay first = *parseIsoDay("2020-01-01") + std::chrono::days{static_cast<int>(random.below(2000))};
        const Period given{first, first + std::chrono::days{static_cast<int>(random.below(400))}};
        const Period before = previousPeriod(given);
        CHECK(before.last + std::chrono::days{1} == given.first);
        if (isWholeMonths(given))
            CHECK(isWholeMonths(before));
        else
            CHECK(daysOf(before) == daysOf(given));
    }
}
