// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/csv_reader.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <random>

using namespace patchlight;
using namespace patchlight::test;
using detail::CsvReader;

namespace {

using Records = std::vector<std::vector<std::string>>;

/// A byte-by-byte reader with the same rules, slow and plain.
Records slowly(const std::string& text, char separator, bool& openQuote) {
    Records records;
    std::vector<std::string> record{""};
    enum { atStart, unquoted, inQuotes, behindQuote } state = atStart;
    bool quoted = false;
    const auto endRecord = [&] {
        if (record.size() > 1 || !record[0].empty() || quoted) records.push_back(record);
        record = {""};
        state = atStart;
        quoted = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (state == inQuotes) {
            if (c == '"')
                state = behindQuote;
            else
                record.back() += c;
        } else if (state == behindQuote && c == '"') {
            record.back() += c;
            state = inQuotes;
        } else if (state == atStart && c == '"') {
            state = inQuotes;
            quoted = true;
        } else if (c == separator) {
            record.emplace_back();
            state = atStart;
        } else if (c == '\n' || c == '\r') {
            if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
            endRecord();
        } else {
            record.back() += c;
            state = unquoted;
        }
    }
    if (record.size() > 1 || !record[0].empty() || quoted) records.push_back(record);
    openQuote = state == inQuotes;
    return records;
}

Expected<Records> quickly(const std::string& text, std::size_t piece, std::size_t block, char* separator = nullptr) {
    ExtractSource source = sourceOf("test.csv", text, piece);
    CsvReader reader(source, block);
    const auto header = reader.header();
    if (!header) return fail(header.error());
    if (separator) *separator = reader.separator();
    Records records{*header};
    RecordBlock rows;
    while (true) {
        const auto more = reader.next(rows);
        if (!more) return fail(more.error());
        if (!*more) return records;
        CHECK(rows.firstRow == records.size());
        for (std::size_t row = 0; row < rows.rows; ++row)
            records.emplace_back(rows.fields.begin() + static_cast<std::ptrdiff_t>(row * header->size()),
                                 rows.fields.begin() + static_cast<std::ptrdiff_t>((row + 1) * header->size()));
    }
}

std::string messageOf(const std::string& text) {
    const auto result = quickly(text, 1000, 1000);
    return result ? "" : result.error().message;
}

} // namespace

TEST_CASE("random quoted files read as a slow reader reads them, however they are cut", "[import][oracle]") {
    std::mt19937 random{42};
    const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int file = 0; file < 400; ++file) {
        const char separator = ",;\t|"[below(4)];
        const std::string lineEnd = std::vector<std::string>{"\n", "\r\n", "\r"}[below(3)];
        const std::size_t columns = 2 + below(4);
        std::string text = below(4) == 0 ? "\xEF\xBB\xBF" : "";
        const std::size_t bom = text.size();
        for (std::size_t c = 0; c < columns; ++c)
            text += (c ? std::string(1, separator) : "") + "c" + std::to_string(c);
        text += lineEnd;
        const unsigned rows = below(12);
        for (unsigned r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < columns; ++c) {
                if (c) text += separator;
                static const std::vector<std::string> pieces{"a",  "street", " ",  ",",    ";", "\t", "|",
                                                             "\n", "\r\n",   "\r", "\"\"", "£", "Ŵ",  "x"};
                const unsigned length = below(6);
                if (below(2)) {
                    text += '"';
                    for (unsigned i = 0; i < length; ++i) text += pieces[below(static_cast<unsigned>(pieces.size()))];
                    text += '"';
                    if (below(8) == 0) text += "tail\"s";
                } else {
                    for (unsigned i = 0; i < length; ++i) text += "ab \"£"[below(4)];
                    if (!text.empty() && length > 0 && below(5) == 0) text += "\"inside";
                }
            }
            if (r + 1 < rows || below(2)) text += lineEnd;
            if (below(6) == 0) text += lineEnd;
        }
        bool openQuote = false;
        const Records expected = slowly(text.substr(bom), separator, openQuote);
        bool regular = !openQuote, mayBeRefused = false;
        Records padded = expected;
        for (auto& record : padded) {
            regular = regular && record.size() <= columns;
            mayBeRefused = mayBeRefused || record.size() < columns; // where the file looks cut short or torn
            record.resize(columns);
        }
        for (const std::size_t size :
             {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{64}, std::size_t{4096}}) {
            INFO(text << "\npieces of " << size);
            char sniffed = 0;
            const auto records = quickly(text, 1 + below(static_cast<unsigned>(size)), size, &sniffed);
            if (!regular) {
                REQUIRE_FALSE(records);
                continue;
            }
            INFO((records ? std::string{} : records.error().message));
            if (mayBeRefused && !records) continue;
            REQUIRE(records);
            CHECK(sniffed == separator);
            REQUIRE(*records == padded);
        }
    }
}

