// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Windows' fiber local storage, for thread_state.h.
namespace patchlight::detail {

/// A slot with a place in every thread. Ends the program where Windows has none left (it has over a hundred).
[[nodiscard]] unsigned long takeThreadSlot();
[[nodiscard]] void* inThreadSlot(unsigned long slot); ///< null until something was put there by this thread
/// `destroy` is given the value when the thread ends; what is there at the end of the program is left to Windows.
void putInThreadSlot(unsigned long slot, void* value, void (*destroy)(void*));

} // namespace patchlight::detail
