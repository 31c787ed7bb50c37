// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace patchlight::paint {

/// Contrast of two opaque colours, 1 to 21, the order does not matter.
/// source: WCAG 2.2, relative luminance and contrast ratio
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);

} // namespace patchlight::paint
