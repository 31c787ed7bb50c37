// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/zip.h"

#include "gis/detail/gdal.h"

#include <atomic>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace patchlight::gis {

namespace {

unsigned numberAt(const std::string& bytes, std::size_t at, std::size_t width) {
    unsigned value = 0;
    for (std::size_t i = width; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// Puts 1980-01-01 00:00 into all headers: GDAL 3.6 leaves a month and a day 0 there, later versions the clock's time.
/// False where the archive is not laid out as expected.
bool stamp(std::string& zip) {
    constexpr std::size_t endLength = 22, entryLength = 46;
    const auto set = [&](std::size_t at) { zip.replace(at, 4, std::string("\0\0\x21\0", 4)); };
    if (zip.size() < endLength || numberAt(zip, zip.size() - endLength, 4) != 0x06054b50) return false;
    const std::size_t entries = numberAt(zip, zip.size() - endLength + 10, 2);
    std::size_t at = numberAt(zip, zip.size() - endLength + 16, 4);
    for (std::size_t i = 0; i < entries; ++i) {
        if (at + entryLength > zip.size() || numberAt(zip, at, 4) != 0x02014b50) return false;
        const std::size_t local = numberAt(zip, at + 42, 4);
        if (local + 30 > zip.size() || numberAt(zip, local, 4) != 0x04034b50) return false;
        set(at + 12);
        set(local + 10);
        at += entryLength + numberAt(zip, at + 28, 2) + numberAt(zip, at + 30, 2) + numberAt(zip, at + 32, 2);
    }
    return true;
}

/// A file in GDAL's memory that goes with it.
class MemoryFile {
public:
    MemoryFile() : m_name{fmt::format("/vsimem/patchlight_zip_{}.zip", s_number++)} {}
    ~MemoryFile() { VSIUnlink(m_name.c_str()); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    [[nodiscard]] const char* name() const { return m_name.c_str(); }
    [[nodiscard]] std::string bytes() const {
        vsi_l_offset length = 0;
        const GByte* const buffer = VSIGetMemFileBuffer(m_name.c_str(), &length, FALSE);
        return buffer ? std::string(reinterpret_cast<const char*>(buffer), length) : std::string();
    }

private:
    static inline std::atomic<unsigned> s_number{0};
    std::string m_name;
};

} // namespace

Expected<std::string> zipped(std::span<const ZipPart> parts) {
    const MemoryFile file;
    const detail::GdalMessages messages;
    void* const zip = CPLCreateZip(file.name(), nullptr);
    bool written = zip != nullptr;
    // 1980-01-01 in seconds since 1970; versions before 3.7 do not know the option.
    CPLStringList options;
    options.SetNameValue("TIMESTAMP", "315532800");
    for (const ZipPart& part : parts) {
        if (!written) break;
        written = CPLCreateFileInZip(zip, part.name.c_str(), options.List()) == CE_None &&
                  CPLWriteFileInZip(zip, part.bytes.data(), static_cast<int>(part.bytes.size())) == CE_None &&
                  CPLCloseFileInZip(zip) == CE_None;
    }
    if (zip && CPLCloseZip(zip) != CE_None) written = false;
    std::string bytes = written ? file.bytes() : std::string();
    if (written && stamp(bytes)) return bytes;
    return fail(ErrorCode::fileNotWritable, "The document could not be packed: " + messages.text() + '.');
}

} // namespace patchlight::gis
