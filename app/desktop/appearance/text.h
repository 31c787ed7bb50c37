// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <concepts>
#include <filesystem>
#include <string>
#include <string_view>

/// The border between the core's UTF-8 texts and Qt's.
namespace patchlight::desktop {

[[nodiscard]] inline QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
[[nodiscard]] inline std::string fromQt(const QString& text) {
    return text.toStdString();
}
template <std::same_as<std::filesystem::path> Path> [[nodiscard]] QString toQt(const Path& path) {
    return QString::fromStdU16String(path.generic_u16string());
}
[[nodiscard]] inline std::filesystem::path pathFrom(const QString& text) {
    return {text.toStdU16String()};
}

} // namespace patchlight::desktop
