// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "gis/layout/detail/board_texts.h"

#include <algorithm>
#include <map>

namespace patchlight::paint {

namespace {

constexpr double leastMappedShare = 0.85; // Ratcliffe (2004): below it a map of the mapped misleads
constexpr std::size_t mostMonths = 36;
constexpr qsizetype mostNames = 6;

std::string monthOf(LocalDay day) {
    return isoDay(day).substr(0, 7);
}

/// Datasets that the filter chooses and whose months touch the period; all of them when none is left.
std::vector<DatasetInfo> chosenDatasets(const Recipe& recipe, const std::vector<DatasetInfo>& datasets) {
    std::vector<DatasetInfo> chosen;
    for (const DatasetInfo& dataset : datasets) {
        const auto& names = recipe.filter.datasets;
        if (!names.empty() && std::none_of(names.begin(), names.end(), [&](const std::string& name) {
                return equalIgnoringCase(name, dataset.name);
            }))
            continue;
        if (recipe.filter.period && !dataset.firstMonth.empty()) {
            const auto touches = [&](const Period& period) {
                return dataset.firstMonth <= monthOf(period.last) && dataset.lastMonth >= monthOf(period.first);
            };
            if (!touches(*recipe.filter.period) && !(recipe.comparison && touches(*recipe.comparison))) continue;
        }
        chosen.push_back(dataset);
    }
    return chosen.empty() ? datasets : chosen;
}

std::optional<Period> monthsOf(const std::vector<DatasetInfo>& datasets) {
    std::optional<Period> all;
    for (const DatasetInfo& dataset : datasets) {
        const auto first = parseIsoDay(dataset.firstMonth), last = parseIsoDay(dataset.lastMonth, true);
        if (!first || !last) continue;
        if (!all) all = Period{*first, *last};
        all->first = std::min(all->first, *first);
        all->last = std::max(all->last, *last);
    }
    return all;
}

QString months(const std::vector<DatasetInfo>& datasets) {
    const auto all = monthsOf(datasets);
    if (!all) return {};
    const QString first = monthName(all->first), last = monthName(all->last);
    if (first == last) return first;
    if (first.section(' ', 1) == last.section(' ', 1)) return first.section(' ', 0, 0) + " to " + last;
    return first + " to " + last;
}

QString shortened(QStringList names) {
    if (names.size() <= mostNames) return listed(names);
    const auto left = std::size_t(names.size() - mostNames);
    names = names.mid(0, mostNames);
    names.push_back(grouped(left) + " more");
    return listed(names);
}

bool anyNoteWith(const Result& result, std::string_view word) {
    return std::any_of(result.notes.begin(), result.notes.end(),
                       [&](const std::string& note) { return foldedCase(note).find(word) != std::string::npos; });
}

/// A note on how far to trust the page, not on how it was made.
bool isCaution(const std::string& note) {
    const std::string folded = foldedCase(note);
    for (const std::string_view word :
         {"anonym", "could not be mapped", "rests on", "far from the rest", "no comparison", "partly in the period",
          "without a date", "without a day", "without a time", "recipe was made with"})
        if (folded.find(word) != std::string::npos) return true;
    return false;
}

QString sentence(QString text) {
    text = text.simplified();
    if (!text.isEmpty() && !text.endsWith('.') && !text.endsWith('!') && !text.endsWith('?')) text += '.';
    return text;
}

/// Every month of the chosen period, with or without data; those beyond the data have none.
MonthBars periodMonths(const PageFacts& facts) {
    const Result& result = facts.result;
    MonthBars bars;
    if (!facts.recipe.filter.period || !result.monthlyFirst) return bars;
    const Period period = *facts.recipe.filter.period;
    bars.first = firstOfMonth(period.first);
    const std::chrono::year_month_day start{bars.first};
    const auto origin = std::chrono::year_month_day{*result.monthlyFirst};
    const auto offset =
        (std::chrono::year_month{start.year(), start.month()} - std::chrono::year_month{origin.year(), origin.month()})
            .count();
    constexpr std::ptrdiff_t mostMonthsAsked = 1200;
    for (std::ptrdiff_t i = 0; i < mostMonthsAsked && addedMonths(bars.first, i) <= period.last; ++i) {
        const std::ptrdiff_t at = i + offset;
        const bool known = at >= 0 && at < std::ptrdiff_t(result.monthly.size());
        bars.counts.push_back(known ? result.monthly[std::size_t(at)] : 0);
        const bool gap =
            !known || (std::size_t(at) < result.monthlyCovered.size() && !result.monthlyCovered[std::size_t(at)]);
        bars.covered.push_back(gap ? 0 : 1);
    }
    return bars;
}

} // namespace

namespace {

/// What the marked areas are called: not everything is a hotspot.
QString areaNounOf(const std::string& analysis) {
    static const std::map<std::string_view, const char*> nouns{{"dual-density", "rise"},
                                                               {"dbscan", "cluster"},
                                                               {"hdbscan", "cluster"},
                                                               {"nearest-neighbour-groups", "cluster"},
                                                               {"space-time-groups", "cluster"},
                                                               {"k-means", "part"},
                                                               {"repeat-places", "repeat location"},
                                                               {"centre", "ellipse"}};
    const auto found = nouns.find(analysis);
    return found == nouns.end() ? QStringLiteral("hotspot") : QString(found->second);
}

} // namespace

PageFacts factsOf(const Recipe& recipe, const Result& result, const std::vector<DatasetInfo>& datasets,
                  const StudyArea& area) {
    PageFacts facts{recipe, result, area, chosenDatasets(recipe, datasets), {}, {}, {}, {}, {}};
    facts.subject = subjectOf(namesAsked(recipe.filter));
    facts.place = area.everything() ? QString() : areaPhrase(area.name);
    if (facts.place.isEmpty() && area.box && !area.polygon) facts.place = "chosen rectangle";
    facts.days = recipe.filter.period ? recipe.filter.period : monthsOf(facts.datasets);
    if (facts.days) facts.period = QString::fromStdString(readablePeriod(*facts.days));
    facts.areaNoun = areaNounOf(result.analysis);
    return facts;
}

MonthBars monthBarsOf(const PageFacts& facts) {
    const Result& result = facts.result;
    MonthBars bars;
    if (!result.monthlyFirst || result.monthly.empty()) return bars;
    const std::size_t n = result.monthly.size();
    std::vector<std::uint8_t> covered = result.monthlyCovered, chosen(n, 0);
    covered.resize(n, 1);
    const std::string first = facts.days ? monthOf(facts.days->first) : std::string(),
                      last = facts.days ? monthOf(facts.days->last) : std::string();
    std::size_t chosenFirst = n, chosenEnd = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::string month = monthOf(addedMonths(*result.monthlyFirst, std::ptrdiff_t(i)));
        chosen[i] = !facts.days || (month >= first && month <= last) ? 1 : 0;
        if (!chosen[i]) continue;
        chosenFirst = std::min(chosenFirst, i);
        chosenEnd = i + 1;
    }
    // A window of three years round the period; longer only when the period itself is.
    std::size_t end = chosenEnd == 0 ? n : std::min(n, chosenEnd + 12);
    std::size_t begin = end > mostMonths ? end - mostMonths : 0;
    begin = std::min(begin, chosenFirst);
    while (begin + 1 < end && !covered[begin] && !chosen[begin]) ++begin;
    while (end > begin + 1 && !covered[end - 1] && !chosen[end - 1]) --end;
    const auto part = [&](const auto& column) {
        return std::decay_t<decltype(column)>(column.begin() + std::ptrdiff_t(begin),
                                              column.begin() + std::ptrdiff_t(end));
    };
    bars.first = addedMonths(*result.monthlyFirst, std::ptrdiff_t(begin));
    bars.counts = part(result.monthly);
    bars.covered = part(covered);
    bars.chosen = part(chosen);
    return bars;
}

