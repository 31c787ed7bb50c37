// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "gis/export/export.h"
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/layout.h"
#include "gis/layout/office/office.h"

#include <algorithm>
#include <array>

namespace patchlight::paint {

namespace {

using Writer = Expected<void> (*)(const OutputSource&, const std::filesystem::path&);

struct Ending {
    std::string_view ending;
    Writer write;
};

Expected<void> areas(const OutputSource& source, const std::filesystem::path& file) {
    return gis::writeAreas(source.result, source.recipe, source.crs, file);
}

constexpr std::array<Ending, 12> endings{{
    {".tif",
     [](const OutputSource& source, const std::filesystem::path& file) {
         return gis::writeSurface(source.result, source.recipe, source.crs, file);
     }},
    {".gpkg", areas},
    {".geojson", areas},
    {".kml", areas},
    {".csv", areas},
    {".xlsx", [](const OutputSource& source,
                 const std::filesystem::path& file) { return gis::writeTable(source.result, source.recipe, file); }},
    {".pdf", [](const OutputSource& source,
                const std::filesystem::path& file) { return writePdf(source.pages, source.recipe, file); }},
    {".png", [](const OutputSource& source,
                const std::filesystem::path& file) { return writePng(source.pages.front(), source.recipe, file); }},
    {".svg", [](const OutputSource& source,
                const std::filesystem::path& file) { return writeSvg(source.pages.front(), source.recipe, file); }},
    {".docx", [](const OutputSource& source,
                 const std::filesystem::path& file) { return writeDocx(source.pages, source.recipe, file); }},
    {".pptx", [](const OutputSource& source,
                 const std::filesystem::path& file) { return writePptx(source.pages, source.recipe, file); }},
    {".json", [](const OutputSource& source,
                 const std::filesystem::path& file) { return writeBytes(file, recipeText(source.recipe) + '\n'); }},
}};

std::string utf8(const std::filesystem::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

const Ending* endingOf(const std::filesystem::path& file) {
    const std::string ending = foldedCase(utf8(file.extension()));
    const auto found =
        std::find_if(endings.begin(), endings.end(), [&](const Ending& one) { return one.ending == ending; });
    return found == endings.end() ? nullptr : &*found;
}

} // namespace

bool isKnownOutput(const std::filesystem::path& file) {
    return endingOf(file) != nullptr;
}

Expected<std::vector<std::filesystem::path>> writeOutput(const OutputSource& source,
                                                         const std::filesystem::path& file) {
    if (const Ending* ending = endingOf(file)) {
        const std::size_t files = ending->ending == ".png" || ending->ending == ".svg" ? source.pages.size() : 1;
        std::vector<std::filesystem::path> written;
        for (std::size_t i = 0; i < files; ++i) {
            OutputSource one = source;
            if (files > 1) one.pages = source.pages.subspan(i, 1);
            written.push_back(pageFile(file, i + 1));
            if (auto done = ending->write(one, written.back()); !done) return fail(done.error());
        }
        return written;
    }
    std::vector<std::string> known;
    for (const Ending& one : endings) known.emplace_back(one.ending);
    const std::string given = file.has_extension() ? "the ending " + utf8(file.extension()) : std::string("no ending");
    return fail(ErrorCode::invalidParameter,
                "Cannot tell what to write to " + utf8(file) + " (" + given + "). Give it one of " + listed(known) +
                    ".",
                utf8(file));
}

} // namespace patchlight::paint
