// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QImage>
#include <QPainter>
#include <functional>

/// What is drawn in millimetres as a picture.
namespace patchlight::paint {

/// White, with the resolution it was drawn at. errors: refused (not enough memory); those of `draw`
[[nodiscard]] Expected<QImage> rasterOf(const QSizeF& millimetres, double dotsPerMillimetre,
                                        const std::function<Expected<void>(QPainter&)>& draw);
/// The same bytes from the same picture. errors: fileNotWritable
[[nodiscard]] Expected<QByteArray> pngOf(const QImage& image);

} // namespace patchlight::paint
