// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace patchlight::paint {

/// Adds the fonts that come with the program (`fonts` in its data folder), so that a page looks the same on a machine
/// that has none of them. Does nothing where there is no such folder. Needs a QGuiApplication; call it once, before the
/// first text is measured.
void addShippedFonts();

} // namespace patchlight::paint
