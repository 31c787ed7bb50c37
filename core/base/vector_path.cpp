// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/vector_path.h"

namespace patchlight::detail {

std::vector<VectorPath> availablePaths() {
    std::vector<VectorPath> paths{VectorPath::plain};
#if PATCHLIGHT_HAS_VECTOR_COPIES
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) paths.push_back(VectorPath::avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
        paths.push_back(VectorPath::avx512);
#endif
    return paths;
}

VectorPath widestPath() {
    static const VectorPath widest = availablePaths().back();
    return widest;
}

} // namespace patchlight::detail
