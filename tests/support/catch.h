// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Catch2 under one name: Debian 12 ships version 2, others version 3.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#include <string>
using Catch::Approx;
namespace Catch {
inline auto Contains(const std::string& part) {
    return Matchers::ContainsSubstring(part);
}
using Matchers::EndsWith;
using Matchers::StartsWith;
} // namespace Catch
#else
#include <catch2/catch.hpp>
#endif
