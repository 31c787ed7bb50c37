// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace patchlight {

/// Calls body(begin, end) for consecutive blocks of [0, count), on the caller's thread and oneTBB's workers.
/// Blocks are cut at multiples of `grain` whatever the number of threads, so a body that writes only to its own
/// block gives the same bytes on any number of threads. Returns when all blocks are done.
void forEachBlock(std::size_t count, std::size_t grain,
                  const std::function<void(std::size_t begin, std::size_t end)>& body);

/// How many threads forEachBlock may use now.
[[nodiscard]] std::size_t threadLimit();

/// Limits the threads while it lives (`--threads N`); 0 leaves the machine's number.
class ThreadLimit {
public:
    explicit ThreadLimit(std::size_t threads);
    ~ThreadLimit();
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
    struct Control;
    std::unique_ptr<Control> m_control;
};

} // namespace patchlight
