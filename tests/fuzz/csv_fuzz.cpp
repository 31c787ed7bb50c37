// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/record_input.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace patchlight;

namespace {

struct Read {
    bool failed = false;
    std::vector<std::string> fields; ///< with those of the header
    std::string sum;
};

Read readAll(std::string_view bytes, std::size_t piece, std::size_t block) {
    std::size_t at = 0;
    ExtractSource source{.name = "x.csv", .read = [&](std::span<char> into) -> Expected<std::size_t> {
                             const std::size_t count = bytes.substr(at).copy(into.data(), std::min(piece, into.size()));
                             at += count;
                             return count;
                         }};
    Read result;
    auto input = detail::openRecords(source, {}, block);
    if (!input) return {.failed = true};
    result.fields = input->header();
    std::uint32_t rows = 0;
    RecordBlock records;
    while (true) {
        const auto more = input->next(records);
        if (!more) return {.failed = true};
        if (!*more) break;
        fuzz::expect(records.fields.size() == records.rows * input->header().size(), "whole rows");
        fuzz::expect(records.firstRow == rows + 1, "rows are numbered without a gap");
        rows += static_cast<std::uint32_t>(records.rows);
        result.fields.insert(result.fields.end(), records.fields.begin(), records.fields.end());
    }
    result.sum = input->sum();
    return result;
}

} // namespace

/// Whatever the bytes, the reader gives valid UTF-8 without NUL bytes, and the same however the file is cut.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Read whole = readAll(bytes, size + 1, std::size_t{1} << 14);
    const Read cut = readAll(bytes, 7, 5);
    fuzz::expect(whole.failed == cut.failed, "the same files are refused");
    fuzz::expect(whole.fields == cut.fields && whole.sum == cut.sum, "the same records");
    for (const std::string& field : whole.fields) {
        fuzz::expect(!firstInvalidUtf8(field), "UTF-8");
        fuzz::expect(field.find('\0') == std::string::npos, "no NUL byte");
    }
    return 0;
}
