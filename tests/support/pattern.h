// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace patchlight::test {

/// Points drawn as text: rows from north to south, symbols apart by blanks, '.' for no point. A cell is `spacing` wide;
/// the last row's first symbol lies at (0, 0).
struct Pattern {
    std::vector<ProjectedPoint> points; ///< row by row as drawn
    std::vector<char> symbols;          ///< one for each point

    /// The indices of the points drawn with a symbol.
    [[nodiscard]] std::vector<std::size_t> indices(char symbol) const {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < symbols.size(); ++i)
            if (symbols[i] == symbol) found.push_back(i);
        return found;
    }
    /// The index of the first point drawn with a symbol.
    [[nodiscard]] std::size_t at(char symbol) const { return indices(symbol).at(0); }
};

[[nodiscard]] inline Pattern patternFromText(Metres spacing, std::string_view text) {
    struct Drawn {
        std::size_t row, column;
        char symbol;
    };
    std::vector<Drawn> drawn;
    std::size_t row = 0, column = 0;
    for (const char c : text) {
        if (c == '\n') {
            row += column > 0; // blank lines are no rows
            column = 0;
        } else if (c != ' ') {
            if (c != '.') drawn.push_back({row, column, c});
            ++column;
        }
    }
    const std::size_t last = column > 0 ? row : row - (row > 0);
    Pattern pattern;
    for (const Drawn& d : drawn) {
        pattern.points.push_back(
            {static_cast<double>(d.column) * spacing.value(), static_cast<double>(last - d.row) * spacing.value()});
        pattern.symbols.push_back(d.symbol);
    }
    return pattern;
}

} // namespace patchlight::test
