// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace patchlight::paint {

/// What of a PDF may hold the recipe; either may be empty.
struct PdfTexts {
    std::string attachment; ///< "recipe.json"
    std::string metadata;   ///< XMP
};
/// errors: fileFormat (libqpdf's own words; a stream that unpacks to more than a recipe can be)
[[nodiscard]] Expected<PdfTexts> textsOfPdf(std::string_view bytes);

} // namespace patchlight::paint
