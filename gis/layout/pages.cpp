// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/page_texts.h"

#include <algorithm>

namespace patchlight::paint {

namespace {

/// The page with everything that all pages of one file share; the map's texts and drawings are left out.
BoardMap blankPage(const BoardMap& main, const PageTemplate& page) {
    BoardMap blank;
    blank.marking = main.marking;
    blank.subtitle = main.subtitle;
    blank.method = main.method;
    blank.cautions = main.cautions;
    blank.sources = main.sources;
    blank.footer = main.footer;
    blank.paper = main.paper;
    blank.house = main.house;
    blank.dotsPerInch = main.dotsPerInch;
    blank.beside = page.beside;
    return blank;
}

MapContent mapOf(const PagesSource& source, std::shared_ptr<const Result> result) {
    MapContent map = source.map;
    map.result = std::move(result);
    map.incidents.reset(); // of the main result alone
    map.epsg = source.crs.epsg;
    if (!map.studyArea && source.area.polygon) map.studyArea = source.area.polygon;
    return map;
}

BoardMap comparisonPage(const PagesSource& source, const PageFacts& facts, const BoardMap& main,
                        const PageTemplate& page) {
    BoardMap made = blankPage(main, page);
    const auto before = std::find_if(source.further.companions.begin(), source.further.companions.end(),
                                     [](const Companion& one) { return one.kind == PageKind::comparison; });
    if (before == source.further.companions.end()) return made;
    MapPanel earlier{QString::fromStdString(before->title),
                     panelNote(*before->result, facts, false),
                     {},
                     mapOf(source, before->result)};
    const QString period = source.recipe.filter.period
                               ? QString::fromStdString(readableMonths(*source.recipe.filter.period))
                               : facts.period;
    MapPanel now{period, panelNote(*source.result, facts, false), {}, mapOf(source, source.result)};
    earlier.alternativeText = panelAlternativeText(earlier.title, *before->result, facts, false);
    now.alternativeText = main.alternativeText;
    made.extent = defaultExtent(now.map);
    made.panels = {std::move(earlier), std::move(now)};
    made.title = comparisonTitle(facts);
    made.tableTitle = main.tableTitle;
    made.tableNote = main.tableNote;
    made.tableHeader = comparisonHeader();
    made.tableRows = comparisonRows(facts);
    made.summary = comparisonSummary(facts, *before->result);
    return made;
}

BoardMap panelsPage(const PagesSource& source, const PageFacts& facts, const BoardMap& main, const PageTemplate& page) {
    BoardMap made = blankPage(main, page);
    std::vector<const Companion*> panels;
    for (const Companion& one : source.further.companions)
        if (one.kind == PageKind::panels && one.by == page.by) panels.push_back(&one);
    if (panels.size() < 2) return made;
    for (const Companion* one : panels) {
        const QString title = panelTitle(*one);
        made.panels.push_back({title, panelNote(*one->result, facts, true),
                               panelAlternativeText(title, *one->result, facts, true), mapOf(source, one->result)});
    }
    made.title = panelsTitle(facts, page.by, panels);
    made.subtitle = panelsSubtitle(facts, page.by);
    made.tableTitle = page.by == PanelsBy::category ? "The maps" : "The periods";
    made.tableHeader = panelsHeader(page.by);
    made.tableRows = panelsRows(panels);
    made.months = main.months;
    made.monthsNote = main.monthsNote;
    return made;
}

/// Room round a hotspot: half its size more, and 200 m on each side.
Box surroundings(const HotspotArea& area) {
    const Box box = boxOf(area.drawnOutline.empty() ? area.outline : area.drawnOutline);
    const double wide = 1.5 * std::max(box.width(), box.height()) + 400.0;
    const auto [east, north] = box.centre();
    return {east - wide / 2, north - wide / 2, east + wide / 2, north + wide / 2};
}

BoardMap hotspotPage(const PagesSource& source, const PageFacts& facts, const BoardMap& main, const PageTemplate& page,
                     std::size_t index) {
    const HotspotArea& area = facts.result.areas[index];
    BoardMap made = blankPage(main, page);
    made.map = mapOf(source, source.result);
    made.map.highlightedRank = area.rank;
    made.extent = surroundings(area);
    const Box whole = main.extent ? *main.extent : defaultExtent(made.map);
    if (!whole.empty() && whole.width() > 2.0 * made.extent->width()) made.locator = whole;
    made.title = hotspotTitle(facts, index);
    made.alternativeText = hotspotAlternativeText(facts, index);
    made.tableTitle = "In figures";
    made.tableHeader = {"Figure", "Value"};
    made.tableRows = hotspotFigures(facts, index);
    made.summary = hotspotSummary(facts, index);
    made.clock = {area.weekHours};
    made.clockNote = clockShades(made.clock);
    if (index < source.further.areaMonths.size() && !source.further.areaMonths[index].empty()) {
        made.months = main.months;
        monthsOfArea(made.months, facts.result, source.further.areaMonths[index]);
        made.monthsNote = main.monthsNote;
    }
    return made;
}

BoardMap methodPage(const PageFacts& facts, const BoardMap& main, const PageTemplate& page) {
    BoardMap made = blankPage(main, page);
    made.title = "How this was made, and how to read it";
    made.sections = {{"How this was made", main.method},
                     {"Settings", settingsOf(facts)},
                     {"Read with care", main.cautions},
                     {"What the words mean", glossaryOf(facts)},
                     {"Sources", main.sources}};
    made.method.clear();
    made.cautions.clear();
    made.sources.clear();
    return made;
}

BoardMap contentsPage(const BoardMap& main, const PageTemplate& page) {
    BoardMap made = blankPage(main, page);
    made.title = main.title;
    made.sections = {{"What this shows", main.summary}};
    made.method.clear();
    return made;
}

/// Page numbers, and on the contents page where each page is.
void number(std::vector<BoardMap>& pages, const std::vector<PageKind>& kinds) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
        pages[i].number = i + 1;
        pages[i].of = pages.size();
    }
    for (std::size_t at = 0; at < pages.size(); ++at) {
        if (kinds[at] != PageKind::contents) continue;
        for (std::size_t i = 0; i < pages.size(); ++i)
            if (i != at) pages[at].contents.push_back({pages[i].title, i + 1});
    }
}

} // namespace

