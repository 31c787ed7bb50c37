// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

/// The pieces of a recipe and a workspace as JSON. Readers keep defaults for missing keys and refuse wrong kinds.
namespace patchlight {

[[nodiscard]] nlohmann::json toJson(const std::optional<Period>& period); ///< {"first", "last"} or null
[[nodiscard]] Expected<std::optional<Period>> periodFromJson(const nlohmann::json& json);
[[nodiscard]] nlohmann::json toJson(const StudyAreaSpec& area);
[[nodiscard]] Expected<StudyAreaSpec> studyAreaFromJson(const nlohmann::json& json);
[[nodiscard]] nlohmann::json toJson(const LayoutSpec& layout);
[[nodiscard]] Expected<LayoutSpec> layoutFromJson(const nlohmann::json& json);
[[nodiscard]] nlohmann::json toJson(const Disclosure& disclosure);
[[nodiscard]] Expected<Disclosure> disclosureFromJson(const nlohmann::json& json);

/// A text member, or empty where it is missing. errors: fileFormat naming the key
[[nodiscard]] Expected<std::string> textMember(const nlohmann::json& json, const std::string& key);
[[nodiscard]] Expected<std::vector<std::string>> textsMember(const nlohmann::json& json, const std::string& key);

} // namespace patchlight
