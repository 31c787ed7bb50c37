// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QColor>
#include <QImage>
#include <QString>
#include <filesystem>
#include <nlohmann/json.hpp>

/// An organisation's look of a page: logo, colours, font.
namespace patchlight::paint {

struct HouseStyle {
    QString organisation;            ///< says what the logo is
    QString family;                  ///< font of the texts; empty: Liberation Sans or Arial
    QColor ink{0x12, 0x26, 0x3a};    ///< title, headings, rules
    QColor accent{0x12, 0x43, 0x6d}; ///< bars of the period
    QImage logo;                     ///< null: none
};

/// Reads a user's file: {"organisation", "font", "ink": "#rrggbb", "accent": "#rrggbb", "logo": "logo.png"}, all of
/// them optional; the logo lies beside the file. What comes back holds the logo itself, so that a recipe can carry it.
/// errors   fileNotFound; fileFormat naming the key (not JSON, an unknown key, not a colour, an ink of less than 4.5:1
///          or an accent of less than 3:1 against white, a logo that is no picture or over 1 MB, no organisation beside
///          a logo)
[[nodiscard]] Expected<nlohmann::json> readHouseStyle(const std::filesystem::path& file);
/// The style of a recipe; null is the usual one. errors: fileFormat as above
[[nodiscard]] Expected<HouseStyle> houseStyleOf(const nlohmann::json& house);

} // namespace patchlight::paint
