// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace patchlight {

/// Asks the system to lay large pages under memory that was not written yet. A system clears and enters memory when it
/// is first written, page by page; for a table of some megabytes that is a good part of a short work's time, and a page
/// of 2 MB costs little more than one of 4 kB. Does nothing under some megabytes, or where it is not known (Linux alone
/// is).
void adviseLargePages(void* memory, std::size_t bytes);

/// vector.reserve with large pages.
template <class T> void reserveLarge(std::vector<T>& values, std::size_t count) {
    if (count <= values.capacity()) return;
    values.reserve(count);
    adviseLargePages(values.data() + values.size(), (count - values.size()) * sizeof(T));
}

/// A vector of `count` equal values on large pages, filled some megabytes at a time; fewer when cancelled.
template <class T>
[[nodiscard]] std::vector<T> filledLarge(std::size_t count, const T& value, const TaskContext& task = {}) {
    constexpr std::size_t atATime = (std::size_t{1} << 22) / sizeof(T);
    std::vector<T> values;
    reserveLarge(values, count);
    while (values.size() < count && !task.cancelled())
        values.resize(values.size() + std::min(atATime, count - values.size()), value);
    return values;
}

} // namespace patchlight
