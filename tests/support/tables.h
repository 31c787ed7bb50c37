// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "tests/support/shared_data.h"

#include <sstream>
#include <string>
#include <vector>

namespace patchlight::test {

/// The rows of a plain table of numbers (commas, one heading line, no quotes); what is no number reads as 0.
[[nodiscard]] inline std::vector<std::vector<double>> numbersOf(const std::filesystem::path& file) {
    std::istringstream lines(readFile(file));
    std::vector<std::vector<double>> rows;
    std::string line, field;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::istringstream fields(line);
        rows.emplace_back();
        while (std::getline(fields, field, ',')) rows.back().push_back(parseDecimal(field).value_or(0.0));
    }
    return rows;
}

} // namespace patchlight::test
