// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"

#include "core/base/text.h"
#include "core/import/detail/extract_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

namespace patchlight {

namespace {

using detail::Channel;
using detail::ExtractParser;
using detail::ExtractSummary;
using detail::FindingKind;
using detail::FindingLog;
using detail::IncidentBatch;

std::string utcNow() {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const auto seconds = (now - day).count();
    return fmt::format("{}T{:02}:{:02}:{:02}Z", isoDay(LocalDay{day.time_since_epoch()}), seconds / 3600,
                       seconds / 60 % 60, seconds % 60);
}

/// "download.zip/2025-07/2025-07-dorset-street.csv" without folders and ending.
std::string stemOf(const std::string& file) {
    const std::size_t slash = file.find_last_of("/\\");
    std::string stem = slash == file.npos ? file : file.substr(slash + 1);
    if (const std::size_t dot = stem.rfind('.'); dot != stem.npos && dot > 0) stem.resize(dot);
    return stem;
}

std::string uniqueName(const std::string& wanted, const std::vector<DatasetInfo>& taken) {
    const auto isTaken = [&](const std::string& name) {
        return std::any_of(taken.begin(), taken.end(), [&](const DatasetInfo& d) { return d.name == name; });
    };
    std::string name = wanted;
    for (int n = 2; isTaken(name); ++n) name = fmt::format("{} ({})", wanted, n);
    return name;
}

/// Who reported: as the rows say, else for a data.police.uk file the force in its name, else the file's name.
std::string sourceOf(const ExtractSummary& summary, const std::string& stem, bool anonymised) {
    if (!summary.reportedBy.empty()) return summary.reportedBy;
    constexpr std::string_view street = "-street";
    if (anonymised && stem.size() > 8 + street.size() && stem.ends_with(street))
        return stem.substr(8, stem.size() - 8 - street.size());
    return stem;
}

std::string monthsOf(const DatasetInfo& dataset) {
    if (dataset.firstMonth.empty()) return "no dates";
    const auto first = parseIsoDay(dataset.firstMonth), last = parseIsoDay(dataset.lastMonth, true);
    return first && last ? readablePeriod({*first, *last}) : dataset.firstMonth;
}

/// True where both hold rows of one month; of files without dates, where neither has any.
bool sharesMonths(const DatasetInfo& a, const DatasetInfo& b) {
    if (a.firstMonth.empty() || b.firstMonth.empty()) return a.firstMonth.empty() && b.firstMonth.empty();
    return std::any_of(a.months.begin(), a.months.end(), [&](const MonthCount& month) {
        return !month.month.empty() && std::any_of(b.months.begin(), b.months.end(),
                                                   [&](const MonthCount& other) { return other.month == month.month; });
    });
}

/// "; by reference 5,003 as before, 12 changed, 3 new and 1 gone; 4 rows without a reference (before: 5)"
std::string whatChanged(const Replacement& change) {
    std::string text;
    if (change.same + change.changed + change.fresh + change.gone > 0)
        text = fmt::format("; by reference {} as before, {} changed, {} new and {} gone", groupedCount(change.same),
                           groupedCount(change.changed), groupedCount(change.fresh), groupedCount(change.gone));
    if (change.withoutReferenceBefore + change.withoutReferenceNow > 0)
        text += fmt::format("; {} without a reference (before: {})", counted(change.withoutReferenceNow, "row", "rows"),
                            groupedCount(change.withoutReferenceBefore));
    return text;
}

/// True if the file is one that the project has, byte for byte (record for record). Only a file of the same size is
/// worth the pass; records say nothing by the size of their file.
Expected<bool> isKnown(ExtractSource& source, const std::vector<DatasetInfo>& known) {
    const auto sameSize = [&](const DatasetInfo& d) {
        return source.records || source.bytes == 0 || d.bytes == source.bytes;
    };
    if (std::none_of(known.begin(), known.end(), sameSize)) return false;
    const auto isSum = [&](const std::string& hex) {
        return std::any_of(known.begin(), known.end(), [&](const DatasetInfo& d) { return d.sha256 == hex; });
    };
    if (source.records) {
        auto records = detail::openRecords(source);
        if (!records) return fail(records.error());
        RecordBlock block;
        while (true) {
            const auto more = records->next(block);
            if (!more) return fail(more.error());
            if (!*more) return isSum(records->sum());
        }
    }
    Sha256 sum;
    auto kept = std::make_shared<std::string>();
    std::vector<char> buffer(std::size_t{1} << 18);
    while (true) {
        const auto got = source.read(buffer);
        if (!got) return fail(got.error());
        if (*got == 0) break;
        sum.add(std::string_view(buffer.data(), *got));
        if (!source.rewind) kept->append(buffer.data(), *got);
    }
    if (isSum(sum.hex())) return true;
    if (source.rewind) {
        if (const auto done = source.rewind(); !done) return fail(done.error());
        return false;
    }
    source.read = [kept, at = std::size_t{0}](std::span<char> into) mutable -> Expected<std::size_t> {
        const std::size_t count = kept->copy(into.data(), into.size(), at);
        at += count;
        return count;
    };
    return false;
}

class Importer {
public:
    Importer(ImportTransaction transaction, const ProjectorFactory& factory, const ImportOptions& options,
             detail::ProjectMemory memory, const TaskContext& task)
        : m_transaction{std::move(transaction)}, m_factory{factory}, m_options{options}, m_memory{std::move(memory)},
          m_task{task} {}

