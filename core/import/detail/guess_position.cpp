// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/guess.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight::detail {

namespace {

bool nearlyAll(std::size_t count, std::size_t of) {
    return of > 0 && count * 10 >= of * 9;
}

/// Both columns stand under each other's names.
void turnIfSwapped(Guesser& guesser, std::size_t x, std::size_t y, const PairContent& pair) {
    const bool grid = nearlyAll(pair.turnedGrid, pair.given) && pair.britishGrid * 10 <= pair.given;
    const bool geographic = nearlyAll(pair.turnedBritish, pair.given) || nearlyAll(pair.turnedOnly, pair.given);
    if (pair.given < 5 || (!grid && !geographic)) return;
    std::swap(guesser.mapping.roles[x], guesser.mapping.roles[y]);
    const std::string reason = fmt::format("the columns are swapped: only so do {} of {} lie on land",
                                           std::max({pair.turnedGrid, pair.turnedBritish, pair.turnedOnly}),
                                           counted(pair.given, "position", "positions"));
    guesser.mapping.guesses[x] = guesser.mapping.guesses[y] = {0.8, reason};
}

/// New York and Washington, whose open data is in feet of their state's plane.
struct FeetCrs {
    int epsg;
    Box box;
};
constexpr FeetCrs knownFeet[] = {{2263, {910000.0, 118000.0, 1070000.0, 275000.0}},
                                 {2248, {1260000.0, 370000.0, 1350000.0, 490000.0}}};

} // namespace

Expected<void> settlePosition(Guesser& guesser, int toldEpsg) {
    const bool geographic = guesser.has(ColumnRole::longitude);
    for (const auto& [xRole, yRole] : {std::pair{ColumnRole::longitude, ColumnRole::latitude},
                                       std::pair{ColumnRole::easting, ColumnRole::northing}}) {
        if (!guesser.has(xRole) || !guesser.has(yRole) || toldEpsg != 0) continue;
        const auto x = static_cast<std::size_t>(guesser.columnOf(xRole)),
                   y = static_cast<std::size_t>(guesser.columnOf(yRole));
        const PairContent pair = pairOf(guesser.sample, guesser.columns(), x, y,
                                        guesser.mapping.decimalComma || guesser.mapping.separator == ';');
        turnIfSwapped(guesser, x, y, pair);
        if (xRole == ColumnRole::easting && geographic) continue; // the other pair is taken
        const std::string& name = guesser.names[x];
        const bool feet = name.find("ft") != name.npos || name.find("feet") != name.npos;
        const bool metres = name == "xm" || name == "xmetres";
        if (feet) {
            for (const FeetCrs& known : knownFeet)
                if (pair.given > 0 && known.box.contains(pair.first)) guesser.mapping.crsEpsg = known.epsg;
            if (guesser.mapping.crsEpsg != 0) continue;
        }
        const bool fits = pair.metres + pair.degrees + pair.turnedGrid + pair.turnedOnly > 0;
        if (!feet && !metres && (fits || pair.given < 3)) continue;
        return fail(ErrorCode::fileFormat,
                    fmt::format("Columns \"{}\" and \"{}\" hold coordinates{} of a system that cannot be known from "
                                "them; say which it is: --crs EPSG:n on the command line, \"crs\" in a mapping.",
                                guesser.mapping.header[x], guesser.mapping.header[y],
                                feet     ? " in feet"
                                : metres ? " in metres"
                                         : fmt::format(" ({}, {})", shortestDecimal(pair.first.east),
                                                       shortestDecimal(pair.first.north))),
                    "crs");
    }
    return {};
}

} // namespace patchlight::detail
