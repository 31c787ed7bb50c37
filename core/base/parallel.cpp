// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <algorithm>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

namespace patchlight {

void forEachBlock(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& body) {
    if (count == 0) return;
    grain = std::max<std::size_t>(grain, 1);
    const std::size_t blocks = (count + grain - 1) / grain;
    if (blocks == 1) return body(0, count);
    tbb::parallel_for(std::size_t{0}, blocks,
                      [&](std::size_t block) { body(block * grain, std::min(count, (block + 1) * grain)); });
}

std::size_t threadLimit() {
    return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
}

struct ThreadLimit::Control {
    tbb::global_control limit;
};

ThreadLimit::ThreadLimit(std::size_t threads) {
    if (threads > 0)
        m_control.reset(new Control{tbb::global_control{tbb::global_control::max_allowed_parallelism, threads}});
}

ThreadLimit::~ThreadLimit() = default;

} // namespace patchlight
