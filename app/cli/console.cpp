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

Expected<nlohmann::json> readJson(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return patchlight::fail(ErrorCode::fileNotFound, "Cannot read " + utf8Text(file) + "; check the path.",
                                utf8Text(file));
    try {
        return nlohmann::json::parse(in);
    } catch (const nlohmann::json::exception& problem) {
        return patchlight::fail(ErrorCode::fileFormat, utf8Text(file) + " is not JSON (" + problem.what() + ").",
                                utf8Text(file));
    }
}

} // namespace patchlight::cli
