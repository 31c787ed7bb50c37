// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/area_tables.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/sources/detail/vector_source.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>

namespace patchlight::gis {

namespace {

/// A small table, all of it.
struct Table {
    std::string shown;
    std::vector<detail::Field> fields;
    std::vector<std::vector<std::string>> rows;
};

Expected<Table> readTable(const std::filesystem::path& file) {
    auto dataset = detail::openFile(file, detail::FileKind::vector);
    if (!dataset) return fail(dataset.error());
    const detail::GdalMessages messages;
    OGRLayerH layer = GDALDatasetGetLayer(dataset->get(), 0);
    Table table{utf8Text(file), {}, {}};
    if (layer == nullptr)
        return fail(ErrorCode::fileFormat, fmt::format("{} holds no table. Choose another file.", table.shown),
                    table.shown);
    table.fields = detail::fieldsOf(layer);
    while (const detail::FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        std::vector<std::string>& row = table.rows.emplace_back();
        for (std::size_t i = 0; i < table.fields.size(); ++i)
            row.emplace_back(trimmed(OGR_F_GetFieldAsString(feature.get(), static_cast<int>(i))));
    }
    if (messages.failed())
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is damaged after {} ({}). Fetch or save the file again.", table.shown,
                                counted(table.rows.size(), "row", "rows"), messages.text()),
                    table.shown);
    return table;
}

Expected<std::size_t> fieldOf(const Table& table, const std::string& name, int guess, std::string_view meaning) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        if (!name.empty() && equalIgnoringCase(table.fields[i].name, name)) return i;
        names.push_back(table.fields[i].name);
    }
    if (name.empty() && guess >= 0) return static_cast<std::size_t>(guess);
    return fail(ErrorCode::fileFormat,
                name.empty() ? fmt::format("Which field of {} holds the {}? Name one of {}.", table.shown, meaning,
                                           listed(names))
                             : fmt::format("{} has no field \"{}\". It has {}.", table.shown, name, listed(names)),
                name);
}

/// "6278", also "6,278".
std::optional<double> peopleIn(std::string text) {
    std::erase(text, ',');
    return parseDecimal(text);
}

std::string someOf(std::vector<std::string> names) {
    constexpr std::size_t most = 5;
    const std::size_t count = names.size();
    if (count <= most) return listed(names);
    names.resize(most);
    std::string text;
    for (const std::string& name : names) text += name + ", ";
    return text + fmt::format("... ({} in all)", groupedCount(count));
}

Expected<std::map<std::string, double>> populationByCode(const Table& table, std::size_t code, std::size_t people) {
    std::map<std::string, double> byCode;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const std::string &key = table.rows[row][code], &text = table.rows[row][people];
        if (key.empty() || text.empty()) continue;
        const auto value = peopleIn(text);
        if (!value || *value < 0.0)
            return fail(ErrorCode::fileFormat,
                        fmt::format("Field {} of {} holds \"{}\" in row {}, which is no number of people. Choose "
                                    "another population field.",
                                    table.fields[people].name, table.shown, text, row + 1),
                        table.fields[people].name);
        const auto [known, fresh] = byCode.emplace(key, *value);
        if (!fresh && known->second != *value)
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} gives {} two populations, {} and {} (row {}). Leave one of them.", table.shown,
                                    key, shortestDecimal(known->second), shortestDecimal(*value), row + 1),
                        key);
    }
    return byCode;
}

} // namespace

