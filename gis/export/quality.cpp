// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quality/quality.h"
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/export/detail/text_file.h"
#include "gis/export/export.h"

#include <fmt/ranges.h> // join

namespace patchlight::gis {

using detail::csvText;
using detail::xmlText;

namespace {

constexpr std::string_view style = R"css(
body { font: 16px/1.5 "Liberation Sans", Arial, sans-serif; color: #1b1f24; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
caption { text-align: left; color: #57606a; padding-bottom: .3rem; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid #d8dee4; text-align: right; vertical-align: top; }
th { font-weight: 600; } th:first-child, td:first-child, .text { text-align: left; }
.under { font-weight: 700; color: #9a1c1c; } .gap { background: #fff1e5; color: #953800; }
.wide { overflow-x: auto; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } }
)css";

std::string nameOr(const std::string& name, std::string_view absent) {
    return xmlText(name.empty() ? std::string(absent) : name);
}

std::string mappedTable(std::string_view title, std::string_view column, std::string_view absent,
                        const std::vector<MappedCount>& counts) {
    std::string html = fmt::format("<h2>{}</h2>\n<table><caption>Share of the recorded incidents that have a position; "
                                   "85 % is the minimum.</caption>\n<tr><th scope=\"col\">{}</th><th scope=\"col\">"
                                   "Recorded</th><th scope=\"col\">Mapped</th><th scope=\"col\">Share</th></tr>\n",
                                   title, column);
    for (const MappedCount& count : counts)
        html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td{}</td></tr>\n",
                            nameOr(count.name, absent), groupedCount(count.recorded), groupedCount(count.mapped),
                            count.enough() ? ">" + percent(count.share())
                                           : " class=\"under\">" + percent(count.share()) + " (under 85 %)");
    return html + "</table>\n";
}

std::string coverageTable(const Coverage& coverage) {
    if (coverage.months.empty()) return {};
    std::string html = "<h2>Coverage</h2>\n<div class=\"wide\"><table><caption>Rows by source and month. A month "
                       "without rows between others is a gap in the data, not a quiet month.</caption>\n<tr>"
                       "<th scope=\"col\">Month</th>";
    for (const std::string& source : coverage.sources) html += "<th scope=\"col\">" + xmlText(source) + "</th>";
    html += "</tr>\n";
    for (std::size_t month = 0; month < coverage.months.size(); ++month) {
        html += "<tr><th scope=\"row\">" + isoDay(coverage.months[month]).substr(0, 7) + "</th>";
        for (std::size_t source = 0; source < coverage.sources.size(); ++source) {
            const std::size_t rows = coverage.at(source, month);
            html += rows > 0 ? "<td>" + groupedCount(rows) + "</td>" : "<td class=\"gap\">no data</td>";
        }
        html += "</tr>\n";
    }
    return html + "</table></div>\n";
}

std::string findingsTable(const std::vector<Finding>& findings) {
    if (findings.empty()) return "<h2>Findings</h2>\n<p>The imports noticed nothing.</p>\n";
    constexpr std::size_t rowsShown = 10;
    std::string html =
        "<h2>Findings</h2>\n<table><caption>What the imports noticed; rows are record numbers in the "
        "file, the header not counted.</caption>\n<tr><th scope=\"col\">Dataset</th><th scope=\"col\" "
        "class=\"text\">What</th><th scope=\"col\">Rows</th><th scope=\"col\" class=\"text\">First of them"
        "</th></tr>\n";
    for (const Finding& finding : findings) {
        std::vector<std::string> rows;
        for (std::size_t i = 0; i < std::min(rowsShown, finding.rows.size()); ++i)
            rows.push_back(groupedCount(finding.rows[i]));
        if (finding.count > rows.size() && !rows.empty()) rows.push_back("\u2026");
        html += fmt::format(
            "<tr><th scope=\"row\">{}</th><td class=\"text\">{}</td><td>{}</td><td class=\"text\">{}</td>"
            "</tr>\n",
            xmlText(finding.dataset), xmlText(finding.message), groupedCount(finding.count), fmt::join(rows, ", "));
    }
    return html + "</table>\n";
}

std::string stacksTable(const QualityReport& report) {
    if (report.stacks.empty()) return {};
    std::string html = "<h2>Many at one point</h2>\n<table><caption>The largest stacks: a busy place, or where "
                       "incidents are recorded (a station, a hospital, the middle of a postcode).</caption>\n<tr>"
                       "<th scope=\"col\">Place</th><th scope=\"col\">Incidents</th><th scope=\"col\">East</th>"
                       "<th scope=\"col\">North</th></tr>\n";
    for (const TieStack& stack : report.stacks)
        html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{:.0f}</td><td>{:.0f}</td></tr>\n",
                            nameOr(stack.place, "(no place text)"), groupedCount(stack.incidents), stack.point.east,
                            stack.point.north);
    return html + "</table>\n";
}

std::string unknownCategoriesTable(const std::vector<CategoryCount>& unknown) {
    if (unknown.empty()) return {};
    std::string html =
        "<h2>Unknown categories</h2>\n<table><caption>In no list: their incidents belong to no group until "
        "somebody says what they stand for.</caption>\n<tr><th scope=\"col\">Category</th><th "
        "scope=\"col\">Incidents</th></tr>\n";
    for (const CategoryCount& category : unknown)
        html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", xmlText(category.name),
                            groupedCount(category.count));
    return html + "</table>\n";
}

