// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/records.h"
#include "gis/detail/gdal.h"

/// Values of features as the texts that a CSV of them would hold. For gis/sources alone.
namespace patchlight::gis::detail {

struct RecordField {
    int index = 0; ///< in the layer
    std::string name;
    OGRFieldType type = OFTString;
    OGRFieldSubType subtype = OFSTNone;
};
/// The layer's fields, without those in which the KML driver says how a place is drawn.
[[nodiscard]] std::vector<RecordField> recordFields(OGRLayerH layer);

/// Fills a block field by field; the views are made at the end, since the bytes move while they grow.
class BlockWriter {
public:
    void add(std::string_view text) {
        m_block.bytes.insert(m_block.bytes.end(), text.begin(), text.end());
        m_ends.push_back(m_block.bytes.size());
    }
    void addNumber(double value); ///< the shortest decimal that reads back the same; whole numbers without exponent
    /// Dates in ISO text ("2025-07-14", "2025-07-14T21:30:00Z", the zone only where the value has one), booleans as
    /// true and false, lists as JSON, nothing where the value is missing.
    void addValue(OGRFeatureH feature, const RecordField& field);
    [[nodiscard]] std::size_t bytes() const { return m_block.bytes.size(); }
    [[nodiscard]] std::size_t fields() const { return m_ends.size(); }
    [[nodiscard]] std::string_view last() const;
    [[nodiscard]] RecordBlock finish(std::size_t rows, std::uint32_t firstRow, std::uint64_t bytesRead);

private:
    RecordBlock m_block;
    std::vector<std::size_t> m_ends;
};

} // namespace patchlight::gis::detail
