// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// ZIP archives, also those that workbooks are, looked at before anything in them is unpacked.
namespace patchlight::gis::detail {

struct ArchiveMember {
    std::string name;        ///< with its folders, '/' between
    std::uint64_t bytes = 0; ///< unpacked, as the archive says
};

/// How large an archive may become: real extracts pack ten to thirty times.
struct ArchiveLimits {
    std::uint64_t bytes = std::uint64_t{64} << 30;      ///< unpacked, all members together
    std::uint64_t ratioFrom = std::uint64_t{256} << 20; ///< below this size the ratio does not matter
    std::uint64_t ratio = 100;                          ///< unpacked to packed
};

/// The archive's folder in GDAL's file system.
[[nodiscard]] std::string archiveRoot(const std::string& path);
/// The files of an archive, in name order. `shown` is its name in messages.
/// errors: fileFormat (damaged, or it would unpack to more than the limits)
[[nodiscard]] Expected<std::vector<ArchiveMember>> listArchive(const std::string& path, const std::string& shown,
                                                               const ArchiveLimits& limits = {});
/// Unpacks members to nowhere: the archive's word on their size is not to be relied on, and what reads them next keeps
/// no count. Stops where one turns out longer than it says.
/// errors: fileFormat (damaged, longer or shorter than it says) cost: one pass over their bytes
[[nodiscard]] Expected<void> unpackOnTrial(const std::string& path, const std::string& shown,
                                           const std::vector<ArchiveMember>& members);

/// A member of an archive, unpacked into memory for as long as it lives: an archive in an archive is more than GDAL's
/// workbook drivers take.
class MemoryFile {
public:
    /// errors: fileNotReadable
    [[nodiscard]] static Expected<std::shared_ptr<const MemoryFile>> copyOf(const std::string& path,
                                                                            const std::string& shown);
    ~MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    [[nodiscard]] const std::string& path() const { return m_path; } ///< in GDAL's file system, with the file's ending

private:
    explicit MemoryFile(std::string path) : m_path{std::move(path)} {}
    std::string m_path;
};

} // namespace patchlight::gis::detail
