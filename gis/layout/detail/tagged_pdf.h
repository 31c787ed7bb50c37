// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/layout.h"

/// Tagged pages out of many untagged part pages.
namespace patchlight::paint {

/// The elements that draw, in reading order: one part page each.
[[nodiscard]] std::vector<const PageElement*> leavesOf(const std::vector<PageElement>& elements);

struct TaggedPage {
    QString title; ///< of its bookmark
    std::vector<PageElement> elements;
};
struct TaggedPdf {
    const std::vector<TaggedPage>& pages;
    QByteArray parts; ///< a PDF with one page per leaf of the pages in order, as QPdfWriter made it
    QString title, description;
    QByteArray recipe; ///< JSON
};
/// Folds the parts into their pages: each part becomes a form inside marked content, artefacts are marked as such, the
/// structure tree says what is a heading, a paragraph, a figure with its alternative text, a table with header cells;
/// of several pages each is a section with a bookmark.
/// No date, and an id that follows from the content. errors: fileFormat (libqpdf's own words)
[[nodiscard]] Expected<QByteArray> foldIntoTaggedPages(const TaggedPdf& source);

} // namespace patchlight::paint
