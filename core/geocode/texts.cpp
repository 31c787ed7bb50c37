// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/geocode/geocode.h"

#include <algorithm>
#include <array>

namespace patchlight {

namespace {

bool isLetter(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

struct Abbreviation {
    std::string_view from, to;
};
constexpr std::array<Abbreviation, 22> endings{
    {{"st", "street"},   {"str", "street"},     {"rd", "road"},   {"ave", "avenue"},    {"av", "avenue"},
     {"ln", "lane"},     {"dr", "drive"},       {"cl", "close"},  {"cres", "crescent"}, {"gdns", "gardens"},
     {"gdn", "garden"},  {"pl", "place"},       {"sq", "square"}, {"ct", "court"},      {"terr", "terrace"},
     {"tce", "terrace"}, {"gr", "grove"},       {"grv", "grove"}, {"pk", "park"},       {"wy", "way"},
     {"hse", "house"},   {"bldgs", "buildings"}}};

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    bool inWord = false;
    for (const char c : foldedCase(text)) {
        const bool letter = (c >= 'a' && c <= 'z') || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
        if (c == '\'') continue; // St Swithun's, St Swithuns
        if (letter && !inWord) words.emplace_back();
        if (letter) words.back() += c;
        inWord = letter;
    }
    return words;
}

/// "12", "12a", "12-14" fall into such words.
bool isHouseNumber(const std::string& word) {
    if (!isDigit(word.front())) return false;
    const auto letters = std::count_if(word.begin(), word.end(), [](char c) { return !isDigit(c); });
    return letters <= 1 && word.size() <= 5;
}

} // namespace

std::optional<std::string> wholePostcode(std::string_view text) {
    std::string code;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '-' || c == '.') continue;
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (!isLetter(upper) && !isDigit(upper)) return std::nullopt;
        code += upper;
    }
    if (code.size() < 5 || code.size() > 7) return std::nullopt;
    const std::size_t out = code.size() - 3;
    if (!isDigit(code[out]) || !isLetter(code[out + 1]) || !isLetter(code[out + 2])) return std::nullopt;
    // Outward: one or two letters, a digit, perhaps a digit or letter more.
    const std::size_t letters = isLetter(code[1]) ? 2 : 1;
    if (!isLetter(code[0]) || out <= letters || !isDigit(code[letters]) || out > letters + 2) return std::nullopt;
    return code.substr(0, out) + ' ' + code.substr(out);
}

std::optional<std::string> uprnOf(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(".0")) text.remove_suffix(2); // a spreadsheet's number
    while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
    if (text.empty() || text.size() > 12 || !std::all_of(text.begin(), text.end(), isDigit) || text == "0")
        return std::nullopt;
    return std::string(text);
}

std::string comparableName(std::string_view text) {
    std::vector<std::string> words = wordsOf(text);
    if (words.size() > 3 && words[0] == "on" && words[1] == "or" && words[2] == "near")
        words.erase(words.begin(), words.begin() + 3);
    while (words.size() > 1 && isHouseNumber(words.front())) words.erase(words.begin());
    if (words.size() > 1) {
        const auto known = std::find_if(endings.begin(), endings.end(),
                                        [&](const Abbreviation& ending) { return words.back() == ending.from; });
        if (known != endings.end()) words.back() = known->to;
        if (words.front() == "st") words.front() = "saint";
    }
    std::string name;
    for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
    return name;
}

} // namespace patchlight
