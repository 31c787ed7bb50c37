// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/mapping.h"

#include <initializer_list>

namespace patchlight::detail {

struct RoleName {
    ColumnRole role;
    std::string_view key;
};
/// Every role with its key, in the order of ColumnRole.
[[nodiscard]] std::span<const RoleName> roleNames();

/// The street-level header of data.police.uk, exactly.
[[nodiscard]] bool isPoliceHeader(const std::vector<std::string>& header);
[[nodiscard]] std::span<const ColumnRole> policeRoles();

/// Names a column may have, letters and digits only, the likeliest first.
struct RoleWords {
    ColumnRole role;
    std::initializer_list<std::string_view> names;
};
/// In the order in which roles choose their columns.
[[nodiscard]] std::span<const RoleWords> roleWords();

/// "Date Reported" as "datereported"; bytes of other scripts stay.
[[nodiscard]] std::string lettersAndDigits(std::string_view name);
/// "\"Name\" and \"Colour\""; of more than 15 the rest is counted.
[[nodiscard]] std::string columnList(const std::vector<std::string>& header);

} // namespace patchlight::detail
