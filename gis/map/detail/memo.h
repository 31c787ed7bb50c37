// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <deque>
#include <memory>
#include <mutex>

namespace patchlight::paint {

/// Remembers what was made from a shared immutable value, so that repaints do not make it again. The value is known by
/// its owner, never by its address alone; entries of values that are gone are dropped. Safe to use from many threads.
template <class Key, class Value> class Memo {
public:
    explicit Memo(std::size_t capacity) : m_capacity{capacity} {}

    /// What `make`, which returns Expected<Value>, gives for the key; failures are not remembered.
    template <class Make> Expected<std::shared_ptr<const Value>> get(const std::shared_ptr<const Key>& key, Make make) {
        if (auto known = find(key)) return known;
        Expected<Value> made = make();
        if (!made) return fail(made.error());
        auto value = std::make_shared<const Value>(std::move(*made));
        keep(key, value);
        return value;
    }

private:
    struct Entry {
        std::weak_ptr<const Key> key;
        std::shared_ptr<const Value> value;
    };
    std::shared_ptr<const Value> find(const std::shared_ptr<const Key>& key) {
        const std::scoped_lock lock(m_mutex);
        for (const Entry& entry : m_entries)
            if (!entry.key.owner_before(key) && !key.owner_before(entry.key)) return entry.value;
        return nullptr;
    }
    void keep(const std::shared_ptr<const Key>& key, std::shared_ptr<const Value> value) {
        const std::scoped_lock lock(m_mutex);
        std::erase_if(m_entries, [](const Entry& entry) { return entry.key.expired(); });
        m_entries.push_back({key, std::move(value)});
        if (m_entries.size() > m_capacity) m_entries.pop_front();
    }

    std::size_t m_capacity;
    std::mutex m_mutex;
    std::deque<Entry> m_entries;
};

} // namespace patchlight::paint
