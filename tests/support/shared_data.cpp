// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/shared_data.h"

#include "core/base/path_text.h"

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>

namespace patchlight::test {

namespace fs = std::filesystem;

std::optional<fs::path> sharedData(const std::string& relative) {
    const fs::path path = fs::path(PATCHLIGHT_SHARED_DIR) / relative;
    if (fs::exists(path)) return path;
    std::cout << "notice: skipped, " << path.string() << " is not here\n";
    return std::nullopt;
}

TemporaryFolder::TemporaryFolder() {
    static std::atomic<unsigned> number{0};
    const auto stamp = std::chrono::steady_clock::now().time_since_epoch().count();
    m_path = fs::temp_directory_path() / ("patchlight-test-" + std::to_string(stamp) + "-" + std::to_string(number++));
    fs::create_directories(m_path);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

fs::path TemporaryFolder::write(const std::string& name, const std::string& content) const {
    const fs::path file = m_path / pathFromUtf8(name);
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
    return file;
}

std::string readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace patchlight::test
