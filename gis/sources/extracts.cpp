// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/sources/sources.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace patchlight::gis {

namespace fs = std::filesystem;

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
        if (got > 0) return got;
        const std::uint64_t read = m_read;
        close();
        m_ended = true;
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

Expected<ExtractSource> sourceOf(const std::string& path, const std::string& name) {
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

std::string lastPart(const std::string& name) {
    return name.substr(name.find_last_of('/') + 1);
}

/// Files in a folder or archive that are taken for tables. A .txt is taken only where it is named itself: beside
/// extracts it is more often a licence or a readme.
bool isTable(const std::string& name) {
    const std::string folded = foldedCase(lastPart(name));
    return !folded.starts_with('.') && name.find("__MACOSX/") == name.npos &&
           (folded.ends_with(".csv") || folded.ends_with(".tsv") || folded.ends_with(".tab"));
}

/// What data.police.uk puts beside the street-level files.
bool isOtherPoliceTable(const std::string& name) {
    const std::string folded = foldedCase(name);
    return folded.ends_with("-outcomes.csv") || folded.ends_with("-stop-and-search.csv");
}

/// Adds the tables among the names (relative to the folder or archive), in name order.
Expected<void> addTables(std::vector<std::string> names, const std::string& shown, const std::string& path,
                         const std::string& prefix, Extracts& extracts) {
    std::sort(names.begin(), names.end());
    std::size_t taken = 0;
    for (const std::string& name : names) {
        if (!isTable(name)) continue;
        if (isOtherPoliceTable(name)) {
            extracts.skipped.push_back(prefix + name);
            continue;
        }
        auto source = sourceOf(path + "/" + name, prefix + name);
        if (!source) return fail(source.error());
        extracts.sources.push_back(std::move(*source));
        ++taken;
    }
    if (taken == 0)
        return fail(
            ErrorCode::emptyInput,
            fmt::format("{} holds no extracts (.csv, .tsv or .tab files); choose another folder or ZIP.", shown),
            shown);
    return {};
}

Expected<void> addFolder(const fs::path& folder, Extracts& extracts) {
    const std::string shown = utf8Text(folder);
    std::vector<std::string> names;
    std::error_code problem;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, problem);
    for (; !problem && at != fs::recursive_directory_iterator{}; at.increment(problem)) {
        std::error_code ignored;
        if (!at->is_regular_file(ignored)) continue;
        const std::u8string relative = at->path().lexically_relative(folder).generic_u8string();
        names.emplace_back(relative.begin(), relative.end());
    }
    if (problem)
        return fail(ErrorCode::fileNotReadable,
                    fmt::format("The folder {} cannot be read ({}).", shown, problem.message()), shown);
    return addTables(std::move(names), shown, shown, "", extracts);
}

Expected<void> addZip(const fs::path& file, Extracts& extracts) {
    const std::string shown = utf8Text(file);
    const std::string root = "/vsizip/{" + shown + "}";
    std::vector<std::string> names;
    {
        const QuietErrors quiet;
        char** list = VSIReadDirRecursive(root.c_str());
        if (!list)
            return fail(
                ErrorCode::fileFormat,
                fmt::format("{} is not a ZIP that can be read{}: it is damaged or was not fetched to its end; fetch it "
                            "again.",
                            shown, QuietErrors::reason()),
                shown);
        for (char** item = list; *item; ++item)
            if (const std::string name = *item; !name.ends_with('/')) names.push_back(name);
        CSLDestroy(list);
    }
    return addTables(std::move(names), shown, root, utf8Text(file.filename()) + "/", extracts);
}

} // namespace

Expected<Extracts> openExtracts(const std::vector<fs::path>& inputs) {
    Extracts extracts;
    for (const fs::path& input : inputs) {
        const std::string shown = utf8Text(input);
        std::error_code problem;
        const fs::file_status status = fs::status(input, problem);
        if (!fs::exists(status))
            return fail(ErrorCode::fileNotFound, fmt::format("{} does not exist; check the name.", shown), shown);
        if (fs::is_directory(status)) {
            if (const auto added = addFolder(input, extracts); !added) return fail(added.error());
        } else if (foldedCase(utf8Text(input.extension())) == ".zip") {
            if (const auto added = addZip(input, extracts); !added) return fail(added.error());
        } else {
            auto source = sourceOf(shown, utf8Text(input.filename()));
            if (!source) return fail(source.error());
            extracts.sources.push_back(std::move(*source));
        }
    }
    return extracts;
}

} // namespace patchlight::gis