QStringList methodOf(const PageFacts& facts) {
    QStringList lines;
    if (!facts.result.method.empty()) lines.push_back(sentence(QString::fromStdString(facts.result.method)));
    for (const std::string& note : facts.result.notes)
        if (const QString line = sentence(QString::fromStdString(note));
            !line.isEmpty() && !isCaution(note) && !lines.contains(line))
            lines.push_back(line);
    return lines;
}

QStringList cautionsOf(const PageFacts& facts, const ProjectCrs& crs) {
    const Result& result = facts.result;
    QStringList lines{"Only recorded incidents are counted, and recording and reporting differ between places."};
    for (const std::string& note : result.notes)
        if (const QString line = sentence(QString::fromStdString(note)); isCaution(note) && !lines.contains(line))
            lines.push_back(line);
    const bool anonymised = std::any_of(facts.datasets.begin(), facts.datasets.end(),
                                        [](const DatasetInfo& dataset) { return dataset.anonymised; });
    if (anonymised && !anyNoteWith(result, "anonym"))
        lines.push_back("Positions are anonymised: each incident lies on a map point near where it happened, not at an "
                        "address.");
    if (result.mapped < result.incidents && result.incidents > 0) {
        const std::size_t missing = result.incidents - result.mapped;
        const double share = double(result.mapped) / double(result.incidents);
        if (!anyNoteWith(result, "could not be mapped"))
            lines.push_back(counted(missing, "incident", "incidents") + " (" +
                            shareText(double(missing) / double(result.incidents)) + ") could not be placed and " +
                            (missing == 1 ? "is" : "are") + " not on the map.");
        if (share < leastMappedShare)
            lines.push_back("Only " + shareText(share) +
                            " of the incidents could be mapped, under the 85 % a hotspot map needs: other places may "
                            "be missing.");
    }
    if (result.incidentsShown == Shown::hidden)
        lines.push_back("A few incidents could not be placed and are not on the map.");
    if (result.smallBelow > 0)
        lines.push_back("Counts under " + grouped(result.smallBelow) + " are not shown, nor what would tell them.");
    if (result.roundedTo > 0) lines.push_back("Counts are rounded to the nearest " + grouped(result.roundedTo) + '.');
    for (const HotspotArea& area : result.areas) {
        if (area.rank > 5 || area.incidents < 5 || area.largestStack * 2 <= area.incidents) continue;
        lines.push_back((facts.areaCount() == 1 ? "The " + facts.areaNoun
                                                : upperFirst(facts.areaNoun) + ' ' + QString::number(area.rank)) +
                        (area.largestStack == area.incidents
                             ? " lies wholly on one position."
                             : " rests on one position (" + grouped(area.largestStack) + " of its " +
                                   counted(area.incidents, "incident", "incidents") + ")."));
    }
    if (const QString missing = monthsWithoutData(periodMonths(facts)); !missing.isEmpty())
        lines.push_back("Of the period, " + missing);
    if (!crs.warning.empty()) lines.push_back(sentence(QString::fromStdString(crs.warning)));
    return lines;
}

