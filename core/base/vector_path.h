// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

/// Which copy of the inner loops runs. They are the same source compiled for different vector widths, without fused
/// operations, so each lane does the same roundings and every path gives the same bytes.
namespace patchlight::detail {

enum class VectorPath { plain, avx2, avx512 };

/// What this processor can run, narrowest first; `plain` always, and alone on other compilers and processors.
[[nodiscard]] std::vector<VectorPath> availablePaths();
[[nodiscard]] VectorPath widestPath();

// A loop is written once as PATCHLIGHT_INLINE and called from one function for each path, compiled for its processor.
#if (defined(__GNUC__) || defined(__clang__)) && defined(__x86_64__)
#define PATCHLIGHT_HAS_VECTOR_COPIES 1
#define PATCHLIGHT_INLINE inline __attribute__((always_inline))
#define PATCHLIGHT_RESTRICT __restrict
#define PATCHLIGHT_AVX2 __attribute__((target("avx2")))
#if defined(__clang__)
#define PATCHLIGHT_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl")))
#else
#define PATCHLIGHT_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,prefer-vector-width=512")))
#endif
#else
#define PATCHLIGHT_HAS_VECTOR_COPIES 0
#define PATCHLIGHT_INLINE inline
#if defined(_MSC_VER) || defined(__GNUC__)
#define PATCHLIGHT_RESTRICT __restrict
#else
#define PATCHLIGHT_RESTRICT
#endif
#endif

} // namespace patchlight::detail
