// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/category_popup.h"
#include "app/desktop/filter/comparison_popup.h"
#include "app/desktop/filter/period_popup.h"
#include "tests/app/desktop/window_driver.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

namespace {

Period period(const QDate& first, const QDate& last) {
    return {dayFrom(first), dayFrom(last)};
}

} // namespace

TEST_CASE("the period before a quarter is the quarter before", "[filter]") {
    const auto quarter = period({2025, 7, 1}, {2025, 9, 30});
    CHECK(previousPeriod(quarter) == period({2025, 4, 1}, {2025, 6, 30}));
    CHECK(yearBefore(quarter) == period({2024, 7, 1}, {2024, 9, 30}));
}

TEST_CASE("a February compared with the year before keeps whole months", "[filter][edge]") {
    CHECK(yearBefore(period({2025, 2, 1}, {2025, 2, 28})) == period({2024, 2, 1}, {2024, 2, 29}));
    CHECK(previousPeriod(period({2024, 3, 1}, {2024, 3, 31})) == period({2024, 2, 1}, {2024, 2, 29}));
}

TEST_CASE("days that are not whole months are moved by their own length", "[filter]") {
    CHECK(previousPeriod(period({2025, 7, 8}, {2025, 7, 14})) == period({2025, 7, 1}, {2025, 7, 7}));
}

TEST_CASE("the last months are counted from the end of the data", "[filter]") {
    const auto data = period({2018, 10, 1}, {2025, 9, 17});
    CHECK(lastMonths(data, 1) == period({2025, 9, 1}, {2025, 9, 30}));
    CHECK(lastMonths(data, 12) == period({2024, 10, 1}, {2025, 9, 30}));
}

TEST_CASE("days of Qt and of the core are the same days", "[filter][property]") {
    for (const QDate& date : {QDate(1970, 1, 1), QDate(2000, 2, 29), QDate(2025, 12, 31)})
        CHECK(desktop::toQt(dayFrom(date)) == date);
}

TEST_CASE("the sentence says what is chosen and how many of how many are left", "[filter][window]") {
    WindowOnProject on;
    auto& window = on.window();
    CHECK(named<SentenceButton>("filter-incidents", &window).value() == "All incidents");
    CHECK(named<QLabel>("filter-count", &window).text() == "113 of 113 incidents");

    SECTION("categories are chosen in their popup") {
        named<SentenceButton>("filter-incidents", &window).click();
        auto* popup = waitForTopLevel("category-popup");
        auto& list = named<QListWidget>("categories", popup);
        REQUIRE(list.count() == 2); // most frequent first
        CHECK(list.item(0)->text().startsWith("Burglary"));
        CHECK(list.item(0)->text().endsWith("80"));
        list.item(0)->setCheckState(Qt::Unchecked);
        popup->close();
        on.settle();
        CHECK(window.document().workspace().filter.categories == std::vector<std::string>{"Drugs"});
        CHECK(named<SentenceButton>("filter-incidents", &window).value() == "Drugs");
        CHECK(named<QLabel>("filter-count", &window).text() == "33 of 113 incidents");
        CHECK(window.runner().answer()->shown->mapped == 30);

        SECTION("and undo brings them all back") {
            named<QAction>("action-undo", &window).trigger();
            on.settle();
            CHECK(named<SentenceButton>("filter-incidents", &window).value() == "All incidents");
            CHECK(named<QLabel>("filter-count", &window).text() == "113 of 113 incidents");
            CHECK(window.runner().answer()->shown->mapped == 110);
        }
    }
    SECTION("searching hides the others, and None with one tick means that one") {
        named<SentenceButton>("filter-incidents", &window).click();
        auto* popup = waitForTopLevel("category-popup");
        auto& list = named<QListWidget>("categories", popup);
        named<QLineEdit>("category-search", popup).setText("drug");
        CHECK(list.item(0)->isHidden());
        CHECK_FALSE(list.item(1)->isHidden());
        named<QLineEdit>("category-search", popup).clear();
        named<QPushButton>("categories-none", popup).click();
        CHECK(window.document().workspace().filter.categories.empty()); // nothing ticked is no question yet
        list.item(0)->setCheckState(Qt::Checked);
        popup->close();
        on.settle();
        CHECK(window.document().workspace().filter.categories == std::vector<std::string>{"Burglary"});
    }
    SECTION("a period by its shortcut, then a comparison") {
        named<SentenceButton>("filter-period", &window).click();
        named<QPushButton>("period-1", waitForTopLevel("period-popup")).click();
        on.settle();
        CHECK(window.document().workspace().filter.period == period({2025, 9, 1}, {2025, 9, 30}));
        CHECK(named<SentenceButton>("filter-period", &window).value().contains("September 2025"));
        named<SentenceButton>("filter-comparison", &window).click();
        named<QRadioButton>("compare-previous", waitForTopLevel("comparison-popup")).click();
        on.settle();
        CHECK(window.document().workspace().comparison == period({2025, 8, 1}, {2025, 8, 31}));
        CHECK(named<SentenceButton>("filter-comparison", &window).value() == "Previous period");
        REQUIRE(window.runner().answer());
        REQUIRE_FALSE(window.runner().answer()->shown->areas.empty());
        CHECK(window.runner().answer()->shown->areas.front().comparisonIncidents.has_value());
        const auto* model = named<QTableView>("hotspots", &window).model();
        CHECK(model->index(0, HotspotModel::changeColumn).data().toString() != "no data");

        // A year before there are no rows at all: that is no fall and nothing is new.
        named<SentenceButton>("filter-comparison", &window).click();
        named<QRadioButton>("compare-year", waitForTopLevel("comparison-popup")).click();
        on.settle();
        CHECK(model->index(0, HotspotModel::changeColumn).data().toString() == "no data");
    }
}