Expected<std::vector<std::string>> joinPopulation(std::vector<AreaFeature>& areas, const PopulationTable& given) {
    if (std::all_of(areas.begin(), areas.end(), [](const AreaFeature& area) { return area.code.empty(); }))
        return fail(ErrorCode::invalidParameter,
                    "The boundaries have no codes that a table could be joined by. Name the field with their codes.",
                    "code field");
    const auto table = readTable(given.file);
    if (!table) return fail(table.error());
    const auto code = fieldOf(*table, given.codeField, detail::guessCodeField(table->fields), "codes");
    if (!code) return fail(code.error());
    int guess = detail::guessPopulationField(table->fields);
    for (std::size_t i = 0; guess < 0 && i < table->fields.size(); ++i) // a CSV's fields are texts
        if (foldedCase(table->fields[i].name).starts_with("pop")) guess = static_cast<int>(i);
    const auto people = fieldOf(*table, given.populationField, guess, "population");
    if (!people) return fail(people.error());
    const auto byCode = populationByCode(*table, *code, *people);
    if (!byCode) return fail(byCode.error());

    std::set<std::string> used;
    std::vector<std::string> missing;
    for (AreaFeature& area : areas) {
        const auto found = byCode->find(area.code);
        area.population = found == byCode->end() ? std::nullopt : std::optional(found->second);
        if (found == byCode->end())
            missing.push_back(area.code.empty() ? area.name : area.code);
        else
            used.insert(area.code);
    }
    if (used.empty())
        return fail(ErrorCode::fileFormat,
                    fmt::format("No code of the boundaries ({}, ...) is in field {} of {}. Choose another code field.",
                                areas.front().code, table->fields[*code].name, table->shown),
                    table->fields[*code].name);
    std::vector<std::string> notes{fmt::format(
        "Population of {} of {} from field {} of {}.", groupedCount(areas.size() - missing.size()),
        counted(areas.size(), "area", "areas"), table->fields[*people].name, utf8Text(given.file.filename()))};
    if (!missing.empty()) notes.push_back(fmt::format("Without a population: {}.", someOf(std::move(missing))));
    std::vector<std::string> unused;
    for (const auto& [key, value] : *byCode)
        if (!used.contains(key)) unused.push_back(key);
    if (!unused.empty())
        notes.push_back(fmt::format("Codes of the table without an area: {}.", someOf(std::move(unused))));
    return notes;
}

Expected<std::vector<AreaCode>> readAreaCodes(const std::filesystem::path& file,
                                              const std::vector<AreaFeature>& areas) {
    const auto table = readTable(file);
    if (!table) return fail(table.error());
    std::set<std::string> codes;
    for (const AreaFeature& area : areas)
        if (!area.code.empty()) codes.insert(area.code);
    std::vector<std::size_t> columns; // lsoa11cd, lsoa21cd, but not lad22cd
    std::vector<std::string> names;
    const auto stemOf = [&](std::size_t i) {
        const std::string name = foldedCase(table->fields[i].name);
        return name.ends_with("cd") ? name.substr(0, name.find_first_of("0123456789")) : std::string{};
    };
    for (std::size_t i = 0; i < table->fields.size(); ++i) {
        names.push_back(table->fields[i].name);
        for (std::size_t j = 0; j < table->fields.size(); ++j)
            if (i != j && !stemOf(i).empty() && stemOf(i) == stemOf(j)) {
                columns.push_back(i);
                break;
            }
    }
    if (columns.size() != 2)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is no look-up of codes: it needs two columns such as lsoa11cd and lsoa21cd. It has "
                                "{}.",
                                table->shown, listed(names)),
                    table->shown);
    const auto hits = [&](std::size_t column) {
        return std::count_if(table->rows.begin(), table->rows.end(),
                             [&](const auto& row) { return codes.contains(row[column]); });
    };
    if (hits(columns[0]) > hits(columns[1])) std::swap(columns[0], columns[1]);
    if (hits(columns[1]) == 0)
        return fail(
            ErrorCode::fileFormat,
            fmt::format("No code of the boundaries is in {} or {} of {}. Choose the look-up of these boundaries.",
                        names[columns[0]], names[columns[1]], table->shown),
            table->shown);
    const auto change = std::find_if(names.begin(), names.end(),
                                     [](const std::string& name) { return foldedCase(name).starts_with("chg"); });
    std::vector<AreaCode> pairs;
    for (const auto& row : table->rows)
        if (codes.contains(row[columns[1]]))
            pairs.push_back(
                {row[columns[1]], row[columns[0]],
                 change == names.end() ? std::string{} : row[static_cast<std::size_t>(change - names.begin())]});
    return pairs;
}

CodeMatches matchCodes(const TextColumn& rows, const std::vector<AreaFeature>& areas,
                       const std::vector<AreaCode>& codes) {
    std::set<std::string> own;
    for (const AreaFeature& area : areas) own.insert(area.code);
    std::map<std::string, std::set<std::string>> others;
    for (const AreaCode& pair : codes) others[pair.other].insert(pair.code);
    CodeMatches matches;
    std::vector<std::size_t CodeMatches::*> kinds; // of each distinct code
    for (const std::string& value : rows.values) {
        const auto led = others.find(value);
        kinds.push_back(value.empty()            ? &CodeMatches::without
                        : own.contains(value)    ? &CodeMatches::direct
                        : led == others.end()    ? &CodeMatches::unknown
                        : led->second.size() > 1 ? &CodeMatches::several
                                                 : &CodeMatches::through);
    }
    for (const std::uint32_t code : rows.code) ++(matches.*kinds[code]);
    return matches;
}

} // namespace patchlight::gis
