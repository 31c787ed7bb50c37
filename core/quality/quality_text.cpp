// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/quality/quality.h"

namespace patchlight {

namespace {

nlohmann::json jsonOf(const std::vector<MappedCount>& counts) {
    nlohmann::json list = nlohmann::json::array();
    for (const MappedCount& count : counts)
        list.push_back(
            {{"name", count.name}, {"recorded", count.recorded}, {"mapped", count.mapped}, {"share", count.share()}});
    return list;
}

/// "Under 85 % are robbery (61.0 %) and fraud (12.5 %)."
void sayWhichAreUnder(std::vector<std::string>& lines, std::string_view what, const std::vector<MappedCount>& counts) {
    constexpr std::size_t mostNamed = 5;
    std::vector<std::string> under;
    std::size_t more = 0;
    for (const MappedCount& count : counts) {
        if (count.enough()) continue;
        if (under.size() < mostNamed)
            under.push_back((count.name.empty() ? "(none given)" : count.name) + " (" + percent(count.share()) + ")");
        else
            ++more;
    }
    if (more > 0) under.push_back(std::to_string(more) + " more");
    if (!under.empty()) lines.push_back(std::string(what) + " under 85 %: " + listed(under) + ".");
}

std::string monthText(LocalDay month) {
    return readablePeriod({month, addedMonths(month, 1) - std::chrono::days{1}});
}

} // namespace

nlohmann::json toJson(const QualityReport& report) {
    nlohmann::json object{{"recorded", report.recorded},
                          {"mapped", report.mapped},
                          {"places", report.places},
                          {"undated", report.undated},
                          {"double_reports", report.doubleReports.size()},
                          {"by_source", jsonOf(report.bySource)},
                          {"by_category", jsonOf(report.byCategory)},
                          {"by_month", jsonOf(report.byMonth)}};
    for (const char* list : {"by_level", "stacks", "coverage", "unknown_categories", "findings"})
        object[list] = nlohmann::json::array();
    for (const auto& [level, count] : report.byLevel)
        object["by_level"].push_back({{"name", nameOf(level)}, {"mapped", count}});
    for (const TieStack& stack : report.stacks)
        object["stacks"].push_back({{"x", stack.point.east},
                                    {"y", stack.point.north},
                                    {"incidents", stack.incidents},
                                    {"place", stack.place}});
    for (const CategoryCount& category : report.unknownCategories)
        object["unknown_categories"].push_back({{"name", category.name}, {"incidents", category.count}});
    const Coverage& coverage = report.coverage;
    for (std::size_t source = 0; source < coverage.sources.size(); ++source) {
        nlohmann::json months = nlohmann::json::object();
        for (std::size_t month = 0; month < coverage.months.size(); ++month)
            months[isoDay(coverage.months[month]).substr(0, 7)] = coverage.at(source, month);
        nlohmann::json gaps = nlohmann::json::array();
        for (const std::size_t month : coverage.gapsOf(source))
            gaps.push_back(isoDay(coverage.months[month]).substr(0, 7));
        object["coverage"].push_back({{"source", coverage.sources[source]}, {"months", months}, {"gaps", gaps}});
    }
    for (const Finding& finding : report.findings)
        object["findings"].push_back({{"kind", finding.kind},
                                      {"dataset", finding.dataset},
                                      {"count", finding.count},
                                      {"message", finding.message},
                                      {"rows", finding.rows}});
    return object;
}

std::vector<std::string> summaryOf(const QualityReport& report) {
    std::vector<std::string> lines;
    if (report.recorded == 0) return {"There are no incidents yet."};
    const MappedCount all{{}, report.recorded, report.mapped};
    lines.push_back(groupedCount(report.mapped) + " of " + counted(report.recorded, "incident", "incidents") + " (" +
                    percent(all.share()) + ") have a position, on " + counted(report.places, "place", "places") + "; " +
                    (all.enough()
                         ? "85 % is the minimum for a hotspot map."
                         : "under the 85 % that a hotspot map needs, so it may show other places than there are."));
    sayWhichAreUnder(lines, "Sources", report.bySource);
    sayWhichAreUnder(lines, "Categories", report.byCategory);
    sayWhichAreUnder(lines, "Months", report.byMonth);
    const Coverage& coverage = report.coverage;
    for (std::size_t source = 0; source < coverage.sources.size(); ++source) {
        const auto gaps = coverage.gapsOf(source);
        if (gaps.empty()) continue;
        lines.push_back(coverage.sources[source] + " has no rows of " + counted(gaps.size(), "month", "months") +
                        " in between, the first " + monthText(coverage.months[gaps.front()]) +
                        ": a gap, not a quiet month.");
    }
    if (const auto& unknown = report.unknownCategories; !unknown.empty()) {
        const std::string first =
            unknown.front().name + " (" + counted(unknown.front().count, "incident", "incidents") + ")";
        lines.push_back((unknown.size() == 1 ? "1 category is in no list: " + first
                                             : groupedCount(unknown.size()) +
                                                   " categories are in no list, the most frequent " + first) +
                        ". Such rows are in no group until somebody says what they stand for.");
    }
    if (!report.doubleReports.empty())
        lines.push_back(counted(report.doubleReports.size(), "pair", "pairs") +
                        " of incidents from different sources lie within 100 m and 24 hours: look whether two agencies "
                        "recorded one event. None was taken out.");
    if (report.undated > 0) lines.push_back(counted(report.undated, "incident has", "incidents have") + " no date.");
    if (!report.stacks.empty()) {
        const TieStack& largest = report.stacks.front();
        lines.push_back("The largest stack is " + groupedCount(largest.incidents) + " incidents at one point" +
                        (largest.place.empty() ? "" : " (" + largest.place + ")") +
                        ": a busy place, or where incidents are recorded?");
    }
    return lines;
}

} // namespace patchlight
