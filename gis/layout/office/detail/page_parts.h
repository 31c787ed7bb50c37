// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/layout.h"
#include "gis/layout/office/detail/ooxml.h"

/// What a document shows of a page, whichever program it is for: every text of it is taken here and nowhere else.
namespace patchlight::paint::office {

/// A heading with its paragraphs.
struct TextBlock {
    QString heading;
    QStringList paragraphs;
};

struct PageTable {
    QString title;
    QStringList header;
    std::vector<QStringList> rows; ///< as many as asked for
    QStringList notes;             ///< under it: "and 7 more", the page's note
    std::vector<double> widths;    ///< of the columns in em of the text, the second one the rest of the width
    [[nodiscard]] bool empty() const { return rows.empty(); }
};

struct PageParts {
    QString title, subtitle, marking, footer;
    PageTable table;
    TextBlock summary, months, clock; ///< the paragraphs of the charts are the notes under them
    std::vector<TextBlock> text;      ///< of a page without a map: contents and sections
    std::vector<TextBlock> about;     ///< how this was made, read with care, sources
};
/// mostRows  of the table; what is left out is counted in its notes
[[nodiscard]] PageParts partsOf(const BoardMap& page, std::size_t mostRows);

/// How the pages were made, read with care and sources once in a document of several: on the last page that says the
/// same, and nowhere where a page of its own says them.
[[nodiscard]] std::vector<BoardMap> withAboutOnce(std::span<const BoardMap> pages);

/// The map with its legend, or the maps of the page in their grid, the letters `unit` times as large as on the page.
/// errors: a raster that cannot be read
[[nodiscard]] Expected<Picture> mapPicture(const BoardMap& page, QSizeF millimetres, double unit);
/// The charts of the months and of the hours; empty where the page has none.
[[nodiscard]] Expected<Picture> monthsPicture(const BoardMap& page, QSizeF millimetres, double unit);
[[nodiscard]] Expected<Picture> clockPicture(const BoardMap& page, QSizeF millimetres, double unit);
[[nodiscard]] bool hasMonths(const BoardMap& page);
[[nodiscard]] bool hasClock(const BoardMap& page);

} // namespace patchlight::paint::office
