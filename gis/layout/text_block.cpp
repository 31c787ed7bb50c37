// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/blocks.h"

#include <algorithm>

namespace patchlight::paint {

namespace {

constexpr double largest = 3.4, smallest = 2.2, step = 0.1; // units
constexpr double longestLine = 120.0;                       // units: longer ones are hard to read

/// One line of the flow: a heading, a paragraph, a line of the contents.
struct Piece {
    QString tag, text, right; ///< `right` stands at the end of the line
    bool heading = false;
};

std::vector<Piece> piecesOf(const BoardMap& page) {
    std::vector<Piece> pieces;
    if (!page.contents.empty()) pieces.push_back({"H2", "In this pack", {}, true});
    for (const ContentsLine& line : page.contents) pieces.push_back({"P", line.title, QString::number(line.page)});
    for (const TextSection& section : page.sections) {
        if (!section.heading.isEmpty()) pieces.push_back({"H2", section.heading, {}, true});
        for (const QString& line : section.lines) pieces.push_back({"P", line, {}});
    }
    return pieces;
}

Lettering letteringOf(const Piece& piece, double size, double unit, const HouseStyle& house) {
    return {(piece.heading ? size * 1.15 : size) * unit,
            piece.heading,
            piece.heading ? house.ink : quietColour,
            Align::left,
            piece.heading ? 1.5 : 1.35,
            house.family};
}

struct Flow {
    double size = largest, unit = 1.0, width = 0.0;
    HouseStyle house = {};
    [[nodiscard]] double below() const { return 0.9 * size * unit; }
    [[nodiscard]] double above(const Piece& piece, bool atTop) const {
        return piece.heading && !atTop ? 1.6 * size * unit : 0.0;
    }
    [[nodiscard]] double textWidthOf(const Piece& piece) const {
        return piece.right.isEmpty() ? width : width - 8.0 * unit;
    }
    [[nodiscard]] double heightOf(const Piece& piece) const {
        return textHeight(piece.text, letteringOf(piece, size, unit, house), textWidthOf(piece)) +
               (piece.heading ? 0.3 * size * unit : below());
    }
};

/// Puts the pieces into columns; with a null composition it only tells whether they fit.
bool flow(Composition* composition, const std::vector<Piece>& pieces, const QRectF& box, std::size_t columns,
          const Flow& flow) {
    const double gap = 10.0 * flow.unit;
    std::size_t column = 0;
    double y = box.top();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        const bool atTop = y == box.top();
        double needed = flow.above(piece, atTop) + flow.heightOf(piece);
        if (piece.heading && i + 1 < pieces.size()) needed += flow.heightOf(pieces[i + 1]); // not alone at the foot
        if (y + needed > box.bottom() + 0.01 && !atTop) {
            if (++column >= columns) return false;
            y = box.top();
        }
        y += flow.above(piece, y == box.top());
        const double x = box.left() + double(column) * (flow.width + gap);
        if (composition) {
            const Lettering lettering = letteringOf(piece, flow.size, flow.unit, flow.house);
            composition->text(piece.tag, piece.text, QRectF(x, y, flow.textWidthOf(piece), 0), lettering);
            if (!piece.right.isEmpty()) {
                Lettering right = lettering;
                right.align = Align::right;
                composition->text("P", piece.right, QRectF(x + flow.width - 8.0 * flow.unit, y, 8.0 * flow.unit, 0),
                                  right, 1);
            }
        }
        y += flow.heightOf(piece);
    }
    return y <= box.bottom() + flow.below() + 0.01;
}

} // namespace

void composeText(Composition& composition, const BoardMap& page, const QRectF& box) {
    const double unit = composition.unit, gap = 10.0 * unit;
    std::vector<Piece> pieces = piecesOf(page);
    const std::size_t columns = box.width() > longestLine * unit * 1.3 ? 2 : 1;
    Flow flowing{largest, unit, (box.width() - gap * double(columns - 1)) / double(columns), page.house};
    while (flowing.size > smallest && !flow(nullptr, pieces, box, columns, flowing)) flowing.size -= step;
    const bool whole = flow(nullptr, pieces, box, columns, flowing);
    while (!whole && pieces.size() > 1) {
        pieces.pop_back();
        std::vector<Piece> cut = pieces;
        cut.push_back({"P", "More is in the recipe that this file carries.", {}});
        if (!flow(nullptr, cut, box, columns, flowing)) continue;
        pieces = std::move(cut);
        break;
    }
    (void)flow(&composition, pieces, box, columns, flowing);
}

} // namespace patchlight::paint
