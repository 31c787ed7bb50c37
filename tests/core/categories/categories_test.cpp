// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/categories/categories.h"
#include "core/incidents/incidents.h"
#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace patchlight;

namespace {

std::vector<std::string> groupsOfWording(std::string_view wording) {
    const CategoryMeaning* meaning = shippedCategories().find(wording);
    REQUIRE(meaning);
    return meaning->groups;
}

std::vector<std::vector<std::string>> rowsOfFile(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(file, line);) {
        std::vector<std::string> cells;
        std::stringstream in(line);
        for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
        rows.push_back(std::move(cells));
    }
    return rows;
}

} // namespace

TEST_CASE("every file of the shipped categories is read whole and built in", "[categories]") {
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(PATCHLIGHT_SOURCE_DIR) + "/resources/categories")) {
        if (entry.path().extension() != ".csv") continue;
        ++files;
        INFO(entry.path());
        auto rows = rowsOfFile(entry.path());
        const auto header = rows.front();
        rows.erase(rows.begin());
        const auto table = categoryTableFrom(header, rows);
        REQUIRE(table);
        CHECK(table->entries.size() == rows.size());
        for (const auto& row : rows) {
            CHECK(row.size() == 3);
            CHECK(shippedCategories().find(row.front()));
        }
    }
    CHECK(files == 4);
}

TEST_CASE("the fourteen types of data.police.uk and the plan's priorities are known", "[categories]") {
    for (const char* type : {"Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs",
                             "Other crime", "Other theft", "Possession of weapons", "Public order", "Robbery",
                             "Shoplifting", "Theft from the person", "Vehicle crime", "Violence and sexual offences"})
        CHECK(shippedCategories().find(type));
    const auto groups = shippedCategories().groups();
    for (const char* priority : {"Serious violence", "Sexual violence", "Domestic abuse", "Weapons", "Exploitation",
                                 "ASB", "Substance misuse", "Acquisitive crime"})
        CHECK(std::find(groups.begin(), groups.end(), priority) != groups.end());
    CHECK(groupsOfWording("Rowdy behaviour") == std::vector<std::string>{"ASB", "ASB nuisance"});
    CHECK(groupsOfWording("Violence and sexual offences").empty()); // cannot be taken apart
    CHECK(shippedCategories().find("Domestic abuse")->sensitive);
}

TEST_CASE("wordings are one but for case, blanks and punctuation", "[categories]") {
    CHECK(wordingKey("Anti-social  Behaviour ") == wordingKey("ANTISOCIAL BEHAVIOUR"));
    CHECK(wordingKey("Noise") != wordingKey("Noises"));
    CHECK(wordingKey("Ärger") == "Ärger");
    CHECK(shippedCategories().find("fly tipping"));
    CHECK_FALSE(shippedCategories().find("Zebra crossing"));
    CHECK_FALSE(shippedCategories().find(""));
}

TEST_CASE("a table of categories says what is wrong with it", "[categories]") {
    const auto message = [](const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows) {
        const auto table = categoryTableFrom(header, rows);
        return table ? std::string() : table.error().message;
    };
    CHECK(message({"a", "b"}, {}) == "There is no column \"wording\" (or \"category\", \"offence\") among a and b.");
    CHECK(message({"Offence", "b"}, {}).find("\"groups\", \"sensitive\" or \"harm\" is needed") != std::string::npos);
    CHECK(message({"wording", "harm"}, {{"A", "1"}, {"B", "-2"}}) ==
          "Row 2, \"harm\": \"-2\" is not a number of 0 or more.");
    CHECK(message({"wording", "harm"}, {{"A", "inf"}}) == "Row 1, \"harm\": \"inf\" is not a number of 0 or more.");
    CHECK(message({"wording", "sensitive"}, {{"A", "maybe"}}) ==
          "Row 1, \"sensitive\": \"maybe\" is neither yes nor no.");
    CHECK(message({"wording", "groups"}, {{" ", "x"}}) ==
          "Row 1, \"wording\": it is empty, so the row says nothing of any category.");
    CHECK(message({"wording", "groups"}, {{"A", "x"}, {"a", "y"}}) ==
          "Row 2, \"wording\": \"a\" has another meaning here than further up.");
    CHECK(message({"wording", "groups"}, {{"A", "x"}, {"", ""}, {"a ", "x"}}).empty());
    const auto table = categoryTableFrom({"Crime type", "Priority"}, {{"Noise", " ASB ; ASB nuisance;ASB"}});
    REQUIRE(table);
    CHECK(table->entries.front().meaning.groups == std::vector<std::string>{"ASB", "ASB nuisance"});
}

TEST_CASE("a table of harm weights leaves groups as they are and adds only what it changes", "[categories]") {
    const auto table =
        categoryTableFrom({"offence", "days"}, {{"Robbery", "365"}, {"Littering", ""}, {"New one", "2"}});
    REQUIRE(table);
    const auto own = withTable({}, *table);
    REQUIRE(own.size() == 2); // nothing changes for littering
    const CategoryList list = categoriesWith(own);
    CHECK(list.find("robbery")->harm == 365.0);
    CHECK(list.find("robbery")->groups == shippedCategories().find("robbery")->groups);
    CHECK(list.find("new one")->groups.empty());
    CHECK(withTable(own, *table) == own);
}

TEST_CASE("a filter by group takes wordings of category and subcategory, and says which", "[categories][incidents]") {
    IncidentTable table = *test::tableOf(std::vector<test::TestIncident>(5));
    TextColumnBuilder category, subcategory;
    for (const char* text : {"Anti-social behaviour", "Rowdy behaviour", "Burglary", "Council", "Zebra"})
        category.add(text);
    for (const char* text : {"", "", "", "Noise", ""}) subcategory.add(text);
    table.category = category.finish();
    table.subcategory = subcategory.finish();
    table.categories = shippedCategories();
    REQUIRE(isConsistent(table));

    const auto byGroup = select(table, {.groups = {"asb"}});
    REQUIRE(byGroup);
    CHECK(byGroup->rows == std::vector<std::uint32_t>{0, 1, 3});
    REQUIRE(byGroup->notes.size() == 2);
    CHECK(byGroup->notes[0] == "\"asb\" stands for Anti-social behaviour, Noise and Rowdy behaviour.");
    CHECK(byGroup->notes[1] ==
          "2 categories, most of all \"Council\" (1 incident), are in no list and so in no group.");

    CHECK(select(table, {.categories = {"ASB"}})->rows == byGroup->rows);                      // no wording: a group
    CHECK(select(table, {.categories = {"burglary"}})->rows == std::vector<std::uint32_t>{2}); // wording first
    CHECK(select(table, {.categories = {"Burglary"}, .groups = {"ASB"}})->rows.size() == 4);
    CHECK(select(table, {.groups = {"Weapons"}})->rows.empty());
    const auto wrong = select(table, {.groups = {"Weaponry"}});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().message.find("no group of categories \"Weaponry\". Near it are \"Weapons\"") !=
          std::string::npos);

    const auto groups = groupsOf(table);
    const auto asb = std::find_if(groups.begin(), groups.end(), [](const auto& group) { return group.name == "ASB"; });
    REQUIRE(asb != groups.end());
    CHECK(asb->count == 3);
    CHECK(unknownCategories(table).size() == 2);
    CHECK_FALSE(anySensitive(table, byGroup->rows));
    table.categories.set({"Burglary", {{}, true, {}}});
    CHECK(anySensitive(table, std::vector<std::uint32_t>{1, 2}));
}
