// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/recipe_text.h"

#include "core/base/paths.h"
#include "core/base/text.h"
#include "gis/detail/gdal.h"
#include "gis/sources/detail/archive.h"

#include <algorithm>
#include <array>
#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <fstream>

namespace patchlight::gis {

namespace {

constexpr std::uint64_t longestPart = 16'000'000;

Expected<void> isFile(const std::filesystem::path& file) {
    std::error_code problem;
    if (std::filesystem::is_regular_file(file, problem)) return {};
    return fail(ErrorCode::fileNotFound, fmt::format("Cannot read {}; check the path.", utf8Text(file)),
                utf8Text(file));
}

/// At most as much as the archive says there is.
std::string memberText(const std::string& path, const detail::ArchiveMember& member) {
    const detail::GdalMessages messages;
    const detail::Owner<VSIFCloseL, VSILFILE*> part{
        VSIFOpenL((detail::archiveRoot(path) + "/" + member.name).c_str(), "rb")};
    std::string text(static_cast<std::size_t>(member.bytes), '\0');
    text.resize(part ? VSIFReadL(text.data(), 1, text.size(), part.get()) : 0);
    return text;
}

Expected<std::string> fromMetadata(const std::filesystem::path& file, detail::FileKind kind) {
    const auto dataset = detail::openFile(file, kind);
    if (!dataset) return fail(dataset.error());
    const detail::GdalMessages messages;
    const char* text = GDALGetMetadataItem(dataset->get(), "PATCHLIGHT_RECIPE", nullptr);
    return std::string(text == nullptr ? "" : text);
}

/// The cells beside "Recipe (JSON)": a long recipe goes on in the rows below, whose first cell is empty.
std::string fromSheet(OGRLayerH sheet) {
    std::string text;
    bool found = false;
    OGR_L_ResetReading(sheet);
    if (OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(sheet)) < 2) return text;
    while (const detail::FeatureHandle row{OGR_L_GetNextFeature(sheet)}) {
        const std::string_view key = OGR_F_GetFieldAsString(row.get(), 0);
        if (found && !key.empty()) break;
        found = found || key == "Recipe (JSON)";
        if (found) text += OGR_F_GetFieldAsString(row.get(), 1);
    }
    return text;
}

/// What a compressed text unpacks to, if that is no longer than a recipe can be.
std::string inflated(std::string_view packed) {
    std::string text(longestPart, '\0');
    std::size_t length = 0;
    const detail::GdalMessages messages;
    const bool whole = CPLZLibInflate(packed.data(), packed.size(), text.data(), text.size(), &length) != nullptr;
    text.resize(whole ? length : 0);
    return text;
}

std::string utf8OfLatin1(std::string_view text) {
    std::string utf8;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code >= 0x80) utf8 += static_cast<char>(0xC0 | (code >> 6));
        utf8 += code >= 0x80 ? static_cast<char>(0x80 | (code & 0x3F)) : c;
    }
    return utf8;
}

/// Takes from the front of `rest` what stands before the next zero byte, and that byte.
std::string_view upToZero(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    const std::string_view text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return text;
}

/// The text of a PNG's text chunk with our key; empty of another.
std::string textOfChunk(std::string_view type, std::string_view chunk) {
    if (upToZero(chunk) != "Patchlight recipe" || chunk.size() < 2) return {};
    if (type == "tEXt") return utf8OfLatin1(chunk);
    if (type == "zTXt") return utf8OfLatin1(inflated(chunk.substr(1)));
    const bool packed = chunk[0] != 0; // iTXt: flag, method, language, translated key
    chunk.remove_prefix(2);
    upToZero(chunk), upToZero(chunk);
    return packed ? inflated(chunk) : std::string(chunk);
}

/// Text chunks alone are read; the pixels are not unpacked.
Expected<std::string> fromPng(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 8> head{};
    constexpr std::string_view signature("\x89PNG\r\n\x1a\n", 8);
    const auto damaged = [&](const char* reason) {
        return fail(ErrorCode::fileFormat, fmt::format("{} is damaged or no PNG picture ({}).", utf8Text(file), reason),
                    utf8Text(file));
    };
    if (!in.read(head.data(), 8) || std::string_view(head.data(), 8) != signature)
        return damaged("it does not begin as one");
    while (in.read(head.data(), 8)) {
        std::uint64_t length = 0;
        for (int i = 0; i < 4; ++i)
            length = length << 8 | static_cast<unsigned char>(head[static_cast<std::size_t>(i)]);
        const std::string type(head.data() + 4, 4);
        if (type == "IEND") return std::string{};
        const bool text = type == "tEXt" || type == "zTXt" || type == "iTXt";
        if (!text || length > longestPart) {
            in.seekg(static_cast<std::streamoff>(length + 4), std::ios::cur);
            continue;
        }
        std::string chunk(length, '\0');
        if (!in.read(chunk.data(), static_cast<std::streamsize>(length)) || !in.read(head.data(), 4)) break;
        if (auto recipe = textOfChunk(type, chunk); !recipe.empty()) return recipe;
    }
    return damaged("it ends too early");
}

Expected<std::string> fromWorkbook(const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    const std::string path = utf8Text(absolutePath(file));
    const auto members = detail::listArchive(path, shown);
    if (!members) return fail(members.error());
    if (auto sound = detail::unpackOnTrial(path, shown, *members); !sound) return fail(sound.error());
    const auto book = detail::openAs(path, shown, "XLSX");
    if (!book) return fail(book.error());
    const detail::GdalMessages messages;
    const OGRLayerH sheet = GDALDatasetGetLayerByName(book->get(), "How this was made");
    return sheet == nullptr ? std::string{} : fromSheet(sheet);
}

} // namespace

Expected<std::string> recipePartIn(const std::filesystem::path& file) {
    detail::registerDrivers();
    if (auto there = isFile(file); !there) return fail(there.error());
    const std::string shown = utf8Text(file);
    const std::string path = utf8Text(absolutePath(file));
    const auto members = detail::listArchive(path, shown);
    if (!members) return fail(members.error());
    for (const detail::ArchiveMember& member : *members) {
        if (!member.name.starts_with("customXml/item") || member.bytes > longestPart) continue;
        auto text = memberText(path, member);
        if (text.find("urn:patchlight:recipe") != std::string::npos && text.find("<recipe") != std::string::npos)
            return text;
    }
    return std::string{};
}

Expected<std::string> recipeTextIn(const std::filesystem::path& file) {
    detail::registerDrivers();
    if (auto there = isFile(file); !there) return fail(there.error());
    const std::string ending = foldedCase(utf8Text(file.extension()));
    if (ending == ".xlsx") return fromWorkbook(file);
    if (ending == ".png") return fromPng(file);
    return fromMetadata(file, ending == ".gpkg" ? detail::FileKind::vector : detail::FileKind::raster);
}

} // namespace patchlight::gis
