// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/record_input.h"
#include "core/import/import.h"

namespace patchlight::detail {

/// The mapping that was told, or (null) a guess. Where the records come with a geometry and the mapping told names no
/// position, the geometry is the position, in its CRS; other columns with coordinates are then kept as they are.
/// `sample` and `toldEpsg` as guessMapping. errors: as guessMapping and mappingFromJson
[[nodiscard]] Expected<ColumnMapping> chooseMapping(const RecordInput& input, const nlohmann::json& told,
                                                    std::span<const std::string_view> sample = {}, int toldEpsg = 0);

/// The mapping confirmed for columns of the same key, or null.
[[nodiscard]] const KnownMapping* knownMapping(std::span<const KnownMapping> known,
                                               const std::vector<std::string>& header);

} // namespace patchlight::detail
