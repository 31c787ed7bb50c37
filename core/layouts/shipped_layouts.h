// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace patchlight {

/// The texts of resources/layouts, in the order they are offered.
[[nodiscard]] std::span<const std::string_view> shippedLayouts();

} // namespace patchlight
