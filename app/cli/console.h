// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/path_text.h"
#include "core/base/task.h"

#include <filesystem>
#include <iosfwd>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace patchlight::cli {

/// Options that every command has.
struct CommonOptions {
    bool json = false;  ///< one JSON object on standard output and nothing else
    bool quiet = false; ///< no progress, no summary
    std::size_t threads = 0;
    std::optional<unsigned long long> seed;
    std::string profile; ///< empty: that of the recipe, which is internal where it says nothing
};

/// Where a command writes.
struct Console {
    std::ostream& out;
    std::ostream& err;
    const CommonOptions& options;
    const TaskContext& task;

    /// One line for people; nothing with --json or --quiet.
    void say(std::string_view line) const;
    void print(const nlohmann::json& object) const;
    /// One sentence on standard error; returns the exit code.
    [[nodiscard]] int fail(const Error& error) const;
    [[nodiscard]] int fail(int code, std::string_view sentence) const;
};

/// errors: fileNotFound, fileFormat (with the line)
[[nodiscard]] Expected<nlohmann::json> readJson(const std::filesystem::path& file);

} // namespace patchlight::cli
