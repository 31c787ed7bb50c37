// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#if defined(_WIN32) && defined(__GNUC__)
#include "core/base/windows_thread_slot.h"
#endif

namespace patchlight {

/// This thread's own T: made at its first use in the thread, gone with the thread. One for each type T.
/// With mingw-w64 a `thread_local` object is destroyed after its memory was given back (GCC bug 80816), so there it
/// lies in a slot of Windows' own.
template <class T> [[nodiscard]] T& ofThisThread() {
#if defined(_WIN32) && defined(__GNUC__)
    static const unsigned long slot = detail::takeThreadSlot();
    if (void* const state = detail::inThreadSlot(slot)) return *static_cast<T*>(state);
    auto* const state = new T;
    detail::putInThreadSlot(slot, state, [](void* held) { delete static_cast<T*>(held); });
    return *state;
#else
    thread_local T state;
    return state;
#endif
}

} // namespace patchlight
