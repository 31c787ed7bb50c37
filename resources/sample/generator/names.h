// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources/sample/generator/portable.h"

#include <string>
#include <string_view>
#include <vector>

namespace patchlight::sample {

enum class StreetForm { through, crescent, close };

/// Hands out street names, none twice. The stems are plain words: no real town is meant.
class StreetNames {
public:
    explicit StreetNames(Random random) : m_random{random} {}
    [[nodiscard]] std::string next(StreetForm form);

private:
    Random m_random;
    std::vector<std::string> m_given;
};

} // namespace patchlight::sample
