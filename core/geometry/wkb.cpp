// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace patchlight {
namespace {

constexpr std::uint32_t polygonType = 3, multiPolygonType = 6;

class Writer {
public:
    void byte(std::uint8_t value) { m_bytes.push_back(std::byte{value}); }
    void u32(std::uint32_t value) {
        for (int shift = 0; shift < 32; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
    }
    void f64(double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(bits >> shift));
    }
    void header(std::uint32_t type, std::size_t members) {
        byte(1); // little-endian
        u32(type);
        u32(static_cast<std::uint32_t>(members));
    }
    void ring(const Ring& points) {
        u32(static_cast<std::uint32_t>(points.size()));
        for (const ProjectedPoint p : points) {
            f64(p.east);
            f64(p.north);
        }
    }
    [[nodiscard]] std::vector<std::byte> take() { return std::move(m_bytes); }

private:
    std::vector<std::byte> m_bytes;
};

/// Reads in either byte order; past the end every value is 0 and ok() is false.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes{bytes} {}
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    void fail() { m_ok = false; }

    std::uint8_t byte() {
        if (left() < 1) m_ok = false;
        return m_ok ? std::to_integer<std::uint8_t>(m_bytes[m_at++]) : std::uint8_t{0};
    }
    void byteOrder() {
        const std::uint8_t order = byte();
        if (order > 1) m_ok = false;
        m_little = order == 1;
    }
    std::uint32_t u32() { return static_cast<std::uint32_t>(integer(4)); }
    double f64() { return std::bit_cast<double>(integer(8)); }

private:
    std::uint64_t integer(int size) {
        std::uint64_t value = 0;
        for (int i = 0; i < size; ++i) value |= std::uint64_t{byte()} << (8 * (m_little ? i : size - 1 - i));
        return value;
    }

    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    bool m_ok = true;
    bool m_little = true;
};

struct Header {
    std::uint32_t type = 0;
    int dimensions = 2;
};

/// Byte order and type: ISO codes (1003, 2003, 3003) and the extended flags of PostGIS.
Header readHeader(Reader& in) {
    in.byteOrder();
    const std::uint32_t code = in.u32();
    if (code & 0x20000000u) (void)in.u32(); // the reference system's number, known otherwise
    const std::uint32_t plain = code & 0x0fffffffu;
    const std::uint32_t thousands = plain / 1000;
    if (thousands > 3) in.fail();
    Header header{plain % 1000, 2};
    if ((code & 0x80000000u) || thousands == 1 || thousands == 3) ++header.dimensions;
    if ((code & 0x40000000u) || thousands == 2 || thousands == 3) ++header.dimensions;
    return header;
}

Ring readRing(Reader& in, int dimensions) {
    const std::size_t size = in.u32();
    if (size > in.left() / (8 * static_cast<std::size_t>(dimensions))) in.fail(); // a lie would ask for all memory
    Ring ring;
    if (!in.ok()) return ring;
    ring.reserve(size);
    for (std::size_t i = 0; i < size; ++i) {
        ProjectedPoint p;
        p.east = in.f64();
        p.north = in.f64();
        for (int d = 2; d < dimensions; ++d) (void)in.f64();
        ring.push_back(p);
    }
    return ring;
}

Polygon readPolygonBody(Reader& in, int dimensions) {
    Polygon part;
    const std::size_t rings = in.u32();
    if (rings > in.left() / 4) in.fail();
    for (std::size_t i = 0; i < rings && in.ok(); ++i) {
        Ring ring = readRing(in, dimensions);
        if (i == 0)
            part.outer = std::move(ring);
        else
            part.holes.push_back(std::move(ring));
    }
    return part;
}

} // namespace

std::vector<std::byte> toWkb(const MultiPolygon& polygon) {
    Writer out;
    out.header(multiPolygonType, polygon.parts.size());
    for (const Polygon& part : polygon.parts) {
        out.header(polygonType, part.outer.empty() ? 0 : 1 + part.holes.size());
        if (part.outer.empty()) continue;
        out.ring(part.outer);
        for (const Ring& hole : part.holes) out.ring(hole);
    }
    return out.take();
}

Expected<MultiPolygon> fromWkb(std::span<const std::byte> wkb) {
    Reader in(wkb);
    const Header header = readHeader(in);
    MultiPolygon result;
    const auto keep = [&](Polygon part) {
        if (!part.outer.empty()) result.parts.push_back(detail::oriented(std::move(part)));
    };
    if (in.ok() && header.type == polygonType) {
        keep(readPolygonBody(in, header.dimensions));
    } else if (in.ok() && header.type == multiPolygonType) {
        const std::size_t parts = in.u32();
        if (parts > in.left() / 9) in.fail();
        for (std::size_t i = 0; i < parts && in.ok(); ++i) {
            const Header member = readHeader(in);
            if (member.type != polygonType) in.fail();
            if (in.ok()) keep(readPolygonBody(in, member.dimensions));
        }
    } else if (in.ok()) {
        return fail(ErrorCode::fileFormat,
                    fmt::format("The shape is of well-known-binary type {}; only polygons (3) and multipolygons (6) "
                                "can be areas.",
                                header.type));
    }
    if (!in.ok()) return fail(ErrorCode::fileFormat, "The polygon's well-known binary is cut short or damaged.");
    return result;
}

} // namespace patchlight
