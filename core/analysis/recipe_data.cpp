// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe_data.h"

#include "core/base/text.h"

#include <algorithm>

namespace patchlight {

using nlohmann::json;

namespace {

constexpr std::size_t longestText = 8'000'000; // some 60,000 datasets
constexpr std::size_t deepest = 32;
constexpr std::size_t mostNames = 6;

/// How deep brackets stand in each other, outside of strings: what reads or writes the value again recurses that far.
std::size_t nesting(std::string_view text) {
    std::size_t depth = 0, most = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\') ++i;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            most = std::max(most, ++depth);
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return most;
}

std::string named(std::vector<std::string> names) {
    if (names.size() > mostNames) {
        const std::size_t more = names.size() - mostNames + 1;
        names.resize(mostNames - 1);
        names.push_back(groupedCount(more) + " more");
    }
    return listed(names);
}

std::string sentence(const std::vector<std::string>& names, const char* one, const char* many) {
    return counted(names.size(), "file ", "files ") + (names.size() == 1 ? one : many) + ": " + named(names) + ".";
}

/// Takes from both lists what `same` finds in both, the first with the first; returns the pairs.
template <class Same>
std::vector<std::pair<RecipeDataset, RecipeDataset>> takePairs(std::vector<RecipeDataset>& before,
                                                               std::vector<RecipeDataset>& now, Same&& same) {
    std::vector<std::pair<RecipeDataset, RecipeDataset>> pairs;
    std::erase_if(before, [&](const RecipeDataset& old) {
        const auto found =
            std::find_if(now.begin(), now.end(), [&](const RecipeDataset& fresh) { return same(old, fresh); });
        if (found == now.end()) return false;
        pairs.emplace_back(old, *found);
        now.erase(found);
        return true;
    });
    return pairs;
}

} // namespace

Expected<Recipe> recipeFromText(std::string_view text) {
    if (text.size() > longestText || nesting(text) > deepest)
        return fail(ErrorCode::fileFormat, "This is not a Patchlight recipe: it is longer or deeper than one can be.");
    const json object = json::parse(text, nullptr, false);
    if (object.is_discarded())
        return fail(ErrorCode::fileFormat, "This is not a Patchlight recipe: it is no JSON, or not all of it.");
    return recipeFromJson(object);
}

std::vector<std::string> dataDifferences(const Recipe& made, const std::string& fingerprintNow,
                                         std::span<const RecipeDataset> now) {
    if (made.fingerprint.empty() || made.fingerprint == fingerprintNow) return {};
    if (made.datasets.empty()) return {"They are not the same; the recipe does not say which they were."};
    std::vector<RecipeDataset> missing = made.datasets, fresh(now.begin(), now.end());
    takePairs(missing, fresh, [](const auto& a, const auto& b) { return a == b; });
    takePairs(missing, fresh, [](const auto& a, const auto& b) { return a.sha256 == b.sha256 && a.rows == b.rows; });
    const auto changed = takePairs(missing, fresh, [](const auto& a, const auto& b) { return a.name == b.name; });

    std::vector<std::string> sentences, names;
    for (const RecipeDataset& dataset : fresh) names.push_back(dataset.name);
    if (!names.empty()) sentences.push_back(sentence(names, "is new", "are new"));
    names.clear();
    for (const auto& [before, after] : changed)
        names.push_back(before.name + (before.rows == after.rows ? " (as many)"
                                                                 : " (" + groupedCount(after.rows) + ", were " +
                                                                       groupedCount(before.rows) + ")"));
    if (!names.empty()) sentences.push_back(sentence(names, "has other rows", "have other rows"));
    names.clear();
    for (const RecipeDataset& dataset : missing) names.push_back(dataset.name);
    if (!names.empty()) sentences.push_back(sentence(names, "is missing", "are missing"));
    if (sentences.empty())
        sentences.emplace_back("The files are the same, but rows were edited or given positions, categories changed, "
                               "or columns understood in another way.");
    return sentences;
}

std::string differencesNote(const std::vector<std::string>& differences) {
    std::string note = "The project's incidents are not those that the recipe was made with.";
    for (const std::string& difference : differences) note += " " + difference;
    return note;
}

json toJson(const std::vector<RecipeDataset>& datasets) {
    json list = json::array();
    for (const RecipeDataset& dataset : datasets)
        list.push_back({{"name", dataset.name}, {"sha256", dataset.sha256}, {"rows", dataset.rows}});
    return list;
}

Expected<std::vector<RecipeDataset>> datasetsFromJson(const json& list) {
    const auto wrong = [] {
        return fail(ErrorCode::fileFormat, "\"datasets\" must be a list of objects with name, sha256 and rows.",
                    "datasets");
    };
    std::vector<RecipeDataset> datasets;
    if (list.is_null()) return datasets;
    if (!list.is_array()) return wrong();
    for (const json& entry : list) {
        if (!entry.is_object()) return wrong();
        const json name = entry.value("name", json()), sum = entry.value("sha256", json()),
                   rows = entry.value("rows", json());
        if (!name.is_string() || !sum.is_string() || !rows.is_number_unsigned()) return wrong();
        datasets.push_back({name.get<std::string>(), sum.get<std::string>(), rows.get<std::size_t>()});
    }
    return datasets;
}

} // namespace patchlight
