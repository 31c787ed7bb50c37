// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/parallel.h"
#include "core/base/task.h"

#include <algorithm>
#include <vector>

namespace patchlight {

/// Sorts in blocks on all threads, which are then merged, and hears a cancel some milliseconds after it. `isBefore` is
/// a total order, so that the outcome does not depend on the blocks. False when cancelled: the order is then any.
template <class T, class Before> bool sortHearing(std::vector<T>& values, Before isBefore, const TaskContext& task) {
    constexpr std::size_t atATime = 65536;
    const std::size_t count = values.size();
    const auto at = [&](std::size_t i) { return values.begin() + static_cast<std::ptrdiff_t>(std::min(i, count)); };
    forEachBlock(count, atATime, [&](std::size_t begin, std::size_t end) {
        if (!task.cancelled()) std::sort(at(begin), at(end), isBefore);
    });
    for (std::size_t width = atATime; width < count; width *= 2)
        forEachBlock((count + 2 * width - 1) / (2 * width), 1, [&](std::size_t pair, std::size_t) {
            if (!task.cancelled())
                std::inplace_merge(at(2 * pair * width), at((2 * pair + 1) * width), at((2 * pair + 2) * width),
                                   isBefore);
        });
    return !task.cancelled();
}

} // namespace patchlight