std::string doubleReportsTable(const std::vector<DoubleReport>& reports) {
    if (reports.empty()) return {};
    constexpr std::size_t shown = 50;
    std::string html = fmt::format(
        "<h2>Possible double reports</h2>\n<table><caption>Incidents of different sources within 100 m and 24 hours: "
        "perhaps one event that two agencies recorded. {} in all{}; none was taken out.</caption>\n<tr>"
        "<th scope=\"col\">One</th><th scope=\"col\">Row</th><th scope=\"col\" class=\"text\">Other</th>"
        "<th scope=\"col\">Row</th><th scope=\"col\">Metres</th><th scope=\"col\">Hours</th></tr>\n",
        counted(reports.size(), "pair", "pairs"),
        reports.size() > shown ? fmt::format(", the first {} here, all in the CSV", shown) : std::string{});
    for (std::size_t i = 0; i < std::min(shown, reports.size()); ++i) {
        const DoubleReport& pair = reports[i];
        html += fmt::format(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"text\">{}</td><td>{}</td><td>{:.0f}</td>"
            "<td>{:.1f}</td></tr>\n",
            xmlText(pair.firstDataset), groupedCount(pair.firstRow), xmlText(pair.secondDataset),
            groupedCount(pair.secondRow), pair.distance.value(), static_cast<double>(pair.apart.count()) / 60.0);
    }
    return html + "</table>\n";
}

std::string htmlOf(const QualityReport& report, const std::string& title) {
    std::string html =
        fmt::format("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}"
                    "</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<ul>\n",
                    xmlText(title), style);
    for (const std::string& line : summaryOf(report)) html += "<li>" + xmlText(line) + "</li>\n";
    html += "</ul>\n" + mappedTable("By source", "Source", "(not said)", report.bySource) +
            mappedTable("By category", "Category", "(none given)", report.byCategory) +
            mappedTable("By month", "Month", "(no date)", report.byMonth);
    if (!report.byLevel.empty()) {
        html +=
            "<h2>How exactly</h2>\n<table><caption>Of the mapped incidents.</caption>\n<tr><th scope=\"col\">Placed "
            "at</th><th scope=\"col\">Incidents</th></tr>\n";
        for (const auto& [level, count] : report.byLevel)
            html += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", nameOf(level), groupedCount(count));
        html += "</table>\n";
    }
    return html + coverageTable(report.coverage) + unknownCategoriesTable(report.unknownCategories) +
           stacksTable(report) + doubleReportsTable(report.doubleReports) + findingsTable(report.findings) +
           "</body>\n</html>\n";
}