std::vector<BoardMap> boardPagesOf(const PagesSource& source) {
    const BoardMap main =
        boardMapOf(source.recipe, source.result, source.map, source.datasets, source.crs, source.area, source.origins);
    const LayoutTemplate* layout = findLayout(source.recipe.layout.templateName);
    if (!layout) return {main};
    const PageFacts facts = factsOf(source.recipe, *source.result, source.datasets, source.area);
    std::vector<BoardMap> pages;
    std::vector<PageKind> kinds;
    const auto add = [&](PageKind kind, BoardMap page) {
        pages.push_back(std::move(page));
        kinds.push_back(kind);
    };
    for (const PageTemplate& page : layout->pages) {
        BoardMap made;
        switch (page.kind) {
        case PageKind::map:
            made = main;
            made.beside = page.beside;
            add(page.kind, std::move(made));
            break;
        case PageKind::comparison:
            made = comparisonPage(source, facts, main, page);
            if (!made.panels.empty()) add(page.kind, std::move(made));
            break;
        case PageKind::panels:
            made = panelsPage(source, facts, main, page);
            if (!made.panels.empty()) add(page.kind, std::move(made));
            break;
        case PageKind::hotspots:
            for (std::size_t i = 0; i < std::min(facts.areaCount(), mostHotspotPages); ++i)
                if (hasFigure(facts.result.areas[i].shown)) // a page about what may not be said would be empty
                    add(page.kind, hotspotPage(source, facts, main, page, i));
            break;
        case PageKind::contents:
            add(page.kind, contentsPage(main, page));
            break;
        case PageKind::method:
            add(page.kind, methodPage(facts, main, page));
            break;
        }
    }
    if (pages.empty()) add(PageKind::map, main);
    number(pages, kinds);
    return pages;
}

} // namespace patchlight::paint
