// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace patchlight::test {

/// A file or folder of the real data beside the project; nothing (and a notice) where it is absent, so that the test
/// returns early: `const auto dorset = sharedData("data/police_uk/dorset"); if (!dorset) return;`
[[nodiscard]] std::optional<std::filesystem::path> sharedData(const std::string& relative);

/// A fresh folder, removed when it goes.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path m_path;
};

[[nodiscard]] std::string readFile(const std::filesystem::path& file);

} // namespace patchlight::test
