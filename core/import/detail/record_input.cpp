// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_input.h"

#include "core/base/text.h"

#include <fmt/ranges.h> // join

#include <algorithm>

namespace patchlight::detail {

namespace {

/// "Total", "Total records" or "Grand total" in front of little else.
bool isTotal(std::span<const std::string_view> fields) {
    const std::string first = foldedCase(trimmed(fields.front()).substr(0, 16));
    if (!first.starts_with("total") && !first.starts_with("grand total")) return false;
    const auto filled =
        std::count_if(fields.begin(), fields.end(), [](std::string_view f) { return !trimmed(f).empty(); });
    return fields.size() > 2 && (filled <= 2 || static_cast<std::size_t>(filled) * 3 <= fields.size());
}

} // namespace

struct RecordInput::Csv {
    Csv(ExtractSource& source, std::size_t blockBytes)
        : bytes{source}, text{.name = source.name, .read = [this](std::span<char> into) { return bytes.read(into); }},
          reader{text, blockBytes} {}
    Csv(const Csv&) = delete; // the lambda knows where it is
    Csv& operator=(const Csv&) = delete;

    TextSource bytes;
    ExtractSource text; ///< in UTF-8
    CsvReader reader;
};

RecordInput::RecordInput(std::unique_ptr<Csv> csv, std::vector<std::string> header)
    : m_csv{std::move(csv)}, m_header{std::move(header)} {}
RecordInput::RecordInput(RecordStream stream)
    : m_sum{std::make_unique<Sha256>()}, m_stream{std::move(stream)}, m_header{m_stream.header} {}
RecordInput::~RecordInput() = default;
RecordInput::RecordInput(RecordInput&&) noexcept = default;
RecordInput& RecordInput::operator=(RecordInput&&) noexcept = default;

char RecordInput::separator() const {
    return m_csv ? m_csv->reader.separator() : ',';
}
std::uint64_t RecordInput::bytesRead() const {
    return m_csv ? m_csv->bytes.bytesRead() : 0;
}
std::string RecordInput::sum() {
    return m_csv ? m_csv->bytes.sum() : m_sum->hex();
}

Expected<bool> RecordInput::nextBlock(RecordBlock& block) {
    if (m_csv) {
        auto more = m_csv->reader.next(block);
        block.bytesRead = m_csv->bytes.bytesRead();
        return more;
    }
    auto more = m_stream.next(block);
    if (!more || !*more) return more;
    for (const std::string_view field : block.fields) {
        m_sum->add(field);
        m_sum->add(std::string_view("\0", 1)); // "a", "bc" is not "ab", "c"
    }
    return more;
}

Expected<bool> RecordInput::next(RecordBlock& block) {
    if (m_held) {
        block = std::move(*m_held);
        m_held.reset();
    } else {
        const auto more = nextBlock(block);
        if (!more || !*more) return more;
    }
    return withoutTotal(block);
}

/// A total is one only where nothing follows it.
Expected<bool> RecordInput::withoutTotal(RecordBlock& block) {
    const std::size_t columns = m_header.size();
    if (block.rows == 0 || columns == 0) return true;
    const auto last = std::span(block.fields).subspan((block.rows - 1) * columns, columns);
    if (!isTotal(last)) return true;
    RecordBlock after;
    const auto more = nextBlock(after);
    if (!more) return more;
    if (*more) {
        m_held = std::move(after);
        return true;
    }
    std::vector<std::string> said;
    for (const std::string_view field : last)
        if (!trimmed(field).empty()) said.emplace_back(trimmed(field));
    m_findings.add(FindingKind::totalRow, static_cast<std::uint32_t>(block.firstRow + block.rows - 1),
                   fmt::format("{}", fmt::join(said, " ")));
    --block.rows;
    block.fields.resize(block.rows * columns);
    return block.rows > 0;
}

FindingLog RecordInput::findings() const {
    FindingLog log = m_findings;
    if (!m_csv) return log;
    log.add(m_csv->reader.findings());
    if (m_csv->bytes.encoding() != TextEncoding::utf8)
        log.say(FindingKind::encoding,
                fmt::format("The file is in {} and was converted to UTF-8.", encodingName(m_csv->bytes.encoding())));
    return log;
}

Expected<RecordInput> openRecords(ExtractSource& source, const std::optional<std::vector<std::string>>& header,
                                  std::size_t blockBytes) {
    if (source.records) {
        if (header)
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} names its columns itself; leave \"header\" out of the mapping.", source.name),
                        source.name);
        auto stream = source.records();
        if (!stream) return fail(stream.error());
        return RecordInput(std::move(*stream));
    }
    auto csv = std::make_unique<RecordInput::Csv>(source, blockBytes);
    auto names = csv->reader.header(header);
    if (!names) return fail(names.error());
    return RecordInput(std::move(csv), std::move(*names));
}

} // namespace patchlight::detail

namespace patchlight {

Expected<RecordStream> recordsOf(ExtractSource source, const std::optional<std::vector<std::string>>& header) {
    auto kept = std::make_shared<ExtractSource>(std::move(source));
    auto opened = detail::openRecords(*kept, header);
    if (!opened) return fail(opened.error());
    auto input = std::make_shared<detail::RecordInput>(std::move(*opened));
    RecordStream stream;
    stream.header = input->header();
    stream.next = [kept, input](RecordBlock& block) { return input->next(block); };
    return stream;
}

} // namespace patchlight
