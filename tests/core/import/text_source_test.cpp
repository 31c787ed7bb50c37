// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/text_source.h"

#include "tests/core/import/sources.h"
#include "tests/support/catch.h"

#include <random>

using namespace patchlight;
using namespace patchlight::test;
using detail::TextEncoding;
using detail::TextSource;

namespace {

struct Read {
    std::string text, sum;
    TextEncoding encoding = TextEncoding::utf8;
    std::uint64_t bytes = 0;
    std::string error;
};

Read readAll(const std::string& raw, std::size_t piece, std::size_t buffer) {
    ExtractSource source = sourceOf("x.csv", raw, piece);
    TextSource text(source);
    Read result;
    std::string into(buffer, '\0');
    while (true) {
        const auto got = text.read(into);
        if (!got) {
            result.error = got.error().message;
            return result;
        }
        if (*got == 0) break;
        result.text.append(into, 0, *got);
    }
    result.sum = text.sum(), result.encoding = text.encoding(), result.bytes = text.bytesRead();
    return result;
}

std::string sumOf(const std::string& raw) {
    Sha256 sum;
    sum.add(raw);
    return sum.hex();
}

/// Characters with their bytes in UTF-8 and Windows-1252, as iconv gives them.
struct Pair {
    std::string utf8, windows;
};
const std::vector<Pair> pairs{
    {"a", "a"},         {",", ","},         {"\n", "\n"},       {"\u20AC", "\x80"}, {"\u201A", "\x82"},
    {"\u0192", "\x83"}, {"\u2026", "\x85"}, {"\u2020", "\x86"}, {"\u02C6", "\x88"}, {"\u2030", "\x89"},
    {"\u0160", "\x8A"}, {"\u0152", "\x8C"}, {"\u017D", "\x8E"}, {"\u2018", "\x91"}, {"\u2019", "\x92"},
    {"\u201C", "\x93"}, {"\u201D", "\x94"}, {"\u2022", "\x95"}, {"\u2013", "\x96"}, {"\u2014", "\x97"},
    {"\u02DC", "\x98"}, {"\u2122", "\x99"}, {"\u0161", "\x9A"}, {"\u203A", "\x9B"}, {"\u0153", "\x9C"},
    {"\u017E", "\x9E"}, {"\u0178", "\x9F"}, {"\u00A3", "\xA3"}, {"\u00E9", "\xE9"}, {"\u00FF", "\xFF"}};

std::string utf16Of(const std::vector<std::uint32_t>& points, bool little) {
    std::string text = little ? "\xFF\xFE" : "\xFE\xFF";
    const auto unit = [&](std::uint32_t u) {
        const char low = static_cast<char>(u & 0xFF), high = static_cast<char>(u >> 8);
        text += little ? std::string{low, high} : std::string{high, low};
    };
    for (const std::uint32_t c : points) {
        if (c < 0x10000) {
            unit(c);
            continue;
        }
        unit(0xD800 + ((c - 0x10000) >> 10));
        unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
    return text;
}

} // namespace

TEST_CASE("Windows-1252 becomes UTF-8 whatever pieces it comes in", "[import][oracle]") {
    std::mt19937 random{1};
    for (int i = 0; i < 200; ++i) {
        std::string utf8 = "a", windows = "a";
        for (auto n = random() % 60; n > 0; --n) {
            const Pair& pair = pairs[random() % pairs.size()];
            utf8 += pair.utf8 + "x", windows += pair.windows + "x"; // no two high bytes in a row, which might be UTF-8
        }
        const Read read = readAll(windows, 1 + random() % 7, 1 + random() % 9);
        INFO(read.error);
        CHECK(read.text == utf8);
        CHECK(read.sum == sumOf(windows));
        CHECK(read.bytes == windows.size());
        CHECK(read.encoding == (utf8 == windows ? TextEncoding::utf8 : TextEncoding::windows1252));
        CHECK(readAll(utf8, 1 + random() % 7, 1 + random() % 9).text == utf8); // and UTF-8 stays as it is
    }
}

TEST_CASE("UTF-16 of both byte orders becomes UTF-8 whatever pieces it comes in", "[import][property]") {
    std::mt19937 random{2};
    for (int i = 0; i < 200; ++i) {
        std::vector<std::uint32_t> points;
        std::string utf8;
        for (auto n = random() % 50; n > 0; --n) {
            const std::uint32_t kinds[] = {0x20 + static_cast<std::uint32_t>(random() % 0x5F),
                                           0xE9,
                                           0x20AC,
                                           0xD7FF,
                                           0xE000,
                                           0xFFFD,
                                           0x10000,
                                           0x1F600,
                                           0x10FFFF};
            points.push_back(kinds[random() % 9]);
            detail::appendUtf8(utf8, points.back());
        }
        for (const bool little : {true, false}) {
            const std::string raw = utf16Of(points, little);
            const Read read = readAll(raw, 1 + random() % 7, 1 + random() % 9);
            INFO(read.error);
            CHECK(read.text == utf8);
            CHECK(read.sum == sumOf(raw));
            CHECK(read.encoding == (little ? TextEncoding::utf16LittleEndian : TextEncoding::utf16BigEndian));
        }
    }
    std::string text;
    detail::appendUtf8(text, 0x1F600);
    CHECK(text == "\xF0\x9F\x98\x80");
}

TEST_CASE("what decides the encoding may lie far inside the file", "[import]") {
    const std::string plain(std::size_t{3} << 18, 'a');
    CHECK(readAll(plain + "\xE9", 100000, 50000).text == plain + "\u00E9");
    CHECK(readAll(plain + "\u00E9", 100000, 50000).encoding == TextEncoding::utf8);
    const std::string cut = std::string((std::size_t{1} << 18) - 1, 'a') + "\u00E9"; // across two pieces
    CHECK(readAll(cut, 100000, 50000).text == cut);
    CHECK(readAll(cut, 100000, 50000).encoding == TextEncoding::utf8);
}

TEST_CASE("text that is neither is left for the reader or refused", "[import][bad-input]") {
    CHECK(readAll("caf\u00E9 caf\xE9", 5, 5).text == "caf\u00E9 caf\xE9"); // both: the reader names the byte
    CHECK(readAll("\xEF\xBB\xBF"
                  "caf\xE9",
                  5, 5)
              .encoding == TextEncoding::utf8); // the mark says UTF-8
    CHECK(readAll("a\x81", 5, 5).encoding == TextEncoding::utf8);
    CHECK(readAll("\xE9" + std::string(std::size_t{1} << 18, 'a') + "\x81", 100000, 50000).error ==
          "x.csv is neither UTF-8 nor Windows-1252: it holds the byte 0x81; save it as CSV in UTF-8 and import again.");
    for (const std::string& raw : {std::string("\xFF\xFE"
                                               "a",
                                               3),
                                   std::string("\xFF\xFE\x00\xD8", 4), std::string("\xFF\xFE\x00\xDC\x61\x00", 6),
                                   std::string("\xFE\xFF\xD8\x00\x00\x61", 6)})
        CHECK_THAT(readAll(raw, 5, 5).error, Catch::Contains("holds half a character near byte"));
}
