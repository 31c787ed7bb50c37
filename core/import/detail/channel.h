// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace patchlight::detail {

/// Hands values from one thread to another, a few at a time, so that the faster one waits and memory stays bounded.
/// Values that are done with can go back, so that their memory is used again: fresh pages cost as much as what is
/// written into them.
template <class T> class Channel {
public:
    explicit Channel(std::size_t most) : m_most{most} {}
    /// Waits for room; false when the other side has gone.
    [[nodiscard]] bool push(T value) {
        std::unique_lock lock(m_guard);
        m_changed.wait(lock, [&] { return m_closed || m_values.size() < m_most; });
        if (m_closed) return false;
        m_values.push_back(std::move(value));
        m_changed.notify_all();
        return true;
    }
    /// Waits for a value; nothing when the other side has finished and all are taken.
    [[nodiscard]] std::optional<T> pop() {
        std::unique_lock lock(m_guard);
        m_changed.wait(lock, [&] { return m_closed || !m_values.empty(); });
        if (m_values.empty()) return std::nullopt;
        std::optional<T> value(std::move(m_values.front()));
        m_values.pop_front();
        m_changed.notify_all();
        return value;
    }
    /// From the receiver: a value whose memory may be used again.
    void giveBack(T value) {
        const std::lock_guard lock(m_guard);
        if (m_spare.size() < m_most) m_spare.push_back(std::move(value));
    }
    /// One that came back, as it is, or a new one.
    [[nodiscard]] T spare() {
        const std::lock_guard lock(m_guard);
        if (m_spare.empty()) return T{};
        T value = std::move(m_spare.back());
        m_spare.pop_back();
        return value;
    }
    /// No more values: from the sender "finished", from the receiver "stop".
    void close() {
        const std::lock_guard lock(m_guard);
        m_closed = true;
        m_changed.notify_all();
    }

private:
    std::mutex m_guard;
    std::condition_variable m_changed;
    std::deque<T> m_values;
    std::vector<T> m_spare;
    std::size_t m_most;
    bool m_closed = false;
};

} // namespace patchlight::detail
