// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/detail/text_file.h"

#include <fmt/format.h>
#include <fstream>

namespace patchlight::gis::detail {

Expected<void> writeBytes(const std::filesystem::path& file, std::string_view bytes, const std::string& shown) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close(); // a full disk may show only here
    if (!stream) return fail(cannotWrite(shown, "the file could not be written to its end"));
    return {};
}

std::string csvText(std::string_view text) {
    std::string cell;
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) cell = "'";
    cell += text;
    if (cell.find_first_of(",;\"\r\n\t") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string xmlText(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        default:
            // Control characters are not allowed in XML 1.0.
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') escaped += c;
        }
    }
    return escaped;
}

Error cannotWrite(const std::string& shown, const std::string& reason) {
    return {ErrorCode::fileNotWritable,
            fmt::format("Cannot write {} ({}). Check the folder and the room on the disk.", shown, reason), shown};
}

} // namespace patchlight::gis::detail
