// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/recipe_in.h"

#include "core/analysis/recipe_data.h"
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/layout/detail/recipe_in_pdf.h"
#include "gis/sources/recipe_text.h"

#include <QXmlStreamReader>
#include <algorithm>
#include <array>
#include <fstream>

namespace patchlight::paint {

namespace {

constexpr std::uintmax_t largestFile = 512u << 20; // bytes; a page of ours has some hundred kilobytes

Expected<std::string> bytesOf(const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    std::error_code problem;
    if (!std::filesystem::is_regular_file(file, problem))
        return fail(ErrorCode::fileNotFound, "Cannot read " + shown + "; check the path.", shown);
    if (std::filesystem::file_size(file, problem) > largestFile)
        return fail(ErrorCode::fileFormat, shown + " is larger than any export of Patchlight.", shown);
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in || in.bad()) return fail(ErrorCode::fileNotReadable, "Cannot read " + shown + "; check the path.", shown);
    return bytes;
}

Error damaged(const std::filesystem::path& file, const std::string& reason) {
    return {ErrorCode::fileFormat, utf8Text(file) + " is damaged or not what its ending says (" + reason + ").",
            utf8Text(file)};
}

/// The text of the first element that `wanted` takes. errors: fileFormat (no XML up to there)
template <class Wanted>
Expected<std::string> xmlText(const std::filesystem::path& file, std::string_view bytes, Wanted&& wanted) {
    QXmlStreamReader reader(QByteArray::fromRawData(bytes.data(), qsizetype(bytes.size())));
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && wanted(reader))
            return reader.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
    }
    if (reader.hasError()) return fail(damaged(file, reader.errorString().toStdString()));
    return std::string{};
}

bool isRecipeElement(const QXmlStreamReader& reader) {
    return reader.name() == QLatin1String("recipe") &&
           reader.namespaceUri().startsWith(QLatin1String("urn:patchlight:"));
}

Expected<std::string> fromJson(const std::filesystem::path& file) {
    return bytesOf(file);
}

Expected<std::string> fromSvg(const std::filesystem::path& file) {
    return bytesOf(file).and_then([&](const std::string& bytes) { return xmlText(file, bytes, isRecipeElement); });
}

Expected<std::string> fromKml(const std::filesystem::path& file) {
    bool inside = false;
    return bytesOf(file).and_then([&](const std::string& bytes) {
        return xmlText(file, bytes, [&](const QXmlStreamReader& reader) {
            if (reader.name() == QLatin1String("Data"))
                inside = reader.attributes().value(QLatin1String("name")) == QLatin1String("patchlight_recipe");
            return inside && reader.name() == QLatin1String("value");
        });
    });
}

/// The member alone: a large file's geometries are read past.
Expected<std::string> fromGeoJson(const std::filesystem::path& file) {
    const auto bytes = bytesOf(file);
    if (!bytes) return fail(bytes.error());
    bool tooDeep = false;
    const auto others = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        tooDeep = tooDeep || depth > 64; // writing it again would recurse that far
        return !(depth == 1 && event == nlohmann::json::parse_event_t::key && value != "patchlight_recipe");
    };
    const auto object = nlohmann::json::parse(*bytes, others, false);
    if (object.is_discarded() || !object.is_object() || tooDeep)
        return fail(damaged(file, "it is no GeoJSON, or not all of it"));
    const auto recipe = object.find("patchlight_recipe");
    return recipe == object.end() ? std::string{} : recipe->dump();
}

Expected<std::string> fromPdf(const std::filesystem::path& file) {
    const auto bytes = bytesOf(file);
    if (!bytes) return fail(bytes.error());
    const auto texts = textsOfPdf(*bytes);
    if (!texts) return fail(damaged(file, texts.error().message));
    if (!texts->attachment.empty()) return texts->attachment;
    if (texts->metadata.empty()) return std::string{};
    return xmlText(file, texts->metadata, isRecipeElement);
}

Expected<std::string> fromOffice(const std::filesystem::path& file) {
    return gis::recipePartIn(file).and_then([&](const std::string& part) {
        return part.empty() ? Expected<std::string>{} : xmlText(file, part, isRecipeElement);
    });
}

struct Ending {
    std::string_view ending;
    Expected<std::string> (*read)(const std::filesystem::path&);
};
constexpr std::array<Ending, 12> endings{{{".json", fromJson},
                                          {".pdf", fromPdf},
                                          {".png", gis::recipeTextIn},
                                          {".svg", fromSvg},
                                          {".geojson", fromGeoJson},
                                          {".kml", fromKml},
                                          {".gpkg", gis::recipeTextIn},
                                          {".tif", gis::recipeTextIn},
                                          {".tiff", gis::recipeTextIn},
                                          {".xlsx", gis::recipeTextIn},
                                          {".docx", fromOffice},
                                          {".pptx", fromOffice}}};

} // namespace

Expected<Recipe> recipeIn(const std::filesystem::path& file) {
    const std::string shown = utf8Text(file), ending = foldedCase(utf8Text(file.extension()));
    const auto known =
        std::find_if(endings.begin(), endings.end(), [&](const Ending& one) { return one.ending == ending; });
    if (known == endings.end()) {
        std::vector<std::string> names;
        for (const Ending& one : endings) names.emplace_back(one.ending);
        return fail(ErrorCode::fileFormat,
                    shown + ": a recipe is read out of a file that ends in " + listed(names) + ".", shown);
    }
    const auto text = known->read(file);
    if (!text) return fail(text.error());
    if (text->empty())
        return fail(ErrorCode::fileFormat,
                    shown + " carries no Patchlight recipe: it was not made by Patchlight, or another program saved it "
                            "without.",
                    shown);
    auto recipe = recipeFromText(*text);
    if (!recipe) return fail(recipe.error().code, shown + ": " + recipe.error().message, shown);
    return recipe;
}

} // namespace patchlight::paint
