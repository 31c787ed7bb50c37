// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/zip_bomb.h"

#include <algorithm>
#include <fstream>
#include <vector>

namespace patchlight::test {

namespace {

/// Bits as deflate packs them: the first into the lowest.
class Bits {
public:
    void add(unsigned value, int count) { // lowest bit first
        for (int i = 0; i < count; ++i) bit((value >> i) & 1U);
    }
    void addCode(unsigned code, int count) { // a Huffman code: highest bit first
        for (int i = count - 1; i >= 0; --i) bit((code >> i) & 1U);
    }
    [[nodiscard]] int inByte() const { return m_used; }
    std::string bytes;

private:
    void bit(unsigned value) {
        if (m_used == 0) bytes += '\0';
        bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | value << m_used);
        m_used = (m_used + 1) % 8;
    }
    int m_used = 0;
};

/// RFC 1951, 3.2.7: lengths of the codes of 286 literals and lengths, and of one distance. 285 ("258 bytes more") has
/// one bit, the literal 0 and the end (256) have two; the distance 1 has one.
Bits blockStart() {
    Bits bits;
    bits.add(1, 1);  // the last block
    bits.add(2, 2);  // with codes of its own
    bits.add(29, 5); // 286
    bits.add(0, 5);  // 1
    bits.add(15, 4); // lengths of all 19 code-length codes follow, in the order of the RFC
    for (const unsigned length : {0U, 0U, 1U, 0U, 0U, 0U, 0U, 0U, 0U, 0U, 0U, 0U, 0U, 0U, 0U, 2U, 0U, 2U, 0U})
        bits.add(length, 3); // 18: one bit "0"; 1 and 2: two bits "10" and "11"
    const auto zeros = [&](unsigned count) {
        bits.addCode(0, 1);
        bits.add(count - 11, 7);
    };
    bits.addCode(3, 2); // literal 0: length 2
    zeros(138);
    zeros(117);
    bits.addCode(3, 2); // 256, the end: length 2
    zeros(28);
    bits.addCode(2, 2);                            // 285: length 1
    bits.addCode(2, 2);                            // distance 1: length 1
    bits.addCode(2, 2);                            // codes: 285 "0", literal 0 "10", end "11"
    while (bits.inByte() != 0) bits.addCode(2, 2); // more literals up to a whole byte (so far an even number of bits)
    return bits;
}

void put(std::string& to, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) to += static_cast<char>(value >> (8 * i) & 0xFF);
}

} // namespace

void writeZipBomb(const std::filesystem::path& file, const std::string& member, std::uint64_t inflated,
                  std::uint64_t claimed) {
    const std::string start = blockStart().bytes;
    const std::uint64_t zeros = inflated / 1032; // four times 258 bytes each
    Bits end;
    end.addCode(3, 2);
    const std::uint64_t packed = start.size() + zeros + end.bytes.size();

    std::string sizes; // ZIP64 extra field
    put(sizes, 1, 2);
    put(sizes, 16, 2);
    put(sizes, claimed, 8);
    put(sizes, packed, 8);
    std::string common;
    put(common, 45, 2); // version needed
    put(common, 0, 2);  // flags
    put(common, 8, 2);  // deflate
    put(common, 0, 4);  // time and date
    put(common, 0, 4);  // checksum: nobody gets that far
    put(common, 0xFFFFFFFF, 4);
    put(common, 0xFFFFFFFF, 4);
    put(common, member.size(), 2);
    put(common, sizes.size(), 2);
    const std::string local = "PK\x03\x04" + common + member + sizes;

    std::ofstream out(file, std::ios::binary);
    out << local << start;
    const std::vector<char> block(std::size_t{1} << 20);
    for (std::uint64_t left = zeros; left > 0;) {
        const auto count = std::min<std::uint64_t>(left, block.size());
        out.write(block.data(), static_cast<std::streamsize>(count));
        left -= count;
    }
    out << end.bytes;
    std::string central = "PK\x01\x02";
    put(central, 45, 2); // version made by
    central += common;
    put(central, 0, 2); // comment
    put(central, 0, 2); // disk
    put(central, 0, 2); // attributes
    put(central, 0, 4);
    put(central, 0, 4); // where the member begins
    central += member + sizes;
    std::string tail = "PK\x05\x06";
    put(tail, 0, 4); // disks
    put(tail, 1, 2);
    put(tail, 1, 2);
    put(tail, central.size(), 4);
    put(tail, local.size() + packed, 4);
    put(tail, 0, 2);
    out << central << tail;
}

} // namespace patchlight::test
