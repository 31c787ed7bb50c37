// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command_line.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace patchlight::test {

struct Outcome {
    int code = 0;
    std::string out, err;
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// The command line as the program runs it.
inline Outcome call(const std::vector<std::string>& arguments) {
    std::ostringstream out, err;
    const int code = cli::runCommandLine(arguments, out, err);
    return {code, out.str(), err.str()};
}

} // namespace patchlight::test