    Expected<void> add(ExtractSource& source, double doneBefore, double share);
    Expected<ImportReport> finish();

private:
    Expected<std::int64_t> write(Channel<IncidentBatch>& batches, const DatasetInfo& info, const ExtractSource& source,
                                 double doneBefore, double share);
    Expected<std::vector<DatasetInfo>> replacedBy(const DatasetInfo& fresh,
                                                  const std::vector<DatasetInfo>& known) const;
    Expected<std::string> update(const DatasetInfo& fresh, const std::vector<DatasetInfo>& older);
    Expected<void> remember(const ColumnMapping& mapping, const ExtractSource& source);
    void noteConfirmed(const std::string& file, const std::string& confirmedFor);
    void noteCrs();

    ImportTransaction m_transaction;
    const ProjectorFactory& m_factory;
    const ImportOptions& m_options;
    detail::ProjectMemory m_memory;
    std::vector<Error> m_leftOut; ///< sheets and layers of several that hold no incidents
    const TaskContext& m_task;
    ImportReport m_report;
};

/// The known datasets that hold months which a fresh download of the same source brings again. errors: refused
Expected<std::vector<DatasetInfo>> Importer::replacedBy(const DatasetInfo& fresh,
                                                        const std::vector<DatasetInfo>& known) const {
    std::vector<DatasetInfo> replaced;
    if (m_options.keepBoth) return replaced;
    for (const DatasetInfo& old : known) {
        if (old.id == fresh.id || old.source != fresh.source || !sharesMonths(old, fresh)) continue;
        if (!m_options.update)
            return fail(ErrorCode::refused,
                        fmt::format("{} repeats {}, {}, which {} brought with other content; choose whether an update "
                                    "replaces those rows or both are kept.",
                                    fresh.file, fresh.source, monthsOf(fresh), old.file),
                        fresh.file);
        replaced.push_back(old);
    }
    return replaced;
}

/// Replaces the months of older datasets, and says what has changed. Returns the fresh one's name: that of the file,
/// unless a dataset which keeps other months still has it.
Expected<std::string> Importer::update(const DatasetInfo& fresh, const std::vector<DatasetInfo>& older) {
    std::vector<std::int64_t> ids;
    std::vector<std::string> files;
    for (const DatasetInfo& old : older) {
        ids.push_back(old.id);
        files.push_back(old.file);
    }
    const auto change = m_transaction.replaceMonths(ids, fresh.id);
    if (!change) return fail(change.error());
    m_report.notes.push_back(fmt::format("{}, {}: {} of {} replaced by {} of {}{}.", fresh.source, monthsOf(fresh),
                                         counted(change->removed, "row", "rows"), listed(files),
                                         counted(fresh.stored, "row", "rows"), fresh.file, whatChanged(*change)));
    const auto left = m_transaction.datasets();
    if (!left) return fail(left.error());
    std::vector<DatasetInfo> others;
    for (const DatasetInfo& dataset : *left)
        if (dataset.id != fresh.id) others.push_back(dataset);
    const std::string name = uniqueName(fresh.name, others);
    if (name == fresh.name) return name;
    return m_transaction.renameDataset(fresh.id, name).map([&] { return name; });
}

/// Takes batches from the parser and puts them into the project; returns the dataset's id.
Expected<std::int64_t> Importer::write(Channel<IncidentBatch>& batches, const DatasetInfo& info,
                                       const ExtractSource& source, double doneBefore, double share) {
    std::vector<IncidentBatch> waiting; // rows before the first one with a position: the project has no CRS yet
    std::optional<std::int64_t> dataset;
    const auto flush = [&]() -> Expected<void> {
        if (!dataset) {
            const auto begun = m_transaction.beginDataset(info);
            if (!begun) return fail(begun.error());
            dataset = *begun;
        }
        for (IncidentBatch& batch : waiting) {
            if (const auto added = m_transaction.add(batch.incidents); !added) return fail(added.error());
            batches.giveBack(std::move(batch));
        }
        waiting.clear();
        return {};
    };
    while (auto batch = batches.pop()) {
        if (m_task.cancelled()) return failCancelled();
        if (batch->crs)
            if (const auto set = m_transaction.setCrs(*batch->crs); !set) return fail(set.error());
        const std::uint64_t bytes = batch->block.bytesRead;
        waiting.push_back(std::move(*batch));
        if (m_transaction.crs())
            if (const auto flushed = flush(); !flushed) return fail(flushed.error());
        const double part = source.bytes == 0 ? 0.0 : static_cast<double>(bytes) / static_cast<double>(source.bytes);
        m_task.report("Importing", doneBefore + share * std::min(part, 1.0));
    }
    if (!m_transaction.crs()) { // no position in the whole file: the project still needs a CRS
        const auto projector = m_factory(std::nullopt, std::nullopt, 4326);
        if (!projector) return fail(projector.error());
        if (const auto set = m_transaction.setCrs(projector->crs); !set) return fail(set.error());
    }
    return flush().map([&] { return *dataset; });
}

Expected<void> Importer::add(ExtractSource& source, double doneBefore, double share) {
    const auto known = m_transaction.datasets();
    if (!known) return fail(known.error());
    const std::string stem = source.title.empty() ? stemOf(source.name) : source.title;
    const auto skip = isKnown(source, *known);
    if (!skip) return fail(skip.error());
    if (*skip) {
        FindingLog log;
        log.addWithoutRow(FindingKind::alreadyImported);
        for (Finding& finding : log.findings(stem)) m_report.findings.push_back(std::move(finding));
        m_report.notes.push_back(fmt::format("{} was imported before and was skipped.", source.name));
        return {};
    }
    ExtractParser parser(source, m_options, m_factory, m_memory, m_transaction.crs());
    const auto mapping = parser.begin();
    if (!mapping) {
        if (source.title.empty() || mapping.error().code != ErrorCode::fileFormat) return fail(mapping.error());
        m_leftOut.push_back(mapping.error()); // a sheet of notes beside the incidents
        return {};
    }
    if (!parser.confirmedFor().empty()) noteConfirmed(source.name, parser.confirmedFor());
    if (const auto kept = remember(*mapping, source); !kept) return kept;
    DatasetInfo info{// an update takes the old one's name
                     .name = m_options.update ? stem : uniqueName(stem, *known),
                     .file = source.name,
                     .anonymised = mapping->anonymised,
                     .mapping = toJson(*mapping),
                     .imported = utcNow()};

    Channel<IncidentBatch> batches(3);
    auto parsing = std::async(std::launch::async, [&] { return parser.run(batches, m_task); });
    const auto written = write(batches, info, source, doneBefore, share);
    batches.close();
    const auto summary = parsing.get();
    if (!written) return fail(written.error());
    if (!summary) return fail(summary.error());

    info.sha256 = summary->sha256, info.bytes = summary->bytes;
    info.source = sourceOf(*summary, stem, info.anonymised);
    info.firstMonth = summary->firstMonth, info.lastMonth = summary->lastMonth;
    info.read = summary->read, info.stored = summary->stored, info.mapped = summary->mapped;
    info.mapping["crs"] = summary->epsg;
    std::vector<Finding> findings = summary->findings.findings(info.name);
    if (const auto ended = m_transaction.endDataset(info, findings); !ended) return fail(ended.error());
    const auto now = m_transaction.datasets();
    if (!now) return fail(now.error());
    info = *std::find_if(now->begin(), now->end(), [&](const DatasetInfo& d) { return d.id == *written; });
    const auto replaced = replacedBy(info, *known);
    if (!replaced) return fail(replaced.error());
    if (!replaced->empty()) {
        const auto name = update(info, *replaced);
        if (!name) return fail(name.error());
        info.name = *name;
        for (Finding& finding : findings) finding.dataset = *name;
    }
    m_report.read += info.read, m_report.stored += info.stored, m_report.mapped += info.mapped;
    m_report.findings.insert(m_report.findings.end(), findings.begin(), findings.end());
    m_report.datasets.push_back(std::move(info));
    return {};
}

/// Keeps what was told or confirmed of the columns, so that next month's file is understood in the same way. The header
/// of data.police.uk is known anyway, and one that was told cannot be recognised in a file without one.
Expected<void> Importer::remember(const ColumnMapping& mapping, const ExtractSource& source) {
    const bool told = !m_options.mapping.is_null() || m_options.dates != DateOrder::notTold || m_options.crsEpsg != 0;
    if ((!told && !m_options.confirmed) || mapping.anonymised || mapping.headerTold) return {};
    nlohmann::json json = toJson(mapping);
    if (m_options.crsEpsg != 0) json["crs"] = m_options.crsEpsg;
    return m_transaction.rememberMapping({mappingKey(mapping.header), std::move(json), source.name, {}});
}

void Importer::noteConfirmed(const std::string& file, const std::string& confirmedFor) {
    m_report.notes.push_back(
        fmt::format("The columns of {} were understood as they were confirmed for {}.", file, confirmedFor));
}

void Importer::noteCrs() {
    const auto crs = m_transaction.crs();
    if (!crs) return;
    if (!crs->operation.empty())
        m_report.notes.push_back(
            fmt::format("Positions are in {} (EPSG:{}); operation: {}.", crs->name, crs->epsg, crs->operation));
    if (!crs->warning.empty()) m_report.notes.push_back(crs->warning);
}

Expected<ImportReport> Importer::finish() {
    if (m_report.datasets.empty() && !m_leftOut.empty()) return fail(m_leftOut.front());
    for (const Error& error : m_leftOut) m_report.notes.push_back("Left out: " + error.message);
    if (m_report.datasets.empty()) return std::move(m_report); // nothing new: the file stays as it is, byte for byte
    if (m_report.read > 0 && m_report.mapped == 0)
        m_report.notes.push_back(
            "No row has a position that could be used; check which columns hold the coordinates and their "
            "coordinate system (--crs).");
    noteCrs();
    if (m_options.dryRun) {
        m_report.notes.push_back("This was a trial: the project was not changed.");
        return std::move(m_report);
    }
    if (const auto committed = m_transaction.commit(m_task); !committed) return fail(committed.error());
    return std::move(m_report);
}

} // namespace

Expected<ImportReport> importExtracts(const std::filesystem::path& project, std::vector<ExtractSource> sources,
                                      const ProjectorFactory& projector, const ImportOptions& options,
                                      const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    if (sources.empty())
        return fail(ErrorCode::emptyInput, "There is nothing to import; name a CSV file, a folder or a ZIP.",
                    "sources");
    if (options.update && options.keepBoth)
        return fail(ErrorCode::invalidParameter, "Update and keep-both exclude each other; choose one.", "update");
    double total = 0.0;
    for (const ExtractSource& source : sources) total += static_cast<double>(std::max<std::uint64_t>(source.bytes, 1));
    auto transaction = ImportTransaction::begin(project, static_cast<std::uint64_t>(total));
    if (!transaction) return fail(transaction.error());
    auto mappings = transaction->mappings();
    if (!mappings) return fail(mappings.error());
    const auto categories = transaction->categories();
    if (!categories) return fail(categories.error());
    Importer importer(std::move(*transaction), projector, options, {std::move(*mappings), categoriesWith(*categories)},
                      task);
    double done = 0.0;
    for (ExtractSource& source : sources) {
        if (task.cancelled()) return failCancelled();
        const double share = static_cast<double>(std::max<std::uint64_t>(source.bytes, 1)) / total;
        if (const auto added = importer.add(source, done, share); !added) return fail(added.error());
        done += share;
    }
    auto report = importer.finish();
    if (!report) return fail(report.error());
    report->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

} // namespace patchlight
