// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/import.h"

#include <algorithm>
#include <memory>
#include <string>

namespace patchlight::test {

/// Bytes in memory as a source, given out in pieces of at most `piece`.
inline ExtractSource sourceOf(const std::string& name, const std::string& bytes,
                              std::size_t piece = std::size_t{1} << 20) {
    auto at = std::make_shared<std::size_t>(0);
    return {.name = name,
            .bytes = bytes.size(),
            .read = [bytes, at, piece](std::span<char> into) -> Expected<std::size_t> {
                const std::size_t count = bytes.copy(into.data(), std::min(piece, into.size()), *at);
                *at += count;
                return count;
            },
            .rewind = [at]() -> Expected<void> {
                *at = 0;
                return {};
            }};
}

} // namespace patchlight::test
