// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_input.h"

#include "core/import/detail/header_place.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"

using namespace patchlight;
using namespace patchlight::test;
using detail::findHeader;

namespace {

struct Seen {
    std::vector<std::string> header;
    std::size_t rows = 0;
    std::map<std::string, Finding> findings;
};

Seen seen(const std::string& text, std::size_t block = 16) {
    ExtractSource source = sourceOf("x.csv", text);
    auto input = detail::openRecords(source, {}, block);
    REQUIRE(input);
    Seen result{.header = input->header()};
    RecordBlock rows;
    while (input->next(rows).value()) result.rows += rows.rows;
    for (const Finding& finding : input->findings().findings("x")) result.findings[finding.kind] = finding;
    return result;
}

} // namespace

TEST_CASE("lines above the header are passed over and named", "[import]") {
    const std::string table = "Ref,Type,Date,Where\nA1,Noise,01/02/2025,Pier\nA2,Litter,02/02/2025,Park\n";
    for (const std::string& titles :
         {std::string("ASB extract\n"), std::string("ASB extract,,,\n"), std::string("\"ASB extract\"\n\n")}) {
        const Seen s = seen(titles + table);
        CHECK(s.header == std::vector<std::string>{"Ref", "Type", "Date", "Where"});
        CHECK(s.rows == 2);
        CHECK_THAT(s.findings.at("title-lines").message, Catch::Contains("1 line above the header was passed over"));
    }
    const Seen two = seen("Dorset Council\r\nPrinted 1 March 2025\r\n" + table);
    CHECK(two.rows == 2);
    CHECK(two.findings.at("title-lines").message ==
          "2 lines above the header were passed over: \"Dorset Council\", \"Printed 1 March 2025\".");
    CHECK(seen(table).findings.empty());
    CHECK(seen("Ref|Type|Date\nA1|x|2025-01-01\n").header.size() == 3);
    // Whose first line has a comma and whose table has semicolons.
    CHECK(seen("Printed, 1 March\nRef;Type;Date;Where\nA1;x;01/02/2025;y\n").header.size() == 4);
}

TEST_CASE("a header is not taken for a title, nor a row of data for a header", "[import]") {
    CHECK(findHeader("a,b\n1,2\n", true).offset == 0);
    CHECK(findHeader("a\n1\n2\n", true).offset == 0);
    CHECK(findHeader("a,b,c\n1,2,3\n", true).offset == 0);
    CHECK(findHeader("only\n1,2,3\n4,5,6\n", true).offset == 0); // below it are numbers: no header
    CHECK(findHeader("", true).offset == 0);
    CHECK(findHeader("title\n\"a\nb\",c,d\nx,y,z\n", true).offset == 6);
}

TEST_CASE("a total below the rows is read and is no record", "[import]") {
    for (const char* total : {"Total records,2,,", "TOTAL,,,2", "Grand total,2", "Total,2,,\n\n"}) {
        for (const std::size_t block : {std::size_t{1}, std::size_t{16}, std::size_t{1000}}) {
            const Seen s = seen(std::string("Ref,Type,Date,Where\nA1,a,b,c\nA2,a,b,c\n") + total, block);
            INFO(total);
            CHECK(s.rows == 2);
            CHECK(s.findings.at("total-row").rows == std::vector<std::uint32_t>{3});
        }
    }
    const Seen s = seen("Ref,Type,Date,Where\nA1,a,b,c\nTotal,1,,\nA2,a,b,c\n"); // not the last row
    CHECK(s.rows == 3);
    CHECK(s.findings.empty());
    CHECK(seen("Ref,Type,Date,Where\nTotal Fitness,gym,01/02/2025,Pier\n").rows == 1);
    CHECK(seen("Ref,Type,Date,Where\nTotal,0,,\n").rows == 0);
    CHECK(seen("Ref,Type,Date,Where\nA1,a,b,c\nTotal,1,,\n").findings.at("total-row").values ==
          std::vector<std::string>{"Total 1"});
}

TEST_CASE("a file is the same in every encoding, and says which it was", "[import]") {
    const std::string utf8 = "Ref,Where,Lon,Lat\nA1,Caf\u00E9,-1.8,50.7\n";
    const std::string windows = "Ref,Where,Lon,Lat\nA1,Caf\xE9,-1.8,50.7\n";
    std::string little, big;
    for (const char c : windows) little += std::string{c, '\0'}, big += std::string{'\0', c};
    const auto fieldsOf = [](const std::string& raw) {
        ExtractSource source = sourceOf("x.csv", raw, 3);
        auto input = detail::openRecords(source, {}, 10);
        REQUIRE(input);
        RecordBlock block;
        std::vector<std::string> fields;
        while (input->next(block).value()) fields.insert(fields.end(), block.fields.begin(), block.fields.end());
        Sha256 sum;
        sum.add(raw);
        CHECK(input->sum() == sum.hex());
        CHECK(input->bytesRead() == raw.size());
        for (const Finding& finding : input->findings().findings("x")) fields.push_back(finding.message);
        return fields;
    };
    const std::vector<std::string> plain{"A1", "Caf\u00E9", "-1.8", "50.7"};
    const auto with = [&](const char* name) {
        auto fields = plain;
        fields.push_back(std::string("The file is in ") + name + " and was converted to UTF-8.");
        return fields;
    };
    CHECK(fieldsOf(utf8) == plain);
    CHECK(fieldsOf("\xEF\xBB\xBF" + utf8) == plain);
    CHECK(fieldsOf(windows) == with("Windows-1252"));
    CHECK(fieldsOf("\xFF\xFE" + little) == with("UTF-16 (little-endian)"));
    CHECK(fieldsOf("\xFE\xFF" + big) == with("UTF-16 (big-endian)"));
}
