// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/house_style.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/map/map.h"

#include <QByteArray>
#include <QRegularExpression>
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace patchlight::paint {

namespace {

using nlohmann::json;

constexpr std::array<const char*, 5> keys{"organisation", "font", "ink", "accent", "logo"};
constexpr qsizetype largestLogo = 1 << 20;                   // bytes
constexpr double leastForText = 4.5, leastForGraphics = 3.0; // WCAG 2.2, 1.4.3 and 1.4.11

Expected<QString> textOf(const json& house, const char* key) {
    if (!house.contains(key)) return QString();
    if (!house[key].is_string())
        return fail(ErrorCode::fileFormat, "The house style's \"" + std::string(key) + "\" is not a text.", key);
    return QString::fromStdString(house[key].get<std::string>());
}

/// errors: fileFormat (not #rrggbb; too pale on white)
Expected<QColor> colourOf(const json& house, const char* key, QColor usual, double least) {
    const auto text = textOf(house, key);
    if (!text) return fail(text.error());
    if (text->isEmpty()) return usual;
    static const QRegularExpression form("^#[0-9a-fA-F]{6}$");
    if (!form.match(*text).hasMatch())
        return fail(ErrorCode::fileFormat,
                    "The house style's \"" + std::string(key) + "\" is not a colour; write it like #12263a.", key);
    const QColor colour(*text);
    if (contrastRatio(colour, Qt::white) < least)
        return fail(ErrorCode::fileFormat,
                    "The house style's \"" + std::string(key) + "\" is too pale on white (" +
                        fixedDecimal(contrastRatio(colour, Qt::white), 2) + ":1, needed are " + fixedDecimal(least, 1) +
                        ":1); choose a darker colour.",
                    key);
    return colour;
}

Expected<QImage> logoOf(const json& house) {
    const auto text = textOf(house, "logo");
    if (!text) return fail(text.error());
    if (text->isEmpty()) return QImage();
    const QByteArray bytes = QByteArray::fromBase64(text->toLatin1());
    const QImage logo = bytes.size() > largestLogo ? QImage() : QImage::fromData(bytes);
    if (logo.isNull())
        return fail(ErrorCode::fileFormat, "The house style's logo is not a picture (PNG or JPEG) of at most 1 MB.",
                    "logo");
    return logo;
}

Expected<std::string> bytesOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(ErrorCode::fileNotFound, "Cannot read " + utf8Text(file) + ".", utf8Text(file));
    return std::string(std::istreambuf_iterator<char>(in), {});
}

} // namespace

Expected<HouseStyle> houseStyleOf(const json& house) {
    HouseStyle style;
    if (house.is_null()) return style;
    if (!house.is_object()) return fail(ErrorCode::fileFormat, "The house style is not a JSON object.", "house");
    for (const auto& [key, value] : house.items())
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return fail(ErrorCode::fileFormat,
                        "The house style has no \"" + key + "\"; it has " +
                            listed(std::vector<std::string>(keys.begin(), keys.end())) + ".",
                        key);
    const auto organisation = textOf(house, "organisation"), family = textOf(house, "font");
    if (!organisation) return fail(organisation.error());
    if (!family) return fail(family.error());
    const auto ink = colourOf(house, "ink", style.ink, leastForText);
    if (!ink) return fail(ink.error());
    const auto accent = colourOf(house, "accent", style.accent, leastForGraphics);
    if (!accent) return fail(accent.error());
    const auto logo = logoOf(house);
    if (!logo) return fail(logo.error());
    if (!logo->isNull() && organisation->trimmed().isEmpty())
        return fail(
            ErrorCode::fileFormat,
            "The house style has a logo and no \"organisation\", which says whose it is to those who do not see "
            "it; add it.",
            "organisation");
    return HouseStyle{organisation->trimmed(), family->trimmed(), *ink, *accent, *logo};
}

Expected<json> readHouseStyle(const std::filesystem::path& file) {
    const auto text = bytesOf(file);
    if (!text) return fail(text.error());
    json house = json::parse(*text, nullptr, false);
    if (!house.is_object())
        return fail(ErrorCode::fileFormat, utf8Text(file) + " is not a house style: it holds no JSON object.",
                    utf8Text(file));
    if (house.contains("logo") && house["logo"].is_string() && !house["logo"].get_ref<const std::string&>().empty()) {
        const auto logo = bytesOf(file.parent_path() / pathFromUtf8(house["logo"].get<std::string>()));
        if (!logo) return fail(logo.error());
        house["logo"] = QByteArray::fromStdString(*logo).toBase64().toStdString();
    }
    if (auto style = houseStyleOf(house); !style)
        return fail(style.error().code, utf8Text(file) + ": " + style.error().message, style.error().subject);
    return house;
}

} // namespace patchlight::paint
