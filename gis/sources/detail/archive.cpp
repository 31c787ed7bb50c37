// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/archive.h"

#include "gis/detail/gdal.h"

#include <algorithm>
#include <atomic>
#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

using DirectoryHandle = Owner<VSICloseDir, VSIDIR*>;

std::string readableSize(std::uint64_t bytes) {
    static constexpr std::array units{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1000.0 && unit + 1 < units.size(); ++unit) value /= 1000.0;
    return unit == 0 ? fmt::format("{} bytes", bytes)
                     : fmt::format("{:.{}f} {}", value, value < 10.0 ? 1 : 0, units[unit]);
}

Expected<void> within(std::uint64_t unpacked, std::uint64_t packed, const std::string& shown,
                      const ArchiveLimits& limits) {
    const bool tooTight = unpacked > limits.ratioFrom && unpacked / limits.ratio > packed;
    if (unpacked <= limits.bytes && !tooTight) return {};
    return fail(ErrorCode::fileFormat,
                fmt::format("{} would unpack to {} from {}, which no honest extract does; if you trust it, unpack it "
                            "yourself and choose the files in it.",
                            shown, readableSize(unpacked), readableSize(packed)),
                shown);
}

} // namespace

std::string archiveRoot(const std::string& path) {
    return "/vsizip/{" + path + "}";
}

Expected<std::vector<ArchiveMember>> listArchive(const std::string& path, const std::string& shown,
                                                 const ArchiveLimits& limits) {
    const GdalMessages messages;
    VSIStatBufL status{};
    const DirectoryHandle directory{VSIOpenDir(archiveRoot(path).c_str(), -1, nullptr)};
    if (!directory || VSIStatL(path.c_str(), &status) != 0)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is not a ZIP that can be read ({}): it is damaged or was not fetched to its end; "
                                "fetch it again.",
                                shown, messages.text("it cannot be listed")),
                    shown);
    std::vector<ArchiveMember> members;
    std::uint64_t unpacked = 0;
    while (const VSIDIREntry* entry = VSIGetNextDirEntry(directory.get())) {
        if (VSI_ISDIR(entry->nMode)) continue;
        const auto bytes = static_cast<std::uint64_t>(entry->nSize);
        unpacked = unpacked + bytes < unpacked ? ~std::uint64_t{0} : unpacked + bytes;
        members.push_back({entry->pszName, bytes});
    }
    if (auto fine = within(unpacked, static_cast<std::uint64_t>(status.st_size), shown, limits); !fine)
        return fail(fine.error());
    std::sort(members.begin(), members.end(),
              [](const ArchiveMember& a, const ArchiveMember& b) { return a.name < b.name; });
    return members;
}

Expected<void> unpackOnTrial(const std::string& path, const std::string& shown,
                             const std::vector<ArchiveMember>& members) {
    std::vector<char> buffer(std::size_t{1} << 18);
    for (const ArchiveMember& member : members) {
        const GdalMessages messages;
        const Owner<VSIFCloseL, VSILFILE*> file{VSIFOpenL((archiveRoot(path) + "/" + member.name).c_str(), "rb")};
        std::uint64_t read = 0;
        for (std::size_t got = 1; file && got > 0 && read <= member.bytes; read += got)
            got = VSIFReadL(buffer.data(), 1, buffer.size(), file.get());
        if (file && read == member.bytes && !messages.failed()) continue;
        const std::string reason =
            read > member.bytes
                ? fmt::format("it holds more than the {} that the archive says", readableSize(member.bytes))
                : fmt::format("{} of {} bytes could be unpacked ({})", read, member.bytes, messages.text());
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} in {} is damaged: {}; fetch or save the file again.", member.name, shown, reason),
                    shown);
    }
    return {};
}

Expected<std::shared_ptr<const MemoryFile>> MemoryFile::copyOf(const std::string& path, const std::string& shown) {
    static std::atomic<unsigned> number{0};
    const std::string to = fmt::format("/vsimem/patchlight-{}/{}", number++, path.substr(path.find_last_of('/') + 1));
    const GdalMessages messages;
    std::shared_ptr<const MemoryFile> file(new MemoryFile(to));
    if (CPLCopyFile(to.c_str(), path.c_str()) == 0) return file;
    return fail(ErrorCode::fileNotReadable,
                fmt::format("{} cannot be unpacked ({}); unpack it yourself and choose it.", shown, messages.text()),
                shown);
}

MemoryFile::~MemoryFile() {
    VSIUnlink(m_path.c_str());
}

} // namespace patchlight::gis::detail
