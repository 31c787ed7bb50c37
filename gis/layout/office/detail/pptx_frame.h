// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/office/detail/ooxml.h"

/// The parts of a presentation that are the same in each: master, layout, theme.
namespace patchlight::paint::office {

inline constexpr double slideWidth = 12192000 / 36000.0, slideHeight = 6858000 / 36000.0; ///< mm, 16:9
inline constexpr int titlePoints = 22;
inline constexpr double pointsPerMillimetre = 72.0 / 25.4;
inline constexpr const char* presentationPart = "ppt/presentation.xml";
inline constexpr const char* presentationSpaces =
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
inline constexpr const char* shapeTreeStart =
    "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" "
    "y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

/// Presentation, master, one layout (a title and room), theme; the slides are parts already.
void addPresentation(Package& package, const std::vector<QString>& slides);

} // namespace patchlight::paint::office
