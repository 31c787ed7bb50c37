// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/text_file.h"

#include <cerrno>
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <memory>
#include <system_error>

namespace patchlight::gis::detail {

namespace {

/// GDAL's messages of one call are read from its error state, not printed.
class QuietErrors {
public:
    QuietErrors() {
        CPLErrorReset();
        CPLPushErrorHandler(CPLQuietErrorHandler);
    }
    ~QuietErrors() { CPLPopErrorHandler(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
    [[nodiscard]] static std::string reason() {
        const std::string_view text = CPLGetLastErrorMsg();
        return text.empty() ? std::string{} : fmt::format(" ({})", text);
    }
};

/// An open file of GDAL's virtual file system: a plain file or a member of an archive.
class VirtualFile {
public:
    VirtualFile(std::string path, std::string name, std::uint64_t bytes)
        : m_path{std::move(path)}, m_name{std::move(name)}, m_bytes{bytes} {}
    ~VirtualFile() { rewind(); }
    VirtualFile(const VirtualFile&) = delete;
    VirtualFile& operator=(const VirtualFile&) = delete;

    /// Opens at the first read and closes at the end, so that a folder of months does not hold them all open.
    Expected<std::size_t> read(std::span<char> into) {
        const QuietErrors quiet;
        if (m_ended) return std::size_t{0};
        if (!m_file) {
            errno = 0;
            m_file = VSIFOpenL(m_path.c_str(), "rb");
            if (!m_file)
                return fail(ErrorCode::fileNotReadable,
                            fmt::format("{} cannot be opened{}; check that it is there and that you may read it.",
                                        m_name,
                                        errno != 0 ? fmt::format(" ({})", std::generic_category().message(errno))
                                                   : QuietErrors::reason()),
                            m_name);
        }
        const std::size_t got = VSIFReadL(into.data(), 1, into.size(), m_file);
        m_read += got;
        if (got > 0 && m_read <= m_bytes) return got;
        const std::uint64_t read = m_read;
        close();
        m_ended = true;
        if (read > m_bytes)
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} is damaged: it holds more than the {} bytes that were said; fetch the file "
                                    "again.",
                                    m_name, m_bytes),
                        m_name);
        if (read != m_bytes)
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} is damaged: {} of {} bytes could be read{}; fetch the file again.", m_name,
                                    read, m_bytes, QuietErrors::reason()),
                        m_name);
        return std::size_t{0};
    }
    void rewind() {
        close();
        m_ended = false;
    }

private:
    void close() {
        if (m_file) VSIFCloseL(m_file);
        m_file = nullptr;
        m_read = 0;
    }

    std::string m_path, m_name;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_read = 0;
    VSILFILE* m_file = nullptr;
    bool m_ended = false;
};

} // namespace

Expected<ExtractSource> textSource(const std::string& path, const std::string& name) {
    VSIStatBufL status{};
    const QuietErrors quiet;
    if (VSIStatExL(path.c_str(), &status, VSI_STAT_EXISTS_FLAG | VSI_STAT_SIZE_FLAG) != 0)
        return fail(ErrorCode::fileNotReadable, fmt::format("{} cannot be read{}.", name, QuietErrors::reason()), name);
    const auto bytes = static_cast<std::uint64_t>(status.st_size);
    auto file = std::make_shared<VirtualFile>(path, name, bytes);
    return ExtractSource{.name = name,
                         .bytes = bytes,
                         .read = [file](std::span<char> into) { return file->read(into); },
                         .rewind = [file]() -> Expected<void> {
                             file->rewind();
                             return {};
                         }};
}

} // namespace patchlight::gis::detail
