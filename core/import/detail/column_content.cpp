// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/column_content.h"

#include "core/base/text.h"
#include "core/import/detail/dates.h"
#include "core/import/detail/grid_reference.h"
#include "core/import/detail/positions.h"

#include <algorithm>
#include <set>

namespace patchlight::detail {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool isAllDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

void countNumber(ColumnContent& content, std::string_view text, double value) {
    ++content.numbers;
    content.degrees += value >= -180.0 && value <= 180.0 ? 1 : 0;
    if (value != static_cast<double>(static_cast<long long>(value)) || text.find(',') != text.npos) return;
    content.wholeNumbers += isAllDigits(text) ? 1 : 0;
    content.years += value >= 1900.0 && value <= 2100.0 ? 1 : 0;
    content.upTo12 += value >= 1.0 && value <= 12.0 ? 1 : 0;
    content.upTo31 += value >= 1.0 && value <= 31.0 ? 1 : 0;
    content.upTo59 += value >= 0.0 && value <= 59.0 ? 1 : 0;
}

void countText(ColumnContent& content, std::string_view text) {
    content.letters += std::any_of(text.begin(), text.end(), isLetter) ? 1 : 0;
    if (const auto value = readNumber(text, true); value && *value > -1e15 && *value < 1e15)
        countNumber(content, text, *value);
    const When when = parseWhen(text);
    const bool date = when.precision != TimePrecision::none || when.order == NumberOrder::monthFirstOnly;
    const bool plain = date && when.style != DateStyle::serial && when.style != DateStyle::compact;
    content.dates += date ? 1 : 0;
    content.plainDates += plain ? 1 : 0;
    content.dayNumbers += date && when.style == DateStyle::serial ? 1 : 0;
    if (!date && parseClock(text)) {
        ++content.clocks;
        content.plainClocks += text.find(':') != text.npos ? 1 : 0;
    }
    if (!date && isLetter(text.front()) && parseWhen(std::string(text) + " 2000").precision == TimePrecision::month)
        ++content.upTo12; // a month by its name
    content.gridReferences += parseGridReference(text) ? 1 : 0;
    content.postcodes += isPostcode(text) ? 1 : 0;
    content.uprns += isUprn(text) ? 1 : 0;
    content.longUprns += isUprn(text) && text.size() >= 11 ? 1 : 0;
    content.areaCodes += isAreaCode(text) ? 1 : 0;
}

} // namespace

bool isPostcode(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 5 || text.size() > 9) return false;
    const std::string_view inward = text.substr(text.size() - 3);
    if (!isDigit(inward[0]) || !isLetter(inward[1]) || !isLetter(inward[2])) return false;
    const std::string_view outward = trimmed(text.substr(0, text.size() - 3));
    if (outward.size() < 2 || outward.size() > 4) return false;
    const std::size_t area = isLetter(outward[1]) ? 2 : 1; // one or two letters, a digit, a digit or letter more
    if (!isLetter(outward[0]) || outward.size() <= area || !isDigit(outward[area])) return false;
    return outward.size() == area + 1 ||
           (outward.size() == area + 2 && (isDigit(outward[area + 1]) || isLetter(outward[area + 1])));
}

bool isUprn(std::string_view text) {
    text = trimmed(text);
    return text.size() <= 12 && isAllDigits(text);
}

bool isAreaCode(std::string_view text) {
    text = trimmed(text);
    return text.size() == 9 && std::string_view("EWSNKewsnk").find(text.front()) != std::string_view::npos &&
           isAllDigits(text.substr(1));
}

ColumnContent contentOf(std::span<const std::string_view> sample, std::size_t columns, std::size_t column) {
    ColumnContent content;
    std::set<std::string_view> distinct;
    std::size_t length = 0;
    for (std::size_t at = column; at < sample.size(); at += columns) {
        const std::string_view text = trimmed(sample[at]);
        if (isMissing(text)) continue;
        ++content.filled;
        length += text.size();
        distinct.insert(text);
        if (text.size() <= 40) countText(content, text);
    }
    content.distinct = distinct.size();
    if (content.filled > 0) content.meanLength = static_cast<double>(length) / static_cast<double>(content.filled);
    return content;
}

PairContent pairOf(std::span<const std::string_view> sample, std::size_t columns, std::size_t x, std::size_t y,
                   bool decimalComma) {
    PairContent pair;
    for (std::size_t row = 0; (row + 1) * columns <= sample.size(); ++row) {
        const SourcePosition position =
            readPosition(sample[row * columns + x], sample[row * columns + y], 0, decimalComma);
        if (position.state != CoordinateState::given || position.fromGridReference) continue;
        const auto [a, b] = position.point;
        if (pair.given++ == 0) pair.first = position.point;
        const auto inGrid = [](double e, double n) {
            return e > 1000.0 && e < 700000.0 && n > 1000.0 && n < 1300000.0;
        };
        const auto isBritish = [](double lon, double lat) {
            return lon >= -9.0 && lon <= 2.1 && lat >= 49.0 && lat <= 61.5;
        };
        pair.metres += inGrid(a, b) ? 1 : 0;
        pair.britishGrid += inGrid(a, b) && inSquareWithLand({a, b}) ? 1 : 0;
        pair.turnedGrid += inGrid(b, a) && inSquareWithLand({b, a}) ? 1 : 0;
        pair.degrees += std::abs(a) <= 180.0 && std::abs(b) <= 90.0 ? 1 : 0;
        pair.british += isBritish(a, b) ? 1 : 0;
        pair.turnedBritish += isBritish(b, a) ? 1 : 0;
        pair.turnedOnly += std::abs(a) <= 90.0 && std::abs(b) > 90.0 && std::abs(b) <= 180.0 ? 1 : 0;
    }
    return pair;
}

} // namespace patchlight::detail
