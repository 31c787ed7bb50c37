// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The layouts a board map can have: which pages, and what stands on them. Data in resources/layouts, built in.
namespace patchlight {

enum class PageKind {
    map,        ///< one map
    comparison, ///< the earlier period and this one, in the same classes
    panels,     ///< small maps by category or quarter
    hotspots,   ///< one page for each hotspot
    contents,   ///< what the other pages are
    method      ///< how it was made, read with care, sources, at length
};
enum class PageBlock { table, summary, clock, months };
enum class PanelsBy { category, quarter };

struct PageTemplate {
    PageKind kind = PageKind::map;
    std::vector<PageBlock> beside; ///< what stands beside the map, from above
    PanelsBy by = PanelsBy::category;
    [[nodiscard]] bool has(PageBlock block) const;
};

struct LayoutTemplate {
    std::string id;    ///< never changes once released: "map-and-table"
    std::string name;  ///< for people
    std::string about; ///< one sentence
    std::vector<PageTemplate> pages;
};

/// In the order they are offered.
[[nodiscard]] std::span<const LayoutTemplate> layoutTemplates();
[[nodiscard]] const LayoutTemplate* findLayout(std::string_view id); ///< null if there is none

/// A layout from its JSON. errors: fileFormat naming what is missing or not known
[[nodiscard]] Expected<LayoutTemplate> layoutFromText(std::string_view text);

} // namespace patchlight
