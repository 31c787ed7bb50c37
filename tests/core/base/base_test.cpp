// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/sha256.h"
#include "core/base/sha256_blocks.h"
#include "core/base/text.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <numeric>

using namespace patchlight;

TEST_CASE("SHA-256 gives the published sums of FIPS 180-4's examples", "[base][oracle]") {
    const auto sumOf = [](const std::string& text, std::size_t piece) {
        Sha256 sum;
        for (std::size_t at = 0; at < text.size(); at += piece) sum.add(std::string_view(text).substr(at, piece));
        return sum.hex();
    };
    const auto piece = GENERATE(std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{1000});
    CHECK(Sha256{}.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sumOf("abc", piece) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sumOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", piece) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sumOf(std::string(1000000, 'a'), 1000 * piece) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("blocks cover every item once on any number of threads", "[base][property]") {
    const ThreadLimit limit{GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{7})};
    const std::size_t count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{999}, std::size_t{1000});
    std::vector<int> visits(count, 0);
    forEachBlock(count, 100, [&](std::size_t begin, std::size_t end) {
        CHECK(begin % 100 == 0);
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
    });
    CHECK(std::accumulate(visits.begin(), visits.end(), std::size_t{0}) == count);
    CHECK(std::all_of(visits.begin(), visits.end(), [](int n) { return n == 1; }));
}

TEST_CASE("numbers read and write the same in any locale", "[base]") {
    CHECK(shortestDecimal(0.1) == "0.1");
    CHECK(parseDecimal(" 1.5 ") == 1.5);
    CHECK_FALSE(parseDecimal("1,5").has_value());
    CHECK_FALSE(parseDecimal("").has_value());
    CHECK_FALSE(parseDecimal("1.5m").has_value());
    CHECK(parseInteger("-42") == -42);
    CHECK(groupedCount(0) == "0");
    CHECK(groupedCount(999) == "999");
    CHECK(groupedCount(4812) == "4,812");
    CHECK(groupedCount(1234567) == "1,234,567");
    CHECK(percent(0.9736) == "97.4 %");
    CHECK(readableNumber(41.2) == "41");
    CHECK(readableNumber(1234.0) == "1,230");
    CHECK(readableNumber(0.4142) == "0.414");
    CHECK(readableNumber(9.5) == "9.5");
    CHECK(readableNumber(123.4) == "123");
    CHECK(listed({"a", "b", "c"}) == "a, b and c");
    CHECK(counted(1, "incident", "incidents") == "1 incident");
}

TEST_CASE("broken UTF-8 is found at its first byte", "[base]") {
    CHECK_FALSE(firstInvalidUtf8("Pwll Ŵ – £").has_value());
    CHECK(firstInvalidUtf8("caf\xE9 x") == 3u);
    CHECK(firstInvalidUtf8("a\xC0\x80") == 1u);    // overlong
    CHECK(firstInvalidUtf8("\xED\xA0\x80") == 0u); // surrogate
    CHECK(firstInvalidUtf8("ab\xE2\x82") == 2u);   // cut short
}

TEST_CASE("the sum by the processor's instructions is the plain one", "[base][property]") {
    test::Random random{7};
    std::vector<std::uint8_t> bytes(64 * 40);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.bits());
    for (const std::size_t blocks : {0u, 1u, 2u, 3u, 40u}) {
        detail::Sha256State state{1, 2, 3, 4, 5, 6, 7, 0xfffffff8}, plain = state;
        detail::addSha256Blocks(state, bytes.data(), blocks);
        detail::addSha256BlocksPlainly(plain, bytes.data(), blocks);
        CHECK(state == plain);
    }
}
