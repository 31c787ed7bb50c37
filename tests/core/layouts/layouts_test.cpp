// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layouts/layouts.h"

#include "tests/support/catch.h"

#include <set>

using namespace patchlight;

TEST_CASE("every shipped layout has a name of its own, a sentence and pages", "[layouts]") {
    std::set<std::string> ids, names;
    for (const LayoutTemplate& layout : layoutTemplates()) {
        INFO(layout.id);
        CHECK(ids.insert(layout.id).second);
        CHECK(names.insert(layout.name).second);
        CHECK(layout.about.ends_with('.'));
        CHECK_FALSE(layout.pages.empty());
        CHECK(findLayout(layout.id) == &layout);
    }
    CHECK(ids.size() >= 8);
    // Recipes of the first release name these two.
    REQUIRE(findLayout("map-and-table"));
    CHECK(findLayout("map-and-table")->pages.front().has(PageBlock::table));
    REQUIRE(findLayout("map"));
    CHECK(findLayout("map")->pages.front().beside.empty());
    CHECK(findLayout("no-such-layout") == nullptr);
}

TEST_CASE("a layout is read from its text", "[layouts]") {
    const auto layout = layoutFromText(R"({"id": "one", "name": "One", "about": "A page.", "pages": [
        {"page": "panels", "by": "quarter", "beside": ["months", "table", "months"]}, {"page": "method"}]})");
    REQUIRE(layout.has_value());
    REQUIRE(layout->pages.size() == 2);
    CHECK(layout->pages[0].kind == PageKind::panels);
    CHECK(layout->pages[0].by == PanelsBy::quarter);
    CHECK(layout->pages[0].beside == std::vector<PageBlock>{PageBlock::months, PageBlock::table});
    CHECK_FALSE(layout->pages[0].has(PageBlock::clock));
    CHECK(layout->pages[1].kind == PageKind::method);
}

TEST_CASE("a layout that is wrong is refused with what to do", "[layouts][errors]") {
    struct Wrong {
        const char *text, *says;
    };
    const auto wrong = GENERATE(
        Wrong{"", "not a JSON object"}, Wrong{"[]", "not a JSON object"}, Wrong{"{\"id\"", "not a JSON object"},
        Wrong{R"({"name": "One", "about": "A.", "pages": [{"page": "map"}]})", "no \"id\""},
        Wrong{R"({"id": "", "name": "One", "about": "A.", "pages": [{"page": "map"}]})", "no \"id\""},
        Wrong{R"({"id": "one", "name": 7, "about": "A.", "pages": [{"page": "map"}]})", "no \"name\""},
        Wrong{R"({"id": "one", "name": "One", "about": "A."})", "no \"pages\""},
        Wrong{R"({"id": "one", "name": "One", "about": "A.", "pages": []})", "no \"pages\""},
        Wrong{R"({"id": "one", "name": "One", "about": "A.", "pages": ["map"]})", "not an object"},
        Wrong{R"({"id": "one", "name": "One", "about": "A.", "pages": [{"page": "mop"}]})",
              "\"page\" cannot be \"mop\"; choose one of map, comparison"},
        Wrong{R"({"id": "one", "name": "One", "about": "A.", "pages": [{"page": "map", "beside": ["chart"]}]})",
              "\"beside\" cannot be \"chart\"; choose one of table"},
        Wrong{R"({"id": "one", "name": "One", "about": "A.", "pages": [{"page": "map", "beside": [1]}]})",
              "\"beside\" cannot be 1"},
        Wrong{R"({"id": "one", "name": "One", "about": "A.", "pages": [{"page": "panels", "by": "year"}]})",
              "\"by\" cannot be \"year\"; choose one of category and quarter"});
    INFO(wrong.text);
    const auto layout = layoutFromText(wrong.text);
    REQUIRE_FALSE(layout.has_value());
    CHECK(layout.error().code == ErrorCode::fileFormat);
    CHECK(layout.error().message.find(wrong.says) != std::string::npos);
}
