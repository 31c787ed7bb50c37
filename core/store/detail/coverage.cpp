// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/coverage.h"

#include "core/store/detail/incident_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

namespace patchlight::store {

namespace {

/// What the rows of one reference say, whatever their order.
struct ReferenceRows {
    std::size_t rows = 0;
    std::size_t content = 0; ///< sum of the rows' hashes
    bool operator==(const ReferenceRows&) const = default;
};
struct Side {
    std::unordered_map<std::string, ReferenceRows> byReference;
    std::size_t withoutReference = 0;
};

/// The month of a row, as SQL: the first seven characters of its start.
constexpr const char* inTheseMonths =
    "substr(occurred_from, 1, 7) IN (SELECT month FROM patchlight_coverage WHERE dataset_id = ? AND month <> '')";

/// Rows of one dataset in the months of another.
Expected<void> addRows(Database& database, std::int64_t dataset, std::int64_t monthsOf, Side& side) {
    return database.each(
        fmt::format("SELECT reference, category, subcategory, occurred_from, occurred_to, outcome, geom FROM incidents "
                    "WHERE dataset_id = ? AND {}",
                    inTheseMonths),
        [&](Statement& row) {
            if (row.text(0).empty()) {
                ++side.withoutReference;
                return;
            }
            std::string content;
            for (int column = 1; column <= 5; ++column) {
                content += row.text(column);
                content += '\n';
            }
            const auto blob = row.blob(6);
            content.append(reinterpret_cast<const char*>(blob.data()), blob.size());
            ReferenceRows& rows = side.byReference[row.string(0)];
            ++rows.rows;
            rows.content += std::hash<std::string>{}(content);
        },
        dataset, monthsOf);
}

/// Takes the newer dataset's months out of an older one; removes it where no dated month is left.
Expected<std::size_t> takeOut(Database& database, std::int64_t older, std::int64_t newer) {
    auto done =
        database.run(fmt::format("DELETE FROM incidents WHERE dataset_id = ? AND {}", inTheseMonths), older, newer);
    if (!done) return fail(done.error());
    auto removed = static_cast<std::size_t>(database.changes());
    done = database.run("DELETE FROM patchlight_coverage WHERE dataset_id = ? AND month <> '' AND month IN "
                        "(SELECT month FROM patchlight_coverage WHERE dataset_id = ?)",
                        older, newer);
    if (!done) return fail(done.error());
    const auto left =
        database.integer("SELECT count(*) FROM patchlight_coverage WHERE dataset_id = ? AND month <> ''", older);
    if (!left) return fail(left.error());
    if (*left == 0) {
        done = database.run("DELETE FROM incidents WHERE dataset_id = ?", older);
        if (!done) return fail(done.error());
        removed += static_cast<std::size_t>(database.changes());
        done = database.run("DELETE FROM patchlight_dataset WHERE id = ?", older);
    } else {
        done =
            database.run("UPDATE patchlight_dataset SET (rows_stored, rows_mapped, first_month, last_month) = "
                         "(SELECT sum(rows), sum(mapped), min(nullif(month, '')), max(month) FROM patchlight_coverage "
                         "WHERE dataset_id = ?1) WHERE id = ?1",
                         older);
    }
    if (!done) return fail(done.error());
    return removed;
}

} // namespace

void MonthCounter::seek(LocalMinute time) {
    const LocalDay first = firstOfMonth(std::chrono::floor<std::chrono::days>(time));
    auto at = std::lower_bound(m_months.begin(), m_months.end(), first,
                               [](const Month& month, LocalDay day) { return month.first < day; });
    if (at == m_months.end() || at->first != first) at = m_months.insert(at, Month{.first = first});
    m_current = static_cast<std::size_t>(at - m_months.begin());
    m_begin = first;
    m_end = addedMonths(first, 1);
}

std::vector<MonthCount> MonthCounter::counts() const {
    std::vector<MonthCount> counts;
    if (m_undated.rows > 0) counts.push_back({"", m_undated.rows, m_undated.mapped});
    for (const Month& month : m_months) counts.push_back({isoDay(month.first).substr(0, 7), month.rows, month.mapped});
    return counts;
}

Expected<void> writeCoverage(Database& database, std::int64_t dataset, const std::vector<MonthCount>& months) {
    Expected<void> done;
    for (const MonthCount& month : months)
        done = done.and_then([&] {
            return database.run("INSERT INTO patchlight_coverage VALUES (?, ?, ?, ?)", dataset, month.month, month.rows,
                                month.mapped);
        });
    return done;
}

Expected<Replacement> replaceMonths(Database& database, std::span<const std::int64_t> older, std::int64_t newer) {
    Side before, now;
    Replacement replacement;
    auto done = addRows(database, newer, newer, now);
    for (const std::int64_t dataset : older)
        done = done.and_then([&] { return addRows(database, dataset, newer, before); });
    if (!done) return fail(done.error());
    for (const auto& [reference, rows] : now.byReference) {
        const auto known = before.byReference.find(reference);
        if (known == before.byReference.end())
            ++replacement.fresh;
        else
            ++(known->second == rows ? replacement.same : replacement.changed);
    }
    replacement.gone = before.byReference.size() - replacement.same - replacement.changed;
    replacement.withoutReferenceBefore = before.withoutReference;
    replacement.withoutReferenceNow = now.withoutReference;
    for (const std::int64_t dataset : older) {
        const auto removed = takeOut(database, dataset, newer);
        if (!removed) return fail(removed.error());
        replacement.removed += *removed;
    }
    return replacement;
}

} // namespace patchlight::store
