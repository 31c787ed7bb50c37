// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_input.h"

namespace patchlight::detail {

RecordInput::RecordInput(std::unique_ptr<CsvReader> csv, std::unique_ptr<Sha256> sum, std::vector<std::string> header)
    : m_csv{std::move(csv)}, m_sum{std::move(sum)}, m_header{std::move(header)} {}

RecordInput::RecordInput(RecordStream stream)
    : m_sum{std::make_unique<Sha256>()}, m_stream{std::move(stream)}, m_header{m_stream.header} {}

Expected<bool> RecordInput::next(RecordBlock& block) {
    if (m_csv) return m_csv->next(block);
    auto more = m_stream.next(block);
    if (!more || !*more) return more;
    for (const std::string_view field : block.fields) {
        m_sum->add(field);
        m_sum->add(std::string_view("\0", 1)); // "a", "bc" is not "ab", "c"
    }
    return more;
}

Expected<RecordInput> openRecords(ExtractSource& source, std::size_t blockBytes) {
    if (source.records) {
        auto stream = source.records();
        if (!stream) return fail(stream.error());
        return RecordInput(std::move(*stream));
    }
    auto sum = std::make_unique<Sha256>();
    auto csv = std::make_unique<CsvReader>(source, blockBytes);
    csv->sumInto(sum.get());
    auto header = csv->header();
    if (!header) return fail(header.error());
    return RecordInput(std::move(csv), std::move(sum), std::move(*header));
}

} // namespace patchlight::detail
