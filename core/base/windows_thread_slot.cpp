// SPDX-License-Identifier: GPL-3.0-or-later
#if defined(_WIN32) && defined(__GNUC__)
#include "core/base/windows_thread_slot.h"

#include <atomic>
#include <cstdlib>
#include <memory>
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace patchlight::detail {

namespace {

struct Held {
    void* value;
    void (*destroy)(void*);
};

std::atomic<bool> g_ending{false};

void WINAPI threadEnds(void* slot) {
    if (slot == nullptr || g_ending) return; // at the end of the program, what a value needs may be gone already
    const std::unique_ptr<Held> held(static_cast<Held*>(slot));
    held->destroy(held->value);
}

} // namespace

unsigned long takeThreadSlot() {
    static const int told = std::atexit([] { g_ending = true; });
    const unsigned long slot = FlsAlloc(threadEnds);
    if (told != 0 || slot == FLS_OUT_OF_INDEXES) std::abort();
    return slot;
}

void* inThreadSlot(unsigned long slot) {
    const auto* held = static_cast<const Held*>(FlsGetValue(slot));
    return held == nullptr ? nullptr : held->value;
}

void putInThreadSlot(unsigned long slot, void* value, void (*destroy)(void*)) {
    FlsSetValue(slot, new Held{value, destroy});
}

} // namespace patchlight::detail
#endif
