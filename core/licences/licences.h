// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Whose data a layer is, and the line its owner asks for on a map.
namespace patchlight {

/// What is said of a layer; what is empty was not said, and is guessed from names.
struct LayerLicence {
    std::string licence; ///< os-open, os-psga, ons, royal-mail, osm, ogl, none; any other text is the line itself
    std::string year;    ///< "2025": of the data, where the line has one
    std::string number;  ///< "AC0000812345": of the OS licence under the PSGA
    bool operator==(const LayerLicence&) const = default;
};
/// errors: invalidParameter (a year that is none; a number where the licence has none; years of a free text)
[[nodiscard]] Expected<LayerLicence> layerLicence(std::string licence, std::string year, std::string number);

/// A layer and where it came from.
struct LayerOrigin {
    std::string layer; ///< its name in the project
    std::string file;  ///< base name of its file, and the layer in it
    LayerLicence said = {};
};

/// As said, else guessed from the names of file and layer: Boundary-Line, OpenMap Local, Zoomstack, Code-Point, ONSPD,
/// LSOA, OpenStreetMap and their like, and the last year from 2000 to 2099 in them. An empty licence is not known.
[[nodiscard]] LayerLicence licenceOf(const LayerOrigin& origin);

/// True when its line can be written in full: a year where the line has one, a number under the PSGA.
[[nodiscard]] bool knowsLicence(const LayerOrigin& origin);

/// Lines for a page, each once, in a fixed order, years put together; and the layers of which no licence is known.
/// source: OS, Copyright acknowledgements; ONS, Guide to copyright for maps; METHODS 3.4
struct Acknowledgements {
    std::vector<std::string> lines;
    std::vector<std::string> unknown; ///< layers
};
[[nodiscard]] Acknowledgements acknowledgementsOf(std::span<const LayerOrigin> origins);

} // namespace patchlight
