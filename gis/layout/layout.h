// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "gis/layout/month_bars.h"
#include "gis/map/map.h"

#include <QByteArray>
#include <QSizeF>

/// The board map: a page made from one result and one recipe, drawn the same as preview, PDF, PNG and SVG.
namespace patchlight::paint {

/// All a page says. Texts are complete; nothing is worked out while drawing.
struct BoardMap {
    QString title;    ///< the finding: "Anti-social behaviour concentrates in five places"
    QString subtitle; ///< of what: category, area, period, n mapped of N
    QString marking;
    QStringList method, cautions, sources; ///< paragraphs of the foot: how it was made, read with care, whose data
    QString footer;                        ///< author, date (a layout value), recipe id
    QString alternativeText;               ///< of the map figure
    QStringList tableHeader;
    std::vector<QStringList> tableRows;
    QString tableTitle, tableNote;
    QStringList summary; ///< "What this shows": a few whole sentences
    MonthBars months;    ///< "By month"; empty: no chart
    QString monthsNote;  ///< which months have no data
    MapContent map;
    std::optional<Box> extent;  ///< absent: defaultExtent
    QSizeF paper{297.0, 210.0}; ///< mm
    bool withTable = true;
};

/// Proposes every text from the result; values of recipe.layout that are not empty win.
/// `sources`: attribution lines of datasets and layers.
[[nodiscard]] BoardMap boardMapOf(const Recipe& recipe, std::shared_ptr<const Result> result, const MapContent& map,
                                  const std::vector<DatasetInfo>& datasets, const ProjectCrs& crs,
                                  const StudyArea& area);

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
/// recipe as attachment; the same bytes from the same page. errors: fileNotWritable
[[nodiscard]] Expected<void> writePdf(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file);
/// Picture at 300 dpi with the recipe in a text chunk. [[dotsPerMillimetre]]
[[nodiscard]] Expected<void> writePng(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file);
/// SVG with text as text and sizes in mm, by our own small paint engine; the recipe in its metadata.
[[nodiscard]] Expected<void> writeSvg(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file);

/// One file of a result by its ending: .tif .gpkg .geojson .kml .csv .xlsx .pdf .png .svg .json. This is what `--out`
/// and the window's export call. errors: invalidParameter (another ending: lists those there are), and the writers'
struct OutputSource {
    const Recipe& recipe;
    const Result& result;
    const BoardMap& page;
    const ProjectCrs& crs;
};
[[nodiscard]] Expected<void> writeOutput(const OutputSource& source, const std::filesystem::path& file);
[[nodiscard]] bool isKnownOutput(const std::filesystem::path& file);

} // namespace patchlight::paint