/// One table in long form: what a line is about stands in its first column.
std::string csvOf(const QualityReport& report) {
    std::string csv = "part,name,month,recorded,mapped,share,row,value,message\n";
    const auto group = [&](std::string_view part, const std::vector<MappedCount>& counts) {
        for (const MappedCount& count : counts) {
            const bool month = part == "month";
            csv += fmt::format("{},{},{},{},{},{},,,\n", part, month ? "" : csvText(count.name),
                               month ? count.name : "", count.recorded, count.mapped, shortestDecimal(count.share()));
        }
    };
    group("source", report.bySource);
    group("category", report.byCategory);
    group("month", report.byMonth);
    for (const auto& [level, count] : report.byLevel) csv += fmt::format("level,{},,,{},,,,\n", nameOf(level), count);
    const Coverage& coverage = report.coverage;
    for (std::size_t source = 0; source < coverage.sources.size(); ++source)
        for (std::size_t month = 0; month < coverage.months.size(); ++month)
            csv += fmt::format("coverage,{},{},{},,,,,\n", csvText(coverage.sources[source]),
                               isoDay(coverage.months[month]).substr(0, 7), coverage.at(source, month));
    for (const TieStack& stack : report.stacks)
        csv += fmt::format("stack,{},,{},{},,,{} {},\n", csvText(stack.place), stack.incidents, stack.incidents,
                           shortestDecimal(stack.point.east), shortestDecimal(stack.point.north));
    for (const CategoryCount& category : report.unknownCategories)
        csv += fmt::format("unknown category,{},,{},,,,,\n", csvText(category.name), category.count);
    for (const DoubleReport& pair : report.doubleReports)
        csv += fmt::format("double report,{},,,,,{},{} row {},{:.0f} m and {} min apart\n", csvText(pair.firstDataset),
                           pair.firstRow, csvText(pair.secondDataset), pair.secondRow, pair.distance.value(),
                           pair.apart.count());
    for (const Finding& finding : report.findings) {
        csv += fmt::format("finding {},{},,{},,,,,{}\n", csvText(finding.kind), csvText(finding.dataset), finding.count,
                           csvText(finding.message));
        for (std::size_t i = 0; i < finding.rows.size(); ++i)
            csv += fmt::format("finding {} row,{},,,,,{},{},\n", csvText(finding.kind), csvText(finding.dataset),
                               finding.rows[i], i < finding.values.size() ? csvText(finding.values[i]) : "");
    }
    return csv;
}

} // namespace

Expected<void> writeQuality(const QualityReport& report, const std::string& title, const std::filesystem::path& file) {
    const std::string ending = foldedCase(utf8Text(file.extension()));
    std::string text;
    if (ending == ".html" || ending == ".htm")
        text = htmlOf(report, title);
    else if (ending == ".csv")
        text = "\xEF\xBB\xBF" + csvOf(report); // spreadsheets take it for UTF-8 only so
    else if (ending == ".json")
        text = toJson(report).dump(2) + '\n';
    else
        return fail(ErrorCode::invalidParameter,
                    fmt::format("{}: a quality report is written as .html, .csv or .json.", utf8Text(file)),
                    utf8Text(file));
    return writeThenRename(
        file, [&](const std::filesystem::path& aside) { return detail::writeBytes(aside, text, utf8Text(file)); });
}

Expected<void> writeFindingRows(const FindingRows& rows, const std::filesystem::path& file) {
    if (foldedCase(utf8Text(file.extension())) != ".csv")
        return fail(ErrorCode::invalidParameter,
                    fmt::format("{}: the rows of a finding are written as .csv.", utf8Text(file)), utf8Text(file));
    std::string text = "\xEF\xBB\xBF";
    const auto line = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + csvText(cells[i]);
        text += "\r\n";
    };
    line(rows.header);
    for (const auto& cells : rows.rows) line(cells);
    return writeThenRename(
        file, [&](const std::filesystem::path& aside) { return detail::writeBytes(aside, text, utf8Text(file)); });
}

} // namespace patchlight::gis
