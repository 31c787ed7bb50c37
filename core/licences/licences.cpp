// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/licences/licences.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <set>

namespace patchlight {

namespace {

constexpr std::array<std::string_view, 7> keys{"os-open", "os-psga", "ons", "royal-mail", "osm", "ogl", "none"};

bool isKey(std::string_view licence) {
    return std::find(keys.begin(), keys.end(), licence) != keys.end();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool hasYear(std::string_view licence) {
    return licence == "os-open" || licence == "os-psga" || licence == "ons" || licence == "royal-mail";
}

/// Words in lower case with one blank between and at both ends: " lsoa 2021 ew bfc v10 ".
std::string wordsOf(std::string_view names) {
    std::string words = " ";
    for (const char c : foldedCase(names)) {
        const bool letter = (c >= 'a' && c <= 'z') || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            words += c;
        else if (words.back() != ' ')
            words += ' ';
    }
    return words.back() == ' ' ? words : words + ' ';
}

struct Product {
    std::string_view licence, words;
};
/// Words with a blank at the end are whole words. The first that occurs says it.
constexpr Product products[] = {
    {"os-psga", " mastermap"},
    {"os-psga", " addressbase"},
    {"os-psga", " os ngd "},
    {"royal-mail", " code point"},
    {"royal-mail", " codepoint"},
    {"royal-mail", " codepo "},
    {"royal-mail", " onspd"},
    {"royal-mail", " nspl"},
    {"royal-mail", " national statistics postcode"},
    {"royal-mail", " ons postcode"},
    {"os-open", " boundary line"},
    {"os-open", " boundaryline"},
    {"os-open", " bdline"},
    {"os-open", " openmap local"},
    {"os-open", " open map local"},
    {"os-open", " openmaplocal"},
    {"os-open", " open roads"},
    {"os-open", " openroads"},
    {"os-open", " oproad"},
    {"os-open", " open rivers"},
    {"os-open", " oprvrs"},
    {"os-open", " open greenspace"},
    {"os-open", " opgrsp"},
    {"os-open", " open names"},
    {"os-open", " opname"},
    {"os-open", " open uprn"},
    {"os-open", " openuprn"},
    {"os-open", " osopenuprn"},
    {"os-open", " open zoomstack"},
    {"os-open", " zoomstack"},
    {"os-open", " vectormap district"},
    {"os-open", " vmdvec"},
    {"os-open", " terrain 50 "},
    {"os-open", " terr50"},
    {"os-open", " os open "},
    {"osm", " openstreetmap"},
    {"osm", " open street map"},
    {"osm", " osm "},
    {"osm", " geofabrik"},
    {"ons", " lsoa"},
    {"ons", " msoa"},
    {"ons", " super output area"},
    {"ons", " output area"},
    {"ons", " oa 2021 "},
    {"ons", " oa21"},
    {"ons", " bfc "}, // ONS's endings for how much a boundary is generalised
    {"ons", " bfe "},
    {"ons", " bgc "},
    {"ons", " bsc "},
    {"ons", " buc "},
    {"ons", " office for national statistics"},
    {"ogl", " data police uk "},
};

std::string guessedLicence(const std::string& words) {
    for (const Product& product : products)
        if (words.find(product.words) != std::string::npos) return std::string(product.licence);
    return {};
}

/// The last of four digits 20xx that stand alone or at the start of a date (202504) in the names.
std::string guessedYear(std::string_view names) {
    std::string year;
    for (std::size_t i = 0; i < names.size();) {
        if (!isDigit(names[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < names.size() && isDigit(names[end])) ++end;
        const std::string_view digits = names.substr(i, end - i);
        const bool date = digits.size() == 4 || digits.size() == 6 || digits.size() == 8;
        if (date && digits.starts_with("20")) year = std::max(year, std::string(digits.substr(0, 4)));
        i = end;
    }
    return year;
}

using Years = std::set<std::string>;

std::string yearsText(const Years& years) {
    if (years.empty()) return {};
    return " " + listed({years.begin(), years.end()});
}

constexpr const char* crown = "\xC2\xA9 Crown copyright and database right";

} // namespace

Expected<LayerLicence> layerLicence(std::string licence, std::string year, std::string number) {
    licence = std::string(trimmed(licence));
    if (const std::string key = foldedCase(licence); isKey(key)) licence = key;
    const bool fourDigits = year.size() == 4 && std::all_of(year.begin(), year.end(), isDigit);
    if (!year.empty() && !fourDigits)
        return fail(ErrorCode::invalidParameter, "--licence-year must be a year like 2025, not \"" + year + "\".",
                    "--licence-year");
    if (!year.empty() && !licence.empty() && !hasYear(licence))
        return fail(ErrorCode::invalidParameter,
                    "The line of the licence \"" + licence + "\" has no year; leave --licence-year out.",
                    "--licence-year");
    if (!number.empty() && licence != "os-psga")
        return fail(ErrorCode::invalidParameter, "--licence-number goes with --licence os-psga.", "--licence-number");
    return LayerLicence{std::move(licence), std::move(year), std::move(number)};
}

LayerLicence licenceOf(const LayerOrigin& origin) {
    LayerLicence licence = origin.said;
    const std::string names = origin.file + " " + origin.layer;
    if (licence.licence.empty()) licence.licence = guessedLicence(wordsOf(names));
    if (licence.year.empty() && hasYear(licence.licence)) licence.year = guessedYear(names);
    return licence;
}

bool knowsLicence(const LayerOrigin& origin) {
    const LayerLicence licence = licenceOf(origin);
    if (licence.licence.empty()) return false;
    return (!hasYear(licence.licence) || !licence.year.empty()) &&
           (licence.licence != "os-psga" || !licence.number.empty());
}

Acknowledgements acknowledgementsOf(std::span<const LayerOrigin> origins) {
    Acknowledgements result;
    Years ordnanceSurvey, royalMail;
    std::set<std::string> psga, open, texts;
    bool os = false, ons = false, post = false, osm = false;
    const auto note = [](Years& years, const std::string& year) {
        if (!year.empty()) years.insert(year);
    };
    for (const LayerOrigin& origin : origins) {
        const LayerLicence licence = licenceOf(origin);
        const std::string& key = licence.licence;
        if (key.empty() &&
            std::find(result.unknown.begin(), result.unknown.end(), origin.layer) == result.unknown.end())
            result.unknown.push_back(origin.layer);
        // ONS's boundaries and all postcode lists rest on OS data and carry its line too.
        if (key == "os-open" || key == "ons" || key == "royal-mail") os = true, note(ordnanceSurvey, licence.year);
        if (key == "os-psga")
            psga.insert("\xC2\xA9 Crown copyright and database rights" +
                        (licence.year.empty() ? std::string{} : " " + licence.year) + " Ordnance Survey" +
                        (licence.number.empty() ? std::string{} : " " + licence.number) + ".");
        ons = ons || key == "ons";
        if (key == "royal-mail") post = true, note(royalMail, licence.year);
        osm = osm || key == "osm";
        if (key == "ogl") open.insert(origin.layer);
        if (!key.empty() && !isKey(key)) texts.insert(key.ends_with('.') ? key : key + ".");
    }
    std::vector<std::string>& lines = result.lines;
    if (os) lines.push_back("Contains OS data " + std::string(crown) + yearsText(ordnanceSurvey) + ".");
    lines.insert(lines.end(), psga.begin(), psga.end());
    if (ons)
        lines.emplace_back("Source: Office for National Statistics licensed under the Open Government Licence v.3.0.");
    if (post) {
        lines.push_back("Contains Royal Mail data \xC2\xA9 Royal Mail copyright and database right" +
                        yearsText(royalMail) + ".");
        lines.push_back("Contains National Statistics data " + std::string(crown) + yearsText(royalMail) + ".");
    }
    if (osm)
        lines.emplace_back("\xC2\xA9 OpenStreetMap contributors, available under the Open Database Licence "
                           "(openstreetmap.org/copyright).");
    if (!open.empty())
        lines.push_back("Contains public sector information licensed under the Open Government Licence v3.0 (" +
                        listed({open.begin(), open.end()}) + ").");
    lines.insert(lines.end(), texts.begin(), texts.end());
    return result;
}

} // namespace patchlight
