// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include "core/base/text.h"
#include "core/base/version.h"
#include "gis/detail/gdal.h"
#include "gis/export/detail/text_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <system_error>
#include <xlsxwriter.h>

namespace patchlight::gis {

namespace {

constexpr lxw_row_t tableRow = 3;                                   // below title, subtitle and an empty row
constexpr std::size_t longestCell = 32'000;                         // a spreadsheet's cell holds 32,767 characters
constexpr std::uintmax_t roomOfABook = 64 * 1024, roomOfARow = 512; // bytes, generously
constexpr std::time_t fixedDate = 946'684'800; // 2000-01-01 UTC: the clock stays out, so that bytes repeat

struct Formats {
    lxw_format *title, *plain, *count, *fraction, *twoDecimals, *oneDecimal, *key, *wrapped;
};

Formats formatsOf(lxw_workbook* book) {
    const auto numbered = [&](const char* pattern) {
        lxw_format* format = workbook_add_format(book);
        format_set_num_format(format, pattern);
        return format;
    };
    Formats formats{workbook_add_format(book), workbook_add_format(book), numbered("#,##0"),
                    numbered("0.0%"),          numbered("0.00"),          numbered("#,##0.0"),
                    workbook_add_format(book), workbook_add_format(book)};
    format_set_bold(formats.title);
    format_set_font_size(formats.title, 14);
    format_set_bold(formats.key);
    format_set_align(formats.key, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(formats.wrapped);
    format_set_align(formats.wrapped, LXW_ALIGN_VERTICAL_TOP);
    return formats;
}

/// One column of the hotspot table. A text never becomes a formula: it is written as a string cell.
struct Column {
    const char* header;
    double width;
    lxw_format* format;
    double (*value)(const HotspotArea&); ///< null: the name
    Shown HotspotArea::*shown = nullptr; ///< of a column of counts: what stands there where it is not said
};

/// 0 is not said; NaN leaves the cell empty.
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
double countOrNothing(std::size_t count) {
    return count > 0 ? static_cast<double>(count) : nothing;
}

std::vector<Column> columnsOf(const Result& result, const Formats& formats) {
    std::vector<Column> columns{
        {"Rank", 7, formats.count, [](const HotspotArea& a) { return static_cast<double>(a.rank); }},
        {"Name", 42, formats.plain, nullptr},
        {"Incidents", 11, formats.count, [](const HotspotArea& a) { return static_cast<double>(a.incidents); },
         &HotspotArea::shown},
        {"Places", 9, formats.count, [](const HotspotArea& a) { return countOrNothing(a.places); }},
        {"Most at one place", 18, formats.count, [](const HotspotArea& a) { return countOrNothing(a.largestStack); }},
        {"Share of incidents", 18, formats.fraction, [](const HotspotArea& a) { return a.share; }},
        {"Area (km\xC2\xB2)", 12, formats.twoDecimals, [](const HotspotArea& a) { return a.areaKm2; }},
        {"Share of area", 14, formats.fraction, [](const HotspotArea& a) { return a.areaShare; }},
        {"Incidents per km\xC2\xB2", 18, formats.oneDecimal, [](const HotspotArea& a) { return a.densityPerKm2; }},
        {"PAI", 8, formats.oneDecimal, [](const HotspotArea& a) { return a.pai; }}};
    const auto any = [&](auto known) { return std::any_of(result.areas.begin(), result.areas.end(), known); };
    if (any([](const HotspotArea& a) { return a.weight.has_value(); }))
        columns.push_back(
            {"Weight", 14, formats.oneDecimal, [](const HotspotArea& a) { return a.weight.value_or(nothing); }});
    if (any([](const HotspotArea& a) { return a.perThousand.has_value(); })) {
        columns.push_back(
            {"People", 11, formats.count, [](const HotspotArea& a) { return a.population.value_or(nothing); }});
        columns.push_back({"Incidents per 1,000 people", 25, formats.oneDecimal,
                           [](const HotspotArea& a) { return a.perThousand.value_or(nothing); }});
    }
    const bool compared = std::any_of(result.areas.begin(), result.areas.end(),
                                      [](const HotspotArea& a) { return a.comparisonIncidents.has_value(); });
    if (compared)
        columns.push_back({"Incidents in comparison period", 29, formats.count,
                           [](const HotspotArea& a) { return static_cast<double>(a.comparisonIncidents.value_or(0)); },
                           &HotspotArea::comparisonShown});
    return columns;
}

void writeHotspots(lxw_worksheet* sheet, const Result& result, const Recipe& recipe, const Formats& formats) {
    worksheet_write_string(sheet, 0, 0, (recipe.layout.title.empty() ? result.title : recipe.layout.title).c_str(),
                           formats.title);
    const std::string subtitle = recipe.layout.subtitle.empty()
                                     ? result.incidentsShown == Shown::hidden
                                           ? counted(result.mapped, "incident", "incidents") + " mapped"
                                           : fmt::format("{} of {} mapped", groupedCount(result.mapped),
                                                         counted(result.incidents, "incident", "incidents"))
                                     : recipe.layout.subtitle;
    worksheet_write_string(sheet, 1, 0, subtitle.c_str(), nullptr);
    const std::vector<Column> columns = columnsOf(result, formats);
    std::vector<lxw_table_column> tableColumns(columns.size());
    std::vector<lxw_table_column*> pointers;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        tableColumns[i].header = const_cast<char*>(columns[i].header);
        tableColumns[i].format = columns[i].format;
        pointers.push_back(&tableColumns[i]);
        worksheet_set_column(sheet, column, column, columns[i].width, nullptr);
    }
    pointers.push_back(nullptr);
    // A table needs a row below its header, so without hotspots there is one that says so.
    const auto lastRow = static_cast<lxw_row_t>(tableRow + std::max<std::size_t>(1, result.areas.size()));
    lxw_table_options options{};
    options.name = const_cast<char*>("Hotspots");
    options.columns = pointers.data();
    worksheet_add_table(sheet, tableRow, 0, lastRow, static_cast<lxw_col_t>(columns.size() - 1), &options);
    if (result.areas.empty()) worksheet_write_string(sheet, tableRow + 1, 1, "No hotspots found.", formats.plain);
    for (std::size_t i = 0; i < result.areas.size(); ++i)
        for (std::size_t k = 0; k < columns.size(); ++k) {
            const auto row = static_cast<lxw_row_t>(tableRow + 1 + i);
            const auto column = static_cast<lxw_col_t>(k);
            const HotspotArea& area = result.areas[i];
            if (columns[k].value == nullptr)
                worksheet_write_string(sheet, row, column, area.name.c_str(), columns[k].format);
            else if (columns[k].shown != nullptr && !hasFigure(area.*columns[k].shown))
                worksheet_write_string(sheet, row, column, countText(0, area.*columns[k].shown, result).c_str(),
                                       columns[k].format);
            else if (const double value = columns[k].value(area); std::isfinite(value))
                worksheet_write_number(sheet, row, column, value, columns[k].format);
        }
    worksheet_freeze_panes(sheet, tableRow + 1, 0);
    worksheet_repeat_rows(sheet, tableRow, tableRow);
}

/// The cells or boundaries that were counted in, most first.
void writeRegions(lxw_worksheet* sheet, const Result& result, const Formats& formats) {
    worksheet_write_string(sheet, 0, 0, result.measure.c_str(), formats.title);
    constexpr std::array headers{"Code", "Name", "Incidents", "People", "Value", "Lower 95 %", "Upper 95 %"};
    constexpr std::array widths{14.0, 42.0, 11.0, 11.0, 12.0, 12.0, 12.0};
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_set_column(sheet, column, column, widths[i], nullptr);
        worksheet_write_string(sheet, tableRow, column, headers[i], formats.key);
    }
    std::vector<const Region*> regions;
    for (const Region& region : result.regions) regions.push_back(&region);
    // In their own order where counts are withheld: a place in a ranked list would tell something of them.
    if (result.smallBelow == 0)
        std::stable_sort(regions.begin(), regions.end(),
                         [](const Region* a, const Region* b) { return a->incidents > b->incidents; });
    lxw_row_t row = tableRow;
    for (const Region* region : regions) {
        ++row;
        worksheet_write_string(sheet, row, 0, region->code.c_str(), formats.plain);
        worksheet_write_string(sheet, row, 1, region->name.c_str(), formats.plain);
        if (hasFigure(region->shown))
            worksheet_write_number(sheet, row, 2, static_cast<double>(region->incidents), formats.count);
        else
            worksheet_write_string(sheet, row, 2, countText(0, region->shown, result).c_str(), formats.count);
        const auto number = [&](lxw_col_t column, const std::optional<double>& value, lxw_format* format) {
            if (value) worksheet_write_number(sheet, row, column, *value, format);
        };
        number(3, region->population, formats.count);
        number(4, region->value, formats.twoDecimals);
        number(5, region->lower, formats.twoDecimals);
        number(6, region->upper, formats.twoDecimals);
    }
    worksheet_freeze_panes(sheet, tableRow + 1, 0);
    worksheet_repeat_rows(sheet, tableRow, tableRow);
}

std::string parameterText(const nlohmann::json& value, const ParameterSpec* spec) {
    if (value.is_string()) {
        const std::string key = value.get<std::string>();
        if (spec != nullptr)
            for (const ParameterChoice& choice : spec->choices)
                if (choice.key == key) return choice.label;
        return key;
    }
    std::string text = value.is_number() ? shortestDecimal(value.get<double>()) : value.dump();
    if (spec != nullptr && !spec->unit.empty()) text += " " + spec->unit;
    return text;
}

std::string filterText(const std::vector<std::string>& chosen) {
    return chosen.empty() ? "all" : listed(chosen);
}

std::string areaText(const StudyAreaSpec& area) {
    switch (area.kind) {
    case StudyAreaSpec::Kind::everything:
        return "everything";
    case StudyAreaSpec::Kind::box:
        return area.box ? fmt::format("box {} {} to {} {} (m)", area.box->west, area.box->south, area.box->east,
                                      area.box->north)
                        : "box";
    default:
        break;
    }
    std::string text = utf8Text(pathFromUtf8(area.source).filename());
    if (!area.sublayer.empty()) text += ", layer " + area.sublayer;
    return area.feature.empty() ? text : text + ", " + area.feature;
}

/// What the sheet "How this was made" says, line by line.
std::vector<std::pair<std::string, std::string>> provenance(const Result& result, const Recipe& recipe) {
    std::vector<std::pair<std::string, std::string>> lines;
    const Analysis* analysis = findAnalysis(result.analysis);
    lines.emplace_back("Analysis", result.title);
    lines.emplace_back("Method", result.method);
    if (analysis != nullptr) lines.emplace_back("Source", std::string(analysis->source));
    lines.emplace_back("Categories", filterText(namesAsked(recipe.filter)));
    lines.emplace_back("Datasets", filterText(recipe.filter.datasets));
    lines.emplace_back("Period", recipe.filter.period ? readablePeriod(*recipe.filter.period) : "all");
    if (recipe.filter.hours)
        lines.emplace_back(
            "Hours", fmt::format("{:02}:00 to before {:02}:00", recipe.filter.hours->from, recipe.filter.hours->to));
    if (!recipe.filter.weekdays.empty()) {
        static constexpr const char* names[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                "Thursday", "Friday", "Saturday"};
        std::vector<std::string> days;
        for (const std::chrono::weekday day : recipe.filter.weekdays) days.emplace_back(names[day.c_encoding() % 7]);
        lines.emplace_back("Weekdays", listed(days));
    }
    if (recipe.comparison) lines.emplace_back("Comparison period", readablePeriod(*recipe.comparison));
    lines.emplace_back("Study area", areaText(recipe.area));
    lines.emplace_back("Study area (km\xC2\xB2)", readableNumber(result.studyAreaKm2));
    if (hasFigure(result.incidentsShown)) lines.emplace_back("Incidents", groupedCount(result.incidents));
    lines.emplace_back("Mapped", groupedCount(result.mapped));
    if (!result.forPublic) lines.emplace_back("Distinct places", groupedCount(result.places));
    if (result.smallBelow > 0)
        lines.emplace_back("Small counts", "those under " + std::to_string(result.smallBelow) +
                                               " are not shown, nor what would tell them");
    if (result.roundedTo > 0) lines.emplace_back("Rounding", "to the nearest " + std::to_string(result.roundedTo));
    const std::vector<ParameterSpec> specs =
        analysis != nullptr ? analysis->parameters() : std::vector<ParameterSpec>{};
    for (const auto& [key, value] : result.parameters.items()) {
        const auto spec =
            std::find_if(specs.begin(), specs.end(), [&](const ParameterSpec& one) { return one.key == key; });
        const ParameterSpec* known = spec == specs.end() ? nullptr : &*spec;
        lines.emplace_back(known != nullptr ? known->label : key, parameterText(value, known));
    }
    for (const std::string& note : result.notes) lines.emplace_back("Note", note);
    lines.emplace_back("Data fingerprint", recipe.fingerprint);
    lines.emplace_back("Recipe", shortId(recipe));
    lines.emplace_back("Recipe (JSON)", toJson(recipe).dump());
    lines.emplace_back("Made with", madeWith());
    return lines;
}

void writeProvenance(lxw_worksheet* sheet, const Result& result, const Recipe& recipe, const Formats& formats) {
    worksheet_set_column(sheet, 0, 0, 24, nullptr);
    worksheet_set_column(sheet, 1, 1, 100, nullptr);
    lxw_row_t row = 0;
    worksheet_write_string(sheet, row++, 0, "How this was made", formats.title);
    for (const auto& [key, value] : provenance(result, recipe)) {
        worksheet_write_string(sheet, row, 0, key.c_str(), formats.key);
        // What is too long for a cell, a recipe that lists many datasets, goes on in the rows below.
        for (std::string_view rest = value;;) {
            std::size_t length = std::min(rest.size(), longestCell);
            while (length < rest.size() && length + 4 > longestCell &&
                   (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
                --length;
            worksheet_write_string(sheet, row++, 1, std::string(rest.substr(0, length)).c_str(), formats.wrapped);
            rest.remove_prefix(length);
            if (rest.empty()) break;
        }
    }
}

/// `&` starts a code in a page header.
std::string headerText(const std::string& marking) {
    std::string text = "&C";
    for (const char c : marking) text += c == '&' ? std::string("&&") : std::string(1, c);
    return text;
}

} // namespace

Expected<void> writeTable(const Result& result, const Recipe& recipe, const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    return writeThenRename(file, [&](const std::filesystem::path& aside) -> Expected<void> {
        // libxlsxwriter prints on standard error when the disk fills up, so look first.
        std::error_code unknown;
        const auto space = std::filesystem::space(aside.parent_path().empty() ? "." : aside.parent_path(), unknown);
        if (!unknown && space.available < roomOfABook + (result.areas.size() + result.regions.size()) * roomOfARow)
            return fail(detail::cannotWrite(shown, "the disk is full"));
        lxw_workbook* book = workbook_new(utf8Text(aside).c_str());
        if (book == nullptr) return fail(detail::cannotWrite(shown, "out of memory"));
        lxw_doc_properties properties{};
        std::string title = recipe.layout.title.empty() ? result.title : recipe.layout.title;
        std::string author = recipe.layout.author;
        properties.title = title.data();
        properties.author = author.data();
        properties.created = fixedDate;
        workbook_set_properties(book, &properties);
        const Formats formats = formatsOf(book);
        lxw_worksheet* hotspots = workbook_add_worksheet(book, "Hotspots");
        lxw_worksheet* counts = result.regions.empty() ? nullptr : workbook_add_worksheet(book, "Counts");
        lxw_worksheet* made = workbook_add_worksheet(book, "How this was made");
        writeHotspots(hotspots, result, recipe, formats);
        if (counts != nullptr) writeRegions(counts, result, formats);
        writeProvenance(made, result, recipe, formats);
        for (lxw_worksheet* sheet : {hotspots, counts, made}) {
            if (sheet == nullptr) continue;
            worksheet_set_landscape(sheet);
            worksheet_set_paper(sheet, 9); // A4
            worksheet_fit_to_pages(sheet, 1, 0);
            if (const std::string header = headerText(recipe.layout.marking); header.size() < 250)
                worksheet_set_header(sheet, header.c_str());
        }
        const lxw_error closed = workbook_close(book);
        if (closed != LXW_NO_ERROR) return fail(detail::cannotWrite(shown, lxw_strerror(closed)));
        return {};
    });
}

} // namespace patchlight::gis
