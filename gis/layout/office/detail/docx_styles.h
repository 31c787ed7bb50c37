// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/office/detail/ooxml.h"

/// The parts of a Word document that are the same in each.
namespace patchlight::paint::office {

inline constexpr double docxTablePoints = 8.5, docxTitlePoints = 18.0, docxSubtitlePoints = 10.0, docxTextPoints = 9.0,
                        docxNotePoints = 8.5;
inline constexpr double millimetresPerPoint = 25.4 / 72.0;

/// Title, Subtitle, Heading 1 and 2, texts and the table, in the page's colours; Arial, else Liberation Sans.
[[nodiscard]] QByteArray docxStyles();
[[nodiscard]] QByteArray docxFonts();
[[nodiscard]] QByteArray docxSettings();

} // namespace patchlight::paint::office
