// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace patchlight {

std::string shortestDecimal(double value) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return {buffer, end.ptr};
}

namespace {
template <class Number> std::optional<Number> parseWhole(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    Number value{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}
} // namespace

std::optional<double> parseDecimal(std::string_view text) {
    return parseWhole<double>(text);
}
std::optional<long long> parseInteger(std::string_view text) {
    return parseWhole<long long>(text);
}

std::string groupedCount(std::size_t count) {
    std::string digits = std::to_string(count);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string fixedDecimal(double value, int decimals) {
    return fmt::format("{:.{}f}", value, decimals);
}

std::string percent(double fraction, int decimals) {
    return fmt::format("{:.{}f} %", fraction * 100.0, decimals);
}

std::string readableNumber(double value) {
    if (!std::isfinite(value)) return "-";
    const double size = std::abs(value);
    if (size == 0.0) return "0";
    if (size >= 999.5) { // three significant figures, then thousands
        const double step = std::pow(10.0, std::floor(std::log10(size)) - 2.0);
        const auto rounded = static_cast<std::size_t>(std::llround(std::round(size / step) * step));
        return (value < 0 ? "-" : "") + groupedCount(rounded);
    }
    const int decimals = size >= 9.995 ? 0 : std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 0, 12);
    std::string text = fixedDecimal(value, size >= 9.995 && size < 99.95 ? 0 : decimals);
    if (text.find('.') != std::string::npos) {
        while (text.back() == '0') text.pop_back();
        if (text.back() == '.') text.pop_back();
    }
    return text;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
    return groupedCount(count) + " " + std::string(count == 1 ? one : many);
}

std::string listed(const std::vector<std::string>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

namespace {
char folded(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
} // namespace

std::string foldedCase(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), folded);
    return result;
}

bool equalIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return folded(x) == folded(y); });
}

std::optional<std::size_t> firstInvalidUtf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t at = 0;
    while (at < text.size()) {
        const unsigned char lead = bytes[at];
        if (lead < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                                   : (lead & 0xF0) == 0xE0        ? 3
                                   : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                                  : 0;
        if (length == 0 || at + length > text.size()) return at;
        for (std::size_t i = 1; i < length; ++i)
            if ((bytes[at + i] & 0xC0) != 0x80) return at;
        const unsigned char second = bytes[at + 1];
        const bool overlongOrSurrogate = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
                                         (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F);
        if (overlongOrSurrogate) return at;
        at += length;
    }
    return std::nullopt;
}

} // namespace patchlight
