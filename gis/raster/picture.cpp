// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/raster/raster.h"

#include "gis/detail/gdal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <gdal_alg.h>
#include <gdal_utils.h>

namespace patchlight::gis {

namespace {

using TransformerHandle = detail::Owner<GDALDestroyGenImgProjTransformer, void*>;
constexpr std::size_t mostPixels = 100'000'000;

Error cannotRead(const std::string& shown, const std::string& reason) {
    return {ErrorCode::fileFormat, fmt::format("{} cannot be shown ({}). Fetch or save the file again.", shown, reason),
            shown};
}

/// A raster that says where it lies. errors: as openFile; fileFormat (no place), unusableCrs (no CRS)
Expected<detail::DatasetHandle> openPlaced(const std::filesystem::path& file) {
    auto dataset = detail::openFile(file, detail::FileKind::raster);
    if (!dataset) return dataset;
    const std::string shown = utf8Text(file);
    if (GDALGetRasterCount(dataset->get()) == 0)
        return fail(ErrorCode::fileFormat, fmt::format("{} holds no picture. Choose a GeoTIFF or MBTiles file.", shown),
                    shown);
    std::array<double, 6> transform{};
    const bool placed = GDALGetGeoTransform(dataset->get(), transform.data()) == CE_None;
    if (!placed && GDALGetGCPCount(dataset->get()) == 0)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} does not say where it lies. Give it a world file or save it as a GeoTIFF.", shown),
                    shown);
    if (GDALGetSpatialRef(dataset->get()) == nullptr && GDALGetGCPSpatialRef(dataset->get()) == nullptr)
        return fail(
            ErrorCode::unusableCrs,
            fmt::format("{} does not say which coordinate reference system it is in. Save it as a GeoTIFF with one.",
                        shown),
            shown);
    return dataset;
}

/// Where it lies in the target CRS.
Expected<Box> boxIn(GDALDatasetH dataset, int targetEpsg, const std::string& shown) {
    const detail::GdalMessages messages;
    const std::string target = fmt::format("DST_SRS=EPSG:{}", targetEpsg);
    const std::array<const char*, 2> options{target.c_str(), nullptr};
    const TransformerHandle transformer{
        GDALCreateGenImgProjTransformer2(dataset, nullptr, const_cast<char**>(options.data()))};
    std::array<double, 6> transform{};
    std::array<double, 4> extent{}; // west, south, east, north
    int columns = 0, rows = 0;
    if (!transformer || GDALSuggestedWarpOutput2(dataset, GDALGenImgProjTransform, transformer.get(), transform.data(),
                                                 &columns, &rows, extent.data(), 0) != CE_None)
        return fail(ErrorCode::unusableCrs,
                    fmt::format("{} cannot be brought into EPSG:{} ({}). Choose a picture of this region.", shown,
                                targetEpsg, messages.text()),
                    shown);
    return Box{extent[0], extent[1], extent[2], extent[3]};
}

/// The box at width x height pixels, in memory; the last band is alpha.
Expected<detail::DatasetHandle> warped(GDALDatasetH dataset, int targetEpsg, const Box& box, std::size_t width,
                                       std::size_t height, bool palette, const std::string& shown) {
    std::vector<std::string> arguments{"-of", "MEM", "-t_srs", fmt::format("EPSG:{}", targetEpsg), "-te",
                                       fmt::format("{:.17g}", box.west), fmt::format("{:.17g}", box.south),
                                       fmt::format("{:.17g}", box.east), fmt::format("{:.17g}", box.north), "-ts",
                                       std::to_string(width), std::to_string(height), "-dstalpha", "-ovr", "AUTO", "-r",
                                       // Codes of a palette cannot be mixed.
                                       palette ? "near" : "bilinear"};
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const detail::GdalMessages messages;
    const detail::Owner<GDALWarpAppOptionsFree, GDALWarpAppOptions*> options{
        GDALWarpAppOptionsNew(pointers.data(), nullptr)};
    if (!options) return fail(cannotRead(shown, messages.text()));
    std::array<GDALDatasetH, 1> sources{dataset};
    int usage = 0;
    detail::DatasetHandle picture{GDALWarp("", nullptr, 1, sources.data(), options.get(), &usage)};
    // A damaged block is a failure even where the rest could be warped.
    if (!picture || messages.failed()) return fail(cannotRead(shown, messages.text()));
    return picture;
}

/// How a band's numbers become 0 to 255: bytes stay, others are stretched from their least to their greatest.
struct Stretch {
    double least = 0.0, factor = 1.0;
};
Stretch stretchOf(GDALRasterBandH band) {
    if (GDALGetRasterDataType(band) == GDT_Byte) return {};
    const detail::GdalMessages messages;
    std::array<double, 2> range{0.0, 255.0};
    GDALComputeRasterMinMax(band, TRUE, range.data());
    const double span = range[1] - range[0];
    return {range[0], span > 0.0 && std::isfinite(span) ? 255.0 / span : 1.0};
}

