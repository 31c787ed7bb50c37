// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight {

Metres suggestedCellSize(const Box& box) {
    constexpr std::array sizes{10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0};
    constexpr double mostCells = 500'000;
    if (box.empty() || !std::isfinite(box.width() + box.height())) return Metres{50.0};
    const double wished = std::min(box.width(), box.height()) / 150;
    // The nearest; of two equally near the finer.
    std::size_t nearest = 0;
    for (std::size_t i = 1; i < sizes.size(); ++i)
        if (std::abs(sizes[i] - wished) < std::abs(sizes[nearest] - wished)) nearest = i;
    double size = sizes[nearest];
    // One cell more each way, as aligned edges may ask for it; beyond the list by doubling.
    while ((std::ceil(box.width() / size) + 1) * (std::ceil(box.height() / size) + 1) >= mostCells)
        size = ++nearest < sizes.size() ? sizes[nearest] : 2 * size;
    return Metres{size};
}

Metres suggestedBandwidth(Metres cellSize, bool anonymised) {
    return Metres{std::clamp(5 * cellSize.value(), anonymised ? 300.0 : 150.0, 500.0)};
}

} // namespace patchlight
