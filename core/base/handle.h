// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace patchlight {

/// Deleter for a C library's handle: `std::unique_ptr<T, Releaser<libraryClose>>`.
template <auto Release> struct Releaser {
    template <class T> void operator()(T* handle) const noexcept { Release(handle); }
};

} // namespace patchlight
