// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <sstream>

using namespace patchlight;
using namespace patchlight::test;

namespace {

std::vector<std::string> linesOf(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// On one line: where a line of the page ends is no matter.
std::string flowing(std::string_view text) {
    std::istringstream in{std::string(text)};
    std::string line;
    for (std::string word; in >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

bool holds(std::string_view text, std::string_view wanted) {
    return text.find(wanted) != std::string_view::npos;
}

} // namespace

TEST_CASE("each analysis has a help page under its title", "[analysis][help]") {
    for (const Analysis& analysis : catalogue()) {
        INFO(analysis.id);
        const std::string_view page = helpPage(analysis.id);
        REQUIRE_FALSE(page.empty());
        CHECK(linesOf(page).front() == "# " + std::string(analysis.title));
        CHECK(page.back() == '\n');
        for (const char* section : {"## When to use it", "## Settings", "## How to read it", "## What can mislead",
                                    "## How it is computed", "## Sources"})
            CHECK(holds(page, section));
    }
}

TEST_CASE("a help page names each setting and each choice as the form does", "[analysis][help]") {
    for (const Analysis& analysis : catalogue()) {
        const std::string page = flowing(helpPage(analysis.id));
        for (const ParameterSpec& spec : analysis.parameters()) {
            INFO(analysis.id << ": " << spec.key);
            CHECK(holds(page, "**" + spec.label + "**"));
            for (const ParameterChoice& choice : spec.choices) {
                INFO(choice.label);
                CHECK(holds(page, choice.label));
            }
        }
    }
}

TEST_CASE("a help page is one page, in lines that an editor and a compiler take", "[analysis][help]") {
    for (const Analysis& analysis : catalogue()) {
        INFO(analysis.id);
        const std::string_view page = helpPage(analysis.id);
        CHECK(page.size() < 16000); // Microsoft's compiler takes 16,380 bytes in one literal
        CHECK_FALSE(holds(page, "\t"));
        for (const std::string& line : linesOf(page)) CHECK(line.size() <= 140);
    }
}

TEST_CASE("every help page is built in and belongs to an analysis", "[analysis][help]") {
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(PATCHLIGHT_SOURCE_DIR) + "/resources/help")) {
        const std::string id = entry.path().stem().string();
        INFO(id);
        ++files;
        CHECK(entry.path().extension() == ".md");
        CHECK(readFile(entry.path()) == helpPage(id));
        CHECK(findAnalysis(id));
    }
    CHECK(files >= catalogue().size());
    CHECK(helpPage("no such analysis").empty());
}
