// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace patchlight::detail {

/// The texts of `resources/categories/*.csv`: plain commas, no quotes, a header line each.
[[nodiscard]] std::vector<std::string_view> shippedTables();

} // namespace patchlight::detail