QStringList sourcesOf(const PageFacts& facts) {
    QStringList lines, forces, others;
    std::vector<DatasetInfo> open;
    for (const DatasetInfo& dataset : facts.datasets) {
        if (dataset.anonymised) {
            open.push_back(dataset);
            const QString force = QString::fromStdString(dataset.source);
            if (!force.isEmpty() && !forces.contains(force)) forces.push_back(force);
        } else {
            const QString name = QString::fromStdString(
                dataset.name.empty() ? utf8Text(pathFromUtf8(dataset.file).filename()) : dataset.name);
            if (!name.isEmpty() && !others.contains(name)) others.push_back(name);
        }
    }
    if (!open.empty()) {
        QString line = "Street-level extracts";
        if (!forces.isEmpty()) line += " of " + shortened(forces);
        if (const QString when = months(open); !when.isEmpty()) line += ", " + when;
        lines.push_back(line + ".");
        lines.push_back("Contains public sector information licensed under the Open Government Licence v3.0 "
                        "(data.police.uk).");
    }
    if (!others.isEmpty()) lines.push_back("Records: " + shortened(others) + '.');
    return lines;
}

QString footerOf(const Recipe& recipe) {
    QStringList parts;
    if (!recipe.layout.author.empty()) parts.push_back(QString::fromStdString(recipe.layout.author));
    if (!recipe.layout.date.empty()) parts.push_back(readableDate(recipe.layout.date));
    parts.push_back("recipe " + QString::fromStdString(shortId(recipe)));
    parts.push_back(QString::fromStdString(madeWith()));
    return parts.join(" · ");
}

} // namespace patchlight::paint