TEST_CASE("every way of breaking a CSV file is refused with its place", "[import][bad-input]") {
    CHECK(messageOf("") == "test.csv is empty; choose a CSV file with a line of column names and rows below.");
    CHECK(messageOf("\xEF\xBB\xBF") == messageOf(""));
    CHECK(messageOf("\n\r\n\n") == messageOf(""));
    CHECK(messageOf("a,b\n1,2\n1,2,3\n") ==
          "test.csv: row 2 has 3 fields where the header has 2; put the row right, or quote "
          "fields that hold a separator.");
    CHECK(messageOf("a,b\n1,2\n1") ==
          "test.csv: row 2 has 1 field where the header has 2 and no line break at its end: the "
          "file is cut short, get it again.");
    CHECK(messageOf("a,b,c,d\n1,2,3\n4,5\n6,7,8,9\n") ==
          "test.csv: row 2 has 2 fields where the header has 4, and row 1 has the rest: a line break stands in a field "
          "without quotes, put it right.");
    CHECK(messageOf("a,b\n1,2\n3,\"open\n4,5\n") ==
          "test.csv: the quote that opens in row 2, column \"b\", is never closed; the "
          "file is cut short or a quote is missing.");
    CHECK_THAT(messageOf("a,\"b\n1,2\n"), Catch::Contains("opens in the header line, column 2, is never closed"));
    CHECK(messageOf("a,Location\n1,2\n3,caf\xE9\n") ==
          "test.csv is not UTF-8: row 2, column \"Location\", holds the byte 0xE9; "
          "save it as CSV in UTF-8 and import again.");
    CHECK_THAT(messageOf("a,caf\xE9\n1,2\n"),
               Catch::Contains("is not UTF-8: the header line, column 2, holds the byte 0xE9"));
    CHECK_THAT(messageOf(std::string("a,b\n1,2\n3,x\0y\n", 14)),
               Catch::Contains("row 2, column \"b\", holds a NUL byte"));
    CHECK_THAT(messageOf(std::string("a,b\n1,2\n3,\"x\0y\"\n", 16)),
               Catch::Contains("row 2, column \"b\", holds a NUL byte"));
    CHECK_THAT(messageOf("PK\x03\x04rest"), Catch::Contains("is a ZIP or an Excel workbook, not CSV"));
}

TEST_CASE("a record without an end does not eat the memory", "[import][bad-input]") {
    const auto endless = [](const std::string& start, char filler) {
        auto given = std::make_shared<std::size_t>(0);
        ExtractSource source{.name = "endless.csv", .read = [=](std::span<char> into) -> Expected<std::size_t> {
                                 std::fill(into.begin(), into.end(), filler);
                                 if (*given == 0) start.copy(into.data(), start.size());
                                 *given += into.size();
                                 if (*given > (std::size_t{64} << 20))
                                     return fail(ErrorCode::fileNotReadable, "read too far");
                                 return into.size();
                             }};
        CsvReader reader(source);
        const auto header = reader.header();
        if (!header) return header.error().message;
        RecordBlock block;
        const auto more = reader.next(block);
        return more ? std::string{} : more.error().message;
    };
    CHECK_THAT(endless("a,b\n1,\"", 'x'),
               Catch::Contains("the quote that opens in row 1, column \"b\", is never closed"));
    CHECK_THAT(endless("a,b\n", 'x'), Catch::Contains("row 1 is longer than 8 MB"));
    CHECK_THAT(endless("", 'x'), Catch::Contains("the header line is longer than 8 MB"));
}

