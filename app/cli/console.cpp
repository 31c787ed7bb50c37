// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "app/cli/command_line.h"

#include <fstream>
#include <ostream>

namespace patchlight::cli {

void Console::say(std::string_view line) const {
    if (!options.json && !options.quiet) out << line << '\n';
}

void Console::print(const nlohmann::json& object) const {
    out << object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

int Console::fail(const Error& error) const {
    return fail(error.code == ErrorCode::cancelled ? cancelled : failed, error.message);
}

int Console::fail(int code, std::string_view sentence) const {
    err << "patchlight-cli: " << sentence << '\n';
    return code;
}

std::filesystem::path pathOf(std::string_view utf8) {
    return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

std::string textOf(const std::filesystem::path& path) {
    const std::u8string utf8 = path.u8string();
    return {utf8.begin(), utf8.end()};
}

Expected<nlohmann::json> readJson(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return patchlight::fail(ErrorCode::fileNotFound, "Cannot read " + textOf(file) + "; check the path.",
                                textOf(file));
    try {
        return nlohmann::json::parse(in);
    } catch (const nlohmann::json::exception& problem) {
        return patchlight::fail(ErrorCode::fileFormat, textOf(file) + " is not JSON (" + problem.what() + ").",
                                textOf(file));
    }
}

} // namespace patchlight::cli
