// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/geopackage.h"

#include "core/store/detail/bytes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace patchlight::store {

namespace {

constexpr std::uint8_t littleEndianFlag = 0x01;
constexpr std::uint8_t boxFlag = 0x02; ///< envelope kind 1: min x, max x, min y, max y

/// Reads numbers in either byte order; past the end it gives zeros and remembers.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes{bytes} {}
    void setLittleEndian(bool little) { m_little = little; }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] std::size_t left() const { return m_bytes.size(); }
    void skip(std::size_t count) {
        if (count > m_bytes.size()) {
            m_failed = true;
            count = m_bytes.size();
        }
        m_bytes = m_bytes.subspan(count);
    }
    template <class T> T read() {
        if (m_bytes.size() < sizeof(T)) {
            m_failed = true;
            m_bytes = {};
            return T{};
        }
        const T value = m_little ? readLittle<T>(m_bytes.data()) : readBig<T>(m_bytes.data());
        m_bytes = m_bytes.subspan(sizeof(T));
        return value;
    }

private:
    std::span<const std::byte> m_bytes;
    bool m_little = true;
    bool m_failed = false;
};

struct Header {
    bool empty = false;
    std::optional<Box> box;
    std::span<const std::byte> wkb;
};

std::optional<Header> headerOf(std::span<const std::byte> blob) {
    constexpr std::array<std::size_t, 5> envelopeBytes{0, 32, 48, 48, 64};
    if (blob.size() < 8 || blob[0] != std::byte{'G'} || blob[1] != std::byte{'P'}) return std::nullopt;
    const auto flags = std::to_integer<std::uint8_t>(blob[3]);
    const std::size_t envelope = (flags >> 1) & 7;
    if (envelope >= envelopeBytes.size() || blob.size() < 8 + envelopeBytes[envelope]) return std::nullopt;
    Header header;
    header.empty = (flags & 0x10) != 0;
    header.wkb = blob.subspan(8 + envelopeBytes[envelope]);
    if (envelope != 0) {
        Reader reader{blob.subspan(8)};
        reader.setLittleEndian((flags & littleEndianFlag) != 0);
        Box box;
        box.west = reader.read<double>();
        box.east = reader.read<double>();
        box.south = reader.read<double>();
        box.north = reader.read<double>();
        if (!std::isnan(box.west)) header.box = box;
    }
    return header;
}

/// The kind without its Z and M (1001 or 0x80000001 are a point with Z), and how many numbers a vertex has.
struct Kind {
    std::uint32_t kind = 0;
    std::size_t numbers = 2;
};

Kind kindOf(std::uint32_t code) {
    Kind result;
    result.kind = (code & 0x1fffffff) % 1000;
    const auto thousands = (code & 0x1fffffff) / 1000;
    const bool z = thousands == 1 || thousands == 3 || (code & 0x80000000U) != 0;
    const bool m = thousands == 2 || thousands == 3 || (code & 0x40000000U) != 0;
    result.numbers += (z ? 1 : 0) + (m ? 1 : 0);
    return result;
}

void readVertices(Reader& reader, std::uint32_t count, std::size_t numbers, Box& box) {
    for (std::uint32_t i = 0; i < count && !reader.failed(); ++i) {
        const auto x = reader.read<double>();
        const auto y = reader.read<double>();
        reader.skip((numbers - 2) * sizeof(double));
        if (reader.failed() || std::isnan(x) || std::isnan(y)) continue; // an empty point is NaN
        box = united(box, Box{x, y, x, y});
    }
}

/// False where the bytes are not one of the seven kinds. `depth` bounds collections within collections.
bool readGeometry(Reader& reader, Box& box, int depth = 0) {
    if (depth > 16) return false;
    reader.setLittleEndian(reader.read<std::uint8_t>() == 1);
    const auto [kind, numbers] = kindOf(reader.read<std::uint32_t>());
    if (kind == 1) {
        readVertices(reader, 1, numbers, box);
    } else if (kind == 2) {
        readVertices(reader, reader.read<std::uint32_t>(), numbers, box);
    } else if (kind == 3) {
        const auto rings = reader.read<std::uint32_t>();
        for (std::uint32_t i = 0; i < rings && !reader.failed(); ++i)
            readVertices(reader, reader.read<std::uint32_t>(), numbers, box);
    } else if (kind >= 4 && kind <= 7) {
        const auto parts = reader.read<std::uint32_t>();
        for (std::uint32_t i = 0; i < parts && !reader.failed(); ++i)
            if (!readGeometry(reader, box, depth + 1)) return false;
    } else {
        return false;
    }
    return !reader.failed();
}