TEST_CASE("an error of the source comes through", "[import][bad-input]") {
    ExtractSource source{.name = "x.csv", .read = [](std::span<char>) -> Expected<std::size_t> {
                             return fail(ErrorCode::fileNotReadable, "The disk went away.");
                         }};
    CsvReader reader(source);
    CHECK(reader.header().error().message == "The disk went away.");
}

TEST_CASE("a row that ends early gets empty fields and is named", "[import]") {
    ExtractSource source = sourceOf("x.csv", "a,b,c\n1,2,3\n4,5\n6\n7,8,9\n");
    CsvReader reader(source, 7);
    REQUIRE(reader.header());
    RecordBlock block;
    std::vector<std::string> fields;
    while (reader.next(block).value()) fields.insert(fields.end(), block.fields.begin(), block.fields.end());
    CHECK(fields == std::vector<std::string>{"1", "2", "3", "4", "5", "", "6", "", "", "7", "8", "9"});
    const auto findings = reader.findings().findings("x");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].kind == "short-row");
    CHECK(findings[0].rows == std::vector<std::uint32_t>{2, 3});
}

TEST_CASE("a number of columns that changes half-way refuses the file with the row", "[import][bad-input]") {
    std::string text = "a,b,c,d\n";
    for (int i = 0; i < 20; ++i) text += "1,2,3,4\n";
    const std::string before = text;
    for (int i = 0; i < 20; ++i) text += "1,2,3\n";
    CHECK_THAT(messageOf(text),
               Catch::Contains("from row 21 on all rows have 3 fields where the header has 4; if other columns"));
    CHECK(messageOf(text + "1,2,3,4\n").empty()); // the columns are there again
    CHECK_THAT(messageOf(before + "1,2,3,4,5\n"), Catch::Contains("row 21 has 5 fields where the header has 4"));
}

TEST_CASE("the names of the columns can be told where a file begins with data", "[import]") {
    ExtractSource source = sourceOf("x.csv", "1;2\n3;4\n");
    CsvReader reader(source);
    CHECK(reader.header(std::vector<std::string>{"E", "N"}) == std::vector<std::string>{"E", "N"});
    CHECK(reader.separator() == ';');
    RecordBlock block;
    REQUIRE(reader.next(block).value());
    CHECK(block.rows == 2);
    CHECK(block.fields == std::vector<std::string_view>{"1", "2", "3", "4"});
}

TEST_CASE("a line of 50 MB is refused before it is in memory", "[import][bad-input]") {
    auto given = std::make_shared<std::size_t>(0);
    ExtractSource source{.name = "long.csv", .read = [=](std::span<char> into) -> Expected<std::size_t> {
                             const std::string start = "a,b\n";
                             if (*given >= (std::size_t{50} << 20)) return std::size_t{0};
                             std::fill(into.begin(), into.end(), 'x');
                             if (*given == 0) start.copy(into.data(), start.size());
                             *given += into.size();
                             return into.size();
                         }};
    CsvReader reader(source);
    REQUIRE(reader.header());
    RecordBlock block;
    const auto more = reader.next(block);
    REQUIRE_FALSE(more);
    CHECK(more.error().message == "long.csv: row 1 is longer than 8 MB, so this is not a CSV file; choose another.");
    CHECK(*given < (std::size_t{11} << 20));
}
