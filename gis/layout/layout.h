// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/layouts/layouts.h"
#include "core/workspace/companions.h"
#include "gis/layout/house_style.h"
#include "gis/layout/month_bars.h"
#include "gis/layout/week_clock.h"
#include "gis/map/map.h"

#include <QByteArray>
#include <QSizeF>

/// The board map: pages made from one result and one recipe, drawn the same as preview, PDF, PNG and SVG.
namespace patchlight::paint {

/// One of several maps on a page.
struct MapPanel {
    QString title; ///< "April to June 2025"
    QString note;  ///< "612 incidents, 4 hotspots"
    QString alternativeText;
    MapContent map;
};

/// Running text of a page without a map: a heading and its paragraphs.
struct TextSection {
    QString heading;
    QStringList lines;
};
struct ContentsLine {
    QString title;
    std::size_t page = 1;
};

/// All a page says. Texts are complete; nothing is worked out while drawing.
struct BoardMap {
    QString title;    ///< the finding: "Anti-social behaviour concentrates in five places"
    QString subtitle; ///< of what: category, area, period, n mapped of N
    QString marking;
    QStringList method, cautions, sources; ///< paragraphs of the foot: how it was made, read with care, whose data
    QString footer;                        ///< author, date (a layout value), recipe id, version and build
    QString alternativeText;               ///< of the map figure
    QStringList tableHeader;
    std::vector<QStringList> tableRows;
    QString tableTitle, tableNote;
    QStringList summary; ///< "What this shows": a few whole sentences
    MonthBars months;    ///< "By month"; empty: no chart
    QString monthsNote;  ///< which months have no data
    WeekClock clock;     ///< "When"; empty: no chart
    QString clockNote;   ///< what the shades stand for
    MapContent map;
    std::optional<Box> extent;          ///< absent: defaultExtent
    std::optional<Box> locator;         ///< the whole that the map is a part of: an inset shows where
    std::vector<MapPanel> panels;       ///< several maps of one extent with one legend, in place of `map`
    std::vector<ContentsLine> contents; ///< a page without a map: what the others are
    std::vector<TextSection> sections;  ///< the same: text in two columns
    HouseStyle house;
    double dotsPerInch = 300.0;                                                             ///< of pictures of the page
    QSizeF paper{297.0, 210.0};                                                             ///< mm
    std::vector<PageBlock> beside{PageBlock::table, PageBlock::summary, PageBlock::months}; ///< what is shown of it
    std::size_t number = 1, of = 1;                                                         ///< page x of y
    [[nodiscard]] bool has(PageBlock block) const;
    bool withMap = true; ///< false: table, summary and months have the whole page
    [[nodiscard]] bool isText() const { return !contents.empty() || !sections.empty(); }
};

/// Proposes every text from the result; values of recipe.layout that are not empty win. One page, with the map.
/// `origins` say whose the project's boundaries are; without them it is guessed from their names.
[[nodiscard]] BoardMap boardMapOf(const Recipe& recipe, std::shared_ptr<const Result> result, const MapContent& map,
                                  const std::vector<DatasetInfo>& datasets, const ProjectCrs& crs,
                                  const StudyArea& area, const std::vector<LayerOrigin>& origins = {});

/// What the pages of a layout are made from.
struct PagesSource {
    const Recipe& recipe;
    std::shared_ptr<const Result> result;
    const CompanionPlan& further; ///< the layout's further maps, answered
    const MapContent& map;
    const std::vector<DatasetInfo>& datasets;
    const ProjectCrs& crs;
    const StudyArea& area;
    const std::vector<LayerOrigin>& origins; ///< as of boardMapOf
};
/// Every page of the recipe's layout, numbered; at least one. A page that cannot be made is left out.
[[nodiscard]] std::vector<BoardMap> boardPagesOf(const PagesSource& source);

/// One piece of the page in reading order, for drawing and for the PDF's structure.
struct PageElement {
    QString tag;  ///< H1, H2, P, Figure, Table, TR, TH, TD, Artifact; empty: one more piece of the parent
    QString alt;  ///< alternative text of a Figure
    QString text; ///< what it says, for /ActualText
    QRectF box;   ///< mm
    std::function<Expected<void>(QPainter&)> draw; ///< painter in mm; empty for Table and TR
    std::vector<PageElement> children;
};
[[nodiscard]] std::vector<PageElement> layOut(const BoardMap& page, double pixelsPerMillimetre = 11.811);

/// Draws the whole page; painter in mm. For preview and pictures.
[[nodiscard]] Expected<void> drawPage(QPainter& painter, const BoardMap& page, double pixelsPerMillimetre = 11.811);

/// Tagged PDF (title, language, headings, figure with alternative text, table headers), vector, fonts embedded, the
/// recipe as attachment; several pages have bookmarks. The same bytes from the same pages. errors: fileNotWritable
[[nodiscard]] Expected<void> writePdf(std::span<const BoardMap> pages, const Recipe& recipe,
                                      const std::filesystem::path& file);
/// Picture at the page's resolution with the recipe in a text chunk. errors: fileNotWritable; refused (no memory)
[[nodiscard]] Expected<void> writePng(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file);
/// SVG with text as text and sizes in mm, by our own small paint engine; the recipe in its metadata.
[[nodiscard]] Expected<void> writeSvg(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file);
/// Where a page of several goes in formats that hold one: "map.png", then "map-2.png".
[[nodiscard]] std::filesystem::path pageFile(const std::filesystem::path& file, std::size_t number);

/// One file of a result by its ending: .tif .gpkg .geojson .kml .csv .xlsx .pdf .png .svg .docx .pptx .json. This is
/// what `--out` and the window's export call. errors: invalidParameter (another ending: lists those there are), and the
/// writers'
struct OutputSource {
    const Recipe& recipe;
    const Result& result;
    std::span<const BoardMap> pages;
    const ProjectCrs& crs;
};
/// Returns the files written: a picture is one a page. `file` itself is always the first.
[[nodiscard]] Expected<std::vector<std::filesystem::path>> writeOutput(const OutputSource& source,
                                                                       const std::filesystem::path& file);
[[nodiscard]] bool isKnownOutput(const std::filesystem::path& file);

} // namespace patchlight::paint