std::optional<Box> boxOfArgument(sqlite3_value* value) {
    if (sqlite3_value_type(value) != SQLITE_BLOB) return std::nullopt;
    const auto* data = static_cast<const std::byte*>(sqlite3_value_blob(value));
    return boxOfBlob({data, static_cast<std::size_t>(sqlite3_value_bytes(value))});
}

template <double Box::*Edge> void edgeFunction(sqlite3_context* context, int, sqlite3_value** values) {
    const auto box = boxOfArgument(values[0]);
    if (box && !box->empty()) {
        sqlite3_result_double(context, (*box).*Edge);
    } else {
        sqlite3_result_null(context);
    }
}

void isEmptyFunction(sqlite3_context* context, int, sqlite3_value** values) {
    if (const auto box = boxOfArgument(values[0])) {
        sqlite3_result_int(context, box->empty() ? 1 : 0);
    } else {
        sqlite3_result_null(context);
    }
}

} // namespace

PointBlob pointBlob(ProjectedPoint point, int srsId) {
    PointBlob blob{};
    blob[0] = std::byte{'G'};
    blob[1] = std::byte{'P'};
    blob[3] = std::byte{littleEndianFlag};
    writeLittle(&blob[4], static_cast<std::int32_t>(srsId));
    blob[8] = std::byte{1};
    writeLittle(&blob[9], std::uint32_t{1});
    writeLittle(&blob[13], point.east);
    writeLittle(&blob[21], point.north);
    return blob;
}

std::optional<ProjectedPoint> pointOf(std::span<const std::byte> blob) {
    const auto header = headerOf(blob);
    if (!header || header->empty) return std::nullopt;
    Reader reader{header->wkb};
    reader.setLittleEndian(reader.read<std::uint8_t>() == 1);
    if (kindOf(reader.read<std::uint32_t>()).kind != 1) return std::nullopt;
    ProjectedPoint point;
    point.east = reader.read<double>();
    point.north = reader.read<double>();
    if (reader.failed() || !std::isfinite(point.east) || !std::isfinite(point.north)) return std::nullopt;
    return point;
}

std::vector<std::byte> polygonBlob(const MultiPolygon& polygon, int srsId) {
    constexpr std::size_t headerBytes = 8;
    constexpr std::size_t boxBytes = 32;
    const auto wkb = toWkb(polygon);
    const auto box = boxOf(polygon);
    std::vector<std::byte> blob(headerBytes + boxBytes + wkb.size());
    blob[0] = std::byte{'G'};
    blob[1] = std::byte{'P'};
    blob[3] = std::byte{static_cast<std::uint8_t>(littleEndianFlag | boxFlag | (box.empty() ? 0x10 : 0))};
    writeLittle(&blob[4], static_cast<std::int32_t>(srsId));
    const double missing = std::numeric_limits<double>::quiet_NaN();
    writeLittle(&blob[8], box.empty() ? missing : box.west);
    writeLittle(&blob[16], box.empty() ? missing : box.east);
    writeLittle(&blob[24], box.empty() ? missing : box.south);
    writeLittle(&blob[32], box.empty() ? missing : box.north);
    std::copy(wkb.begin(), wkb.end(), blob.begin() + headerBytes + boxBytes);
    return blob;
}

Expected<MultiPolygon> polygonOfBlob(std::span<const std::byte> blob) {
    const auto header = headerOf(blob);
    if (!header) return fail(ErrorCode::fileFormat, "An area's geometry is not a GeoPackage blob.", "geom");
    if (header->empty) return MultiPolygon{};
    return fromWkb(header->wkb);
}

std::optional<Box> boxOfBlob(std::span<const std::byte> blob) {
    const auto header = headerOf(blob);
    if (!header) return std::nullopt;
    if (header->box) return header->box;
    if (header->empty) return Box{};
    Reader reader{header->wkb};
    Box box;
    if (!readGeometry(reader, box)) return std::nullopt;
    return box;
}

void registerSpatialFunctions(Database& database) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const auto add = [&](const char* name, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        sqlite3_create_function_v2(database.handle(), name, 1, flags, nullptr, function, nullptr, nullptr, nullptr);
    };
    add("ST_MinX", &edgeFunction<&Box::west>);
    add("ST_MaxX", &edgeFunction<&Box::east>);
    add("ST_MinY", &edgeFunction<&Box::south>);
    add("ST_MaxY", &edgeFunction<&Box::north>);
    add("ST_IsEmpty", &isEmptyFunction);
}

} // namespace patchlight::store
