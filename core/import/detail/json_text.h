// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace patchlight::detail {

/// Appends a text as a JSON string with its quotes (RFC 8259): quote, backslash and control characters escaped, other
/// UTF-8 as it is. Written by hand since an import writes one object a row.
inline void appendJsonText(std::string& json, std::string_view text) {
    json += '"';
    std::size_t plain = 0; // what begins here is copied in one go
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        json.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"':
            json += "\\\"";
            break;
        case '\\':
            json += "\\\\";
            break;
        case '\n':
            json += "\\n";
            break;
        case '\r':
            json += "\\r";
            break;
        case '\t':
            json += "\\t";
            break;
        default:
            json += "\\u00";
            json += "0123456789abcdef"[c >> 4];
            json += "0123456789abcdef"[c & 0xF];
        }
    }
    json.append(text, plain, text.size() - plain);
    json += '"';
}

} // namespace patchlight::detail
