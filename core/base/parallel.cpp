// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <algorithm>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>

// ThreadSanitizer does not see into oneTBB, which is not built with it: that a block begins after the call and ends
// before the return is said here. Between blocks nothing is said, so that their races are found.
#if defined(__SANITIZE_THREAD__)
extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}
#endif

namespace patchlight {
namespace {

#if defined(__SANITIZE_THREAD__)
char beginning, ending;
void blocksMayBegin() {
    __tsan_release(&beginning);
}
void blockBegins() {
    __tsan_acquire(&beginning);
}
void blockEnded() {
    __tsan_release(&ending);
}
void blocksEnded() {
    __tsan_acquire(&ending);
}
#else
void blocksMayBegin() {}
void blockBegins() {}
void blockEnded() {}
void blocksEnded() {}
#endif

} // namespace

void forEachBlock(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& body) {
    if (count == 0) return;
    grain = std::max<std::size_t>(grain, 1);
    const std::size_t blocks = (count + grain - 1) / grain;
    if (blocks == 1) return body(0, count);
    const auto run = [&](std::size_t block) {
        blockBegins();
        body(block * grain, std::min(count, (block + 1) * grain));
        blockEnded();
    };
    blocksMayBegin();
    tbb::parallel_for(std::size_t{0}, blocks, run);
    blocksEnded();
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
