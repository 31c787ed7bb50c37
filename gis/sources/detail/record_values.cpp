// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/record_values.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace patchlight::gis::detail {

namespace {

constexpr double largestWhole = 9007199254740992.0; // 2^53: every whole number below is one

std::string dateText(OGRFeatureH feature, const RecordField& field) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0.0F;
    if (OGR_F_GetFieldAsDateTimeEx(feature, field.index, &year, &month, &day, &hour, &minute, &second, &zone) == 0)
        return {};
    const std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    if (field.type == OFTDate) return date;
    const long thousandths = std::lround(static_cast<double>(second) * 1000.0);
    std::string time = fmt::format("{:02}:{:02}:{:02}", hour, minute, thousandths / 1000);
    if (thousandths % 1000 != 0) time += fmt::format(".{:03}", thousandths % 1000);
    if (field.type == OFTTime) return time;
    std::string text = date + "T" + time;
    if (zone == 100) return text + "Z";
    if (zone > 1) { // quarters of an hour east, 100 being UTC; 0 unknown, 1 local
        const int minutes = (zone - 100) * 15;
        text += fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
    }
    return text;
}

/// ["a","b"] as JSON.
std::string listText(OGRFeatureH feature, const RecordField& field) {
    nlohmann::json list = nlohmann::json::array();
    int count = 0;
    if (field.type == OFTStringList) {
        for (const char* const* item = OGR_F_GetFieldAsStringList(feature, field.index); item && *item; ++item)
            list.push_back(*item);
    } else if (field.type == OFTRealList) {
        const double* values = OGR_F_GetFieldAsDoubleList(feature, field.index, &count);
        list = std::vector<double>(values, values + count);
    } else if (field.type == OFTIntegerList) {
        const int* values = OGR_F_GetFieldAsIntegerList(feature, field.index, &count);
        list = std::vector<int>(values, values + count);
    } else {
        const GIntBig* values = OGR_F_GetFieldAsInteger64List(feature, field.index, &count);
        list = std::vector<GIntBig>(values, values + count);
    }
    return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::vector<RecordField> recordFields(OGRLayerH layer) {
    static constexpr std::array<std::string_view, 6> drawn{"altitudeMode", "tessellate", "extrude",
                                                           "visibility",   "drawOrder",  "icon"};
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    std::vector<RecordField> fields;
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        fields.push_back({i, OGR_Fld_GetNameRef(field), OGR_Fld_GetType(field), OGR_Fld_GetSubType(field)});
    }
    const bool kml = std::all_of(drawn.begin(), drawn.end(), [&](std::string_view name) {
        return std::any_of(fields.begin(), fields.end(), [&](const RecordField& field) { return field.name == name; });
    });
    if (kml)
        std::erase_if(fields, [](const RecordField& field) {
            return std::find(drawn.begin(), drawn.end(), field.name) != drawn.end();
        });
    return fields;
}

void BlockWriter::addNumber(double value) {
    if (value == std::floor(value) && std::abs(value) < largestWhole)
        return add(fmt::format("{}", static_cast<long long>(value)));
    add(std::isfinite(value) ? shortestDecimal(value) : std::string{});
}

void BlockWriter::addValue(OGRFeatureH feature, const RecordField& field) {
    if (OGR_F_IsFieldSetAndNotNull(feature, field.index) == 0) return add({});
    switch (field.type) {
    case OFTInteger:
    case OFTInteger64: {
        const GIntBig value = OGR_F_GetFieldAsInteger64(feature, field.index);
        if (field.subtype == OFSTBoolean) return add(value != 0 ? "true" : "false");
        std::array<char, 24> text{};
        const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
        return add({text.data(), static_cast<std::size_t>(end - text.data())});
    }
    case OFTReal: {
        const double value = OGR_F_GetFieldAsDouble(feature, field.index);
        const bool whole = value == std::floor(value) && std::abs(value) < largestWhole;
        if (field.subtype != OFSTFloat32 || whole || !std::isfinite(value)) return addNumber(value);
        std::array<char, 32> text{}; // 0.1 of 4 bytes is not 0.10000000149011612
        const auto end = std::to_chars(text.data(), text.data() + text.size(), static_cast<float>(value)).ptr;
        return add({text.data(), static_cast<std::size_t>(end - text.data())});
    }
    case OFTDate:
    case OFTTime:
    case OFTDateTime:
        return add(dateText(feature, field));
    case OFTStringList:
    case OFTRealList:
    case OFTIntegerList:
    case OFTInteger64List:
        return add(listText(feature, field));
    default:
        return add(OGR_F_GetFieldAsString(feature, field.index));
    }
}

std::string_view BlockWriter::last() const {
    const std::size_t start = m_ends.size() < 2 ? 0 : m_ends[m_ends.size() - 2];
    return {m_block.bytes.data() + start, m_ends.back() - start};
}

RecordBlock BlockWriter::finish(std::size_t rows, std::uint32_t firstRow, std::uint64_t bytesRead) {
    m_block.fields.reserve(m_ends.size());
    std::size_t start = 0;
    for (const std::size_t end : m_ends) {
        m_block.fields.emplace_back(m_block.bytes.data() + start, end - start);
        start = end;
    }
    m_block.rows = rows;
    m_block.firstRow = firstRow;
    m_block.bytesRead = bytesRead;
    m_ends.clear();
    return std::exchange(m_block, RecordBlock{});
}

} // namespace patchlight::gis::detail
