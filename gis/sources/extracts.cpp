// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/detail/gdal.h"
#include "gis/sources/detail/archive.h"
#include "gis/sources/detail/layer_extracts.h"
#include "gis/sources/detail/text_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <system_error>

namespace patchlight::gis {

namespace fs = std::filesystem;

namespace {

using detail::ArchiveMember;
using detail::Format;
using detail::Reader;

std::string lastPart(const std::string& name) {
    return name.substr(name.find_last_of('/') + 1);
}

/// Tables in a folder or archive. A .txt is taken only where it is named itself: beside extracts it is more often a
/// licence or a readme.
bool isTable(const std::string& name) {
    const std::string folded = foldedCase(name);
    return folded.ends_with(".csv") || folded.ends_with(".tsv") || folded.ends_with(".tab") ||
           detail::formatOf(folded).reader == Reader::sheets;
}

/// A .json is as often something else.
bool isLayerFile(const std::string& name) {
    const Format& format = detail::formatOf(name);
    return format.reader == Reader::layers && format.ending != ".json";
}

bool isHidden(const std::string& name) {
    return lastPart(name).starts_with('.') || name.find("__MACOSX/") != name.npos ||
           lastPart(name).starts_with("~$"); // Excel's lock file
}

/// What data.police.uk puts beside the street-level files.
bool isOtherPoliceTable(const std::string& name) {
    const std::string folded = foldedCase(name);
    return folded.ends_with("-outcomes.csv") || folded.ends_with("-stop-and-search.csv");
}

/// A folder or an archive, with the files in it.
struct Container {
    std::string path;    ///< in GDAL's file system
    std::string shown;   ///< in messages
    std::string prefix;  ///< of the names of its files as stored
    std::string archive; ///< path of the archive, if it is one
    std::vector<ArchiveMember> files;
};

/// The members that belong to a layer file: a Shapefile's companions, all that lies in a .gdb folder.
std::vector<ArchiveMember> companions(const Container& container, const std::string& name) {
    const bool shapefile = foldedCase(name).ends_with(".shp");
    const std::string start = shapefile ? name.substr(0, name.size() - 3) : name;
    std::vector<ArchiveMember> members;
    for (const ArchiveMember& member : container.files)
        if (member.name.starts_with(start)) members.push_back(member);
    return members;
}

Expected<void> refuseChoice(const std::string& shown, const std::string& chosen) {
    if (chosen.empty()) return {};
    return fail(ErrorCode::invalidParameter,
                fmt::format("{} has no layers to choose \"{}\" from; leave the choice out.", shown, chosen), chosen);
}

Expected<void> addText(const std::string& path, const std::string& shown, const std::string& name,
                       const std::string& chosen, Extracts& extracts) {
    if (auto fine = refuseChoice(shown, chosen); !fine) return fine;
    auto source = detail::textSource(path, name);
    if (!source) return fail(source.error());
    if (auto fine = detail::checkContent(path, shown, detail::formatOf(".csv")); !fine) return fine;
    extracts.sources.push_back(std::move(*source));
    return {};
}

Expected<void> addMember(const Container& container, const ArchiveMember& file, const std::string& chosen,
                         Extracts& extracts) {
    const std::string path = container.path + "/" + file.name, name = container.prefix + file.name;
    const Format& format = detail::formatOf(file.name);
    if (format.reader == Reader::text) return addText(path, name, name, chosen, extracts);
    detail::LayerFile layers{path, name, name, file.bytes, {}};
    if (!container.archive.empty()) {
        if (auto whole = detail::unpackOnTrial(container.archive, container.shown, companions(container, file.name));
            !whole)
            return whole;
        if (format.reader == Reader::sheets) {
            auto copy = detail::MemoryFile::copyOf(path, name);
            if (!copy) return fail(copy.error());
            layers.path = (*copy)->path();
            layers.memory = *copy;
        }
    }
    return detail::addLayerFile(layers, format, chosen, extracts);
}

/// Adds the tables, or where there are none the layer files; others of the two kinds are skipped by name.
Expected<void> addMembers(const Container& container, const std::string& chosen, Extracts& extracts) {
    const auto& files = container.files;
    const auto wanted = [](const ArchiveMember& file) { return !isHidden(file.name) && isTable(file.name); };
    const bool tables = std::any_of(files.begin(), files.end(), wanted);
    std::size_t taken = 0;
    for (const ArchiveMember& file : files) {
        if (isHidden(file.name) || !(isTable(file.name) || isLayerFile(file.name))) continue;
        if (isOtherPoliceTable(file.name) || (tables && !isTable(file.name))) {
            extracts.skipped.push_back(container.prefix + file.name);
            continue;
        }
        if (auto added = addMember(container, file, chosen, extracts); !added) return added;
        ++taken;
    }
    if (taken > 0) return {};
    return fail(ErrorCode::emptyInput,
                fmt::format("{} holds no extracts (.csv, .tsv, .tab, .xlsx, .ods, .shp, .gpkg, .geojson, .fgb, .kml or "
                            ".gdb); choose another folder or ZIP.",
                            container.shown),
                container.shown);
}

/// Links are not followed: they may lead out of the folder, or to a file that is there already.
Expected<void> addFolder(const fs::path& folder, const std::string& chosen, Extracts& extracts) {
    Container container{.path = utf8Text(folder), .shown = utf8Text(folder), .prefix = {}, .archive = {}, .files = {}};
    std::error_code problem;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, problem);
    for (; !problem && at != fs::recursive_directory_iterator{}; at.increment(problem)) {
        std::error_code ignored;
        const std::u8string relative = at->path().lexically_relative(folder).generic_u8string();
        std::string name(relative.begin(), relative.end());
        if (at->is_symlink(ignored)) {
            if (isTable(name) || isLayerFile(name)) extracts.skipped.push_back(name);
            continue;
        }
        const bool database = at->is_directory(ignored) && foldedCase(name).ends_with(".gdb");
        if (database) at.disable_recursion_pending();
        if (!database && !at->is_regular_file(ignored)) continue;
        container.files.push_back({std::move(name), database ? 0 : at->file_size(ignored)});
    }
    if (problem)
        return fail(ErrorCode::fileNotReadable,
                    fmt::format("The folder {} cannot be read ({}).", container.shown, problem.message()),
                    container.shown);
    std::sort(container.files.begin(), container.files.end(),
              [](const ArchiveMember& a, const ArchiveMember& b) { return a.name < b.name; });
    return addMembers(container, chosen, extracts);
}

Expected<void> addArchive(const fs::path& file, const std::string& chosen, Extracts& extracts) {
    const std::string path = utf8Text(file);
    Container container{.path = detail::archiveRoot(path),
                        .shown = path,
                        .prefix = utf8Text(file.filename()) + "/",
                        .archive = path,
                        .files = {}};
    auto members = detail::listArchive(path, path);
    if (!members) return fail(members.error());
    std::string database;
    for (ArchiveMember& member : *members) { // a .gdb folder stands for the files in it
        const std::size_t inside = foldedCase(member.name).find(".gdb/");
        if (inside != std::string::npos && member.name.compare(0, inside + 4, database) != 0) {
            database = member.name.substr(0, inside + 4);
            container.files.push_back({database, member.bytes});
        }
        if (inside == std::string::npos || !isTable(member.name)) container.files.push_back(std::move(member));
    }
    return addMembers(container, chosen, extracts);
}

Expected<void> add(const fs::path& input, const std::string& chosen, Extracts& extracts) {
    const std::string shown = utf8Text(input), name = utf8Text(input.filename());
    std::error_code problem;
    const fs::file_status status = fs::status(input, problem);
    if (!fs::exists(status))
        return fail(ErrorCode::fileNotFound, fmt::format("{} does not exist; check the name.", shown), shown);
    const Format& format = detail::formatOf(shown);
    if (format.ending == ".gdb" && fs::is_directory(status))
        return detail::addLayerFile({shown, shown, name, 0, {}}, format, chosen, extracts);
    if (fs::is_directory(status)) return addFolder(input, chosen, extracts);
    if (shown.starts_with("/vsi"))
        return fail(ErrorCode::fileNotReadable,
                    fmt::format("{} is not an ordinary file; choose a file on disk.", shown), shown);
    if (format.reader == Reader::archive) return addArchive(input, chosen, extracts);
    if (format.reader == Reader::text) return addText(shown, shown, name, chosen, extracts);
    std::error_code ignored;
    const auto bytes = fs::file_size(input, ignored);
    return detail::addLayerFile({shown, shown, name, ignored ? 0 : bytes, {}}, format, chosen, extracts);
}

} // namespace

Expected<Extracts> openExtracts(const std::vector<fs::path>& inputs, const std::string& sourceLayer) {
    detail::registerDrivers();
    Extracts extracts;
    for (const fs::path& input : inputs)
        if (auto added = add(input, sourceLayer, extracts); !added) return fail(added.error());
    return extracts;
}

} // namespace patchlight::gis
