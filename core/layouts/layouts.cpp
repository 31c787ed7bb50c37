// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layouts/layouts.h"

#include "core/base/text.h"
#include "core/layouts/shipped_layouts.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

namespace patchlight {

namespace {

using nlohmann::json;

template <typename Value> using Names = std::span<const std::pair<std::string_view, Value>>;

constexpr std::pair<std::string_view, PageKind> pageKinds[]{
    {"map", PageKind::map},           {"comparison", PageKind::comparison}, {"panels", PageKind::panels},
    {"hotspots", PageKind::hotspots}, {"contents", PageKind::contents},     {"method", PageKind::method}};
constexpr std::pair<std::string_view, PageBlock> pageBlocks[]{{"table", PageBlock::table},
                                                              {"summary", PageBlock::summary},
                                                              {"clock", PageBlock::clock},
                                                              {"months", PageBlock::months}};
constexpr std::pair<std::string_view, PanelsBy> panelKinds[]{{"category", PanelsBy::category},
                                                             {"quarter", PanelsBy::quarter}};

/// errors: fileFormat (not a text, or one that is not known: names those that are)
template <typename Value> Expected<Value> named(const json& given, const std::string& key, Names<Value> names) {
    std::vector<std::string> known;
    for (const auto& [name, value] : names) {
        if (given.is_string() && given.get_ref<const std::string&>() == name) return value;
        known.emplace_back(name);
    }
    return fail(ErrorCode::fileFormat,
                "The layout's \"" + key + "\" cannot be " + given.dump() + "; choose one of " + listed(known) + ".",
                key);
}

Expected<PageTemplate> pageFrom(const json& object) {
    if (!object.is_object())
        return fail(ErrorCode::fileFormat, "A page of the layout is not an object with the key \"page\".", "pages");
    const auto kind = named<PageKind>(object.value("page", json(nullptr)), "page", pageKinds);
    if (!kind) return fail(kind.error());
    PageTemplate page{.kind = *kind, .beside = {}};
    for (const json& text : object.value("beside", json::array())) {
        const auto block = named<PageBlock>(text, "beside", pageBlocks);
        if (!block) return fail(block.error());
        if (!page.has(*block)) page.beside.push_back(*block);
    }
    if (object.contains("by")) {
        const auto by = named<PanelsBy>(object["by"], "by", panelKinds);
        if (!by) return fail(by.error());
        page.by = *by;
    }
    return page;
}

} // namespace

bool PageTemplate::has(PageBlock block) const {
    return std::find(beside.begin(), beside.end(), block) != beside.end();
}

Expected<LayoutTemplate> layoutFromText(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) return fail(ErrorCode::fileFormat, "The layout is not a JSON object.");
    LayoutTemplate layout;
    for (const auto& [key, member] : {std::pair{"id", &layout.id}, {"name", &layout.name}, {"about", &layout.about}}) {
        const json value = object.value(key, json(nullptr));
        if (!value.is_string() || value.get_ref<const std::string&>().empty())
            return fail(ErrorCode::fileFormat, "The layout has no \"" + std::string(key) + "\".", key);
        *member = value.get<std::string>();
    }
    const json pages = object.value("pages", json(nullptr));
    if (!pages.is_array() || pages.empty()) return fail(ErrorCode::fileFormat, "The layout has no \"pages\".", "pages");
    for (const json& entry : pages) {
        auto page = pageFrom(entry);
        if (!page) return fail(page.error());
        layout.pages.push_back(std::move(*page));
    }
    return layout;
}

std::span<const LayoutTemplate> layoutTemplates() {
    static const std::vector<LayoutTemplate> layouts = [] {
        std::vector<LayoutTemplate> read;
        for (const std::string_view text : shippedLayouts()) {
            auto layout = layoutFromText(text);
            if (!layout) throw std::logic_error("A shipped layout is wrong: " + layout.error().message);
            read.push_back(std::move(*layout));
        }
        return read;
    }();
    return layouts;
}

const LayoutTemplate* findLayout(std::string_view id) {
    const auto layouts = layoutTemplates();
    const auto found =
        std::find_if(layouts.begin(), layouts.end(), [&](const LayoutTemplate& layout) { return layout.id == id; });
    return found == layouts.end() ? nullptr : &*found;
}

} // namespace patchlight