class PictureReader {
public:
    PictureReader(GDALDatasetH picture, std::string shown) : m_picture{picture}, m_shown{std::move(shown)} {
        m_width = GDALGetRasterXSize(picture);
        m_height = GDALGetRasterYSize(picture);
    }
    [[nodiscard]] Expected<std::vector<std::uint8_t>> bytes(int band, Stretch stretch) const {
        const std::size_t pixels = static_cast<std::size_t>(m_width) * static_cast<std::size_t>(m_height);
        std::vector<std::uint8_t> values(pixels);
        GDALRasterBandH handle = GDALGetRasterBand(m_picture, band);
        const detail::GdalMessages messages;
        if (GDALGetRasterDataType(handle) == GDT_Byte) {
            if (GDALRasterIO(handle, GF_Read, 0, 0, m_width, m_height, values.data(), m_width, m_height, GDT_Byte, 0,
                             0) != CE_None)
                return fail(cannotRead(m_shown, messages.text()));
            return values;
        }
        std::vector<double> numbers(pixels);
        if (GDALRasterIO(handle, GF_Read, 0, 0, m_width, m_height, numbers.data(), m_width, m_height, GDT_Float64, 0,
                         0) != CE_None)
            return fail(cannotRead(m_shown, messages.text()));
        for (std::size_t i = 0; i < pixels; ++i) {
            const double value = (numbers[i] - stretch.least) * stretch.factor;
            values[i] = std::isfinite(value) ? static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5) : 0;
        }
        return values;
    }

private:
    GDALDatasetH m_picture;
    std::string m_shown;
    int m_width = 0, m_height = 0;
};

std::uint32_t premultiplied(std::uint32_t red, std::uint32_t green, std::uint32_t blue, std::uint32_t alpha) {
    const auto scaled = [&](std::uint32_t value) { return (value * alpha + 127) / 255; };
    return (alpha << 24) | (scaled(red) << 16) | (scaled(green) << 8) | scaled(blue);
}

/// What the warp writes as full alpha: the greatest value of 16-bit integers, 255 otherwise.
double opaqueValue(GDALDataType type) {
    if (type == GDT_UInt16) return 65535.0;
    return type == GDT_Int16 ? 32767.0 : 255.0;
}

/// Which bands are colours: three for RGB, one for grey and palettes; the warp's own alpha comes last.
std::vector<int> colourBands(GDALDatasetH source) {
    std::vector<int> colours;
    for (int band = 1; band <= GDALGetRasterCount(source) && colours.size() < 3; ++band)
        if (GDALGetRasterColorInterpretation(GDALGetRasterBand(source, band)) != GCI_AlphaBand) colours.push_back(band);
    if (colours.size() == 2) colours.pop_back();
    return colours;
}

} // namespace

Expected<RasterInfo> describeRaster(const std::filesystem::path& file, int targetEpsg) {
    const auto dataset = openPlaced(file);
    if (!dataset) return fail(dataset.error());
    const auto box = boxIn(dataset->get(), targetEpsg, utf8Text(file));
    if (!box) return fail(box.error());
    return RasterInfo{*box, GDALGetRasterCount(dataset->get())};
}

Expected<RasterPicture> readPicture(const std::filesystem::path& file, int targetEpsg, const Box& box,
                                    std::size_t width, std::size_t height) {
    const std::string shown = utf8Text(file);
    if (width == 0 || height == 0 || width > mostPixels / height || !(box.width() > 0.0) || !(box.height() > 0.0))
        return fail(ErrorCode::invalidParameter,
                    fmt::format("A picture of {} by {} pixels cannot be made of {}. Choose another size.", width,
                                height, shown),
                    shown);
    const auto dataset = openPlaced(file);
    if (!dataset) return fail(dataset.error());
    const auto whole = boxIn(dataset->get(), targetEpsg, shown);
    if (!whole) return fail(whole.error());
    RasterPicture result{width, height, box, std::vector<std::uint32_t>(width * height, 0)};
    if (!whole->intersects(box)) return result;

    const std::vector<int> colours = colourBands(dataset->get());
    if (colours.empty()) return fail(cannotRead(shown, "it has no colours"));
    GDALRasterBandH first = GDALGetRasterBand(dataset->get(), colours.front());
    GDALColorTableH palette =
        colours.size() == 1 && GDALGetRasterDataType(first) == GDT_Byte ? GDALGetRasterColorTable(first) : nullptr;
    const auto picture = warped(dataset->get(), targetEpsg, box, width, height, palette != nullptr, shown);
    if (!picture) return fail(picture.error());

    const PictureReader reader(picture->get(), shown);
    std::vector<std::vector<std::uint8_t>> channels;
    for (const int band : colours) {
        auto channel = reader.bytes(band, stretchOf(GDALGetRasterBand(dataset->get(), band)));
        if (!channel) return fail(channel.error());
        channels.push_back(std::move(*channel));
    }
    const int alphaBand = GDALGetRasterCount(picture->get());
    const double opaque = opaqueValue(GDALGetRasterDataType(GDALGetRasterBand(picture->get(), alphaBand)));
    const auto alpha = reader.bytes(alphaBand, {0.0, 255.0 / opaque});
    if (!alpha) return fail(alpha.error());
    for (std::size_t i = 0; i < result.argb.size(); ++i) {
        if (palette != nullptr) {
            GDALColorEntry entry{};
            if (GDALGetColorEntryAsRGB(palette, channels[0][i], &entry) == 0) continue;
            const auto opacity = static_cast<std::uint32_t>(entry.c4) * (*alpha)[i] / 255;
            result.argb[i] = premultiplied(static_cast<std::uint32_t>(entry.c1), static_cast<std::uint32_t>(entry.c2),
                                           static_cast<std::uint32_t>(entry.c3), opacity);
            continue;
        }
        const auto& green = channels.size() == 3 ? channels[1] : channels[0];
        const auto& blue = channels.size() == 3 ? channels[2] : channels[0];
        result.argb[i] = premultiplied(channels[0][i], green[i], blue[i], (*alpha)[i]);
    }
    return result;
}

} // namespace patchlight::gis
