// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/incidents/week_hours.h"
#include "gis/layout/detail/board_texts.h"
#include "gis/layout/detail/sources.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

bool allSaid(const Result& result) {
    return std::all_of(result.areas.begin(), result.areas.end(), [](const HotspotArea& area) {
        return hasFigure(area.shown) && hasFigure(area.comparisonShown);
    });
}

QString countOf(const HotspotArea& area, const Result& result) {
    return QString::fromStdString(countText(area.incidents, area.shown, result));
}

QString countInWords(const HotspotArea& area, const Result& result) {
    if (area.shown == Shown::small) return "fewer than " + grouped(result.smallBelow) + " incidents";
    if (area.shown == Shown::hidden) return QStringLiteral("a count that is withheld");
    return counted(area.incidents, "incident", "incidents");
}

QString changeOf(const HotspotArea& area, const Result& result) {
    if (!area.comparisonIncidents || area.comparisonShown == Shown::hidden) return QStringLiteral("–");
    if (hasFigure(area.shown) && hasFigure(area.comparisonShown)) {
        const bool rounded = area.shown == Shown::rounded && area.incidents > 0;
        if (rounded && area.incidents == *area.comparisonIncidents) return QStringLiteral("about 0 %");
        return changeText(area.incidents, *area.comparisonIncidents);
    }
    return "was " + QString::fromStdString(countText(*area.comparisonIncidents, area.comparisonShown, result));
}

namespace {

constexpr std::size_t mostNamedAreas = 10; ///< in the alternative text

QString number(double value) {
    return std::isfinite(value) ? QString::fromStdString(readableNumber(value)) : "–";
}

/// "6.7" below ten, "27" from there: a factor is not known more exactly.
QString factor(double value) {
    if (!std::isfinite(value)) return QStringLiteral("–");
    return value < 9.95 ? QString::fromStdString(fixedDecimal(value, 1)) : number(value);
}

/// The areas whose counts are said: what is left out must not come back in a sum.
struct Together {
    std::size_t areas = 0, incidents = 0;
    double share = 0.0, areaShare = 0.0;
    [[nodiscard]] double pai() const { return areaShare > 0.0 ? share / areaShare : 0.0; }
};
Together together(const Result& result) {
    Together sum;
    for (const HotspotArea& area : result.areas) {
        if (!hasFigure(area.shown)) continue;
        ++sum.areas;
        sum.incidents += area.incidents;
        sum.share += area.share;
        sum.areaShare += area.areaShare;
    }
    return sum;
}

QString hoursAndDays(const IncidentFilter& filter) {
    static const QStringList days{"Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"};
    QStringList parts;
    if (!filter.weekdays.empty()) {
        QStringList names;
        for (const auto day : filter.weekdays) names.push_back(days[qsizetype(day.c_encoding())]);
        parts.push_back(listed(names));
    }
    if (filter.hours) {
        const auto clock = [](int hour) { return QString("%1:00").arg(hour, 2, 10, QChar('0')); };
        parts.push_back("between " + clock(filter.hours->from) + " and " + clock(filter.hours->to));
    }
    return parts.join(' ');
}

bool compared(const PageFacts& facts) {
    return facts.recipe.comparison.has_value() &&
           std::any_of(facts.result.areas.begin(), facts.result.areas.end(),
                       [](const HotspotArea& area) { return area.comparisonIncidents.has_value(); });
}

bool hasHours(const PageFacts& facts) {
    return std::any_of(facts.result.areas.begin(), facts.result.areas.end(),
                       [](const HotspotArea& area) { return busiestHours(area.weekHours).has_value(); });
}

/// Changes and hours leave names little room: the density, which the map shows, then gives way.
bool isDense(const PageFacts& facts) {
    return compared(facts) && hasHours(facts);
}

/// What the marks in the table stand for.
QString keyToCounts(const Result& result) {
    bool small = false, hidden = false;
    for (const HotspotArea& area : result.areas)
        for (const Shown shown : {area.shown, area.comparisonShown}) {
            small = small || shown == Shown::small;
            hidden = hidden || shown == Shown::hidden;
        }
    QString key;
    if (small) key += " <" + grouped(result.smallBelow) + ": from 1 to " + grouped(result.smallBelow - 1) + '.';
    if (hidden) key += QStringLiteral(" –: withheld, so that a small count cannot be worked out.");
    if (result.roundedTo > 0) key += " Counts are rounded to the nearest " + grouped(result.roundedTo) + '.';
    return key;
}

/// "in July 2024", "from 1 July to 30 September 2024", "on 5 July 2024"
QString during(const Period& period) {
    const QString text = QString::fromStdString(readablePeriod(period));
    if (period.first == period.last) return "on " + text;
    return (text.contains(" to ") ? "from " : "in ") + text;
}

/// "1,462, 12 % more"; "as many"; on few earlier incidents the number alone.
QString nowAgainst(std::size_t now, std::size_t before) {
    if (now == before) return QStringLiteral("as many");
    if (before < 10) return grouped(now);
    const double change = std::abs(double(now) - double(before)) / double(before);
    if (change < 0.005) return grouped(now) + ", about as many";
    return grouped(now) + ", " + shareText(change, 0) + (now > before ? " more" : " fewer");
}

QSizeF paperOf(const std::string& name) {
    if (name == "slide") return {338.67, 190.5}; // 16:9, as presentation programs have it
    const bool large = name.starts_with("A3");
    const QSizeF landscape = large ? QSizeF(420.0, 297.0) : QSizeF(297.0, 210.0);
    return name.ends_with("portrait") ? landscape.transposed() : landscape;
}

/// The land round the map, where there is clearly more of it than the map shows: up to six times its size.
std::optional<Box> locatorOf(const MapContent& map, const Box& shown) {
    constexpr double least = 1.6, most = 6.0;
    Box land;
    for (const LoadedLayer& layer : map.layers)
        if (layer.info.visible && layer.info.role == "land") land = united(land, layer.box);
    if (land.empty() || shown.empty()) return std::nullopt;
    const double wide = shown.width() * (most - 1.0) / 2.0, high = shown.height() * (most - 1.0) / 2.0;
    const Box whole{std::max(land.west, shown.west - wide), std::max(land.south, shown.south - high),
                    std::min(land.east, shown.east + wide), std::min(land.north, shown.north + high)};
    if (whole.width() < least * shown.width() && whole.height() < least * shown.height()) return std::nullopt;
    return whole;
}

QString orProposed(const std::string& given, const QString& proposed) {
    return given.empty() ? proposed : QString::fromStdString(given);
}

QString monthComparison(const MonthBars& months) {
    std::size_t now = 0, before = 0, n = 0, best = 0;
    for (std::size_t i = 0; i < months.counts.size(); ++i) {
        if (!months.chosen[i] || !months.covered[i]) continue;
        ++n;
        now += months.counts[i];
        if (n == 1 || months.counts[i] > months.counts[best]) best = i;
        if (i < 12 || !months.covered[i - 12]) return {};
        before += months.counts[i - 12];
    }
    if (n == 0 || n > 12 || before == 0) return {};
    const QString same =
        n == 1 ? QString("In the same month a year earlier") : QString("In the same months a year earlier");
    const QString were = before == 1 ? " there was " : " there were ";
    if (now == before) return same + were + grouped(before) + ", as many as now.";
    const double change = std::abs(double(now) - double(before)) / double(before);
    const QString more = now > before ? "more" : "fewer";
    if (before < 10)
        return same + were + grouped(before) + "; now there " + (now == 1 ? "is " : "are ") + grouped(now) + '.';
    return same + were + grouped(before) + ": now " + shareText(change, 0) + ' ' + more + '.';
}

QString busiestMonth(const MonthBars& months) {
    std::size_t n = 0, best = 0;
    bool tied = false;
    for (std::size_t i = 0; i < months.counts.size(); ++i) {
        if (!months.chosen[i] || !months.covered[i]) continue;
        tied = n > 0 && months.counts[i] == months.counts[best];
        if (n++ == 0 || months.counts[i] > months.counts[best]) best = i;
    }
    if (n < 2 || tied || months.counts[best] == 0) return {};
    return "The busiest month was " + monthName(addedMonths(months.first, std::ptrdiff_t(best))) + " with " +
           counted(months.counts[best], "incident", "incidents") + '.';
}

} // namespace

namespace {

/// How a title begins, by what the analysis found: not everything is a concentration.
QString findingOf(const PageFacts& facts) {
    const QString subject = upperFirst(facts.subject.text);
    if (facts.result.analysis == "dual-density") {
        const bool overTime = facts.recipe.parameters.value("against", "period") == "period";
        if (overTime) return subject + (facts.subject.plural ? " have risen " : " has risen ");
        return "More " + facts.subject.text + " than expected ";
    }
    return subject + (facts.subject.plural ? " concentrate " : " concentrates ");
}

/// Titles of analyses that find no places.
QString titleWithoutPlaces(const PageFacts& facts) {
    if (facts.result.analysis == "centre") return "Where the middle of " + facts.subject.text + " lies";
    if (facts.result.analysis == "k-means")
        return upperFirst(facts.subject.text) + " in " + numberWord(facts.result.areas.size()) +
               (facts.result.areas.size() == 1 ? " part" : " parts");
    return {};
}

} // namespace

QString titleOf(const PageFacts& facts) {
    const Result& result = facts.result;
    if (result.incidents == 0) return QStringLiteral("No incidents of this kind were recorded");
    if (result.mapped == 0) return QStringLiteral("None of the incidents could be placed on the map");
    if (result.areas.empty()) return "No place stands out for " + facts.subject.text;
    if (const QString title = titleWithoutPlaces(facts); !title.isEmpty()) return title;
    const QString start = findingOf(facts);
    if (result.areas.size() == 1 && !result.areas.front().name.empty()) return start + around(result.areas.front());
    const QString places =
        start + "in " + numberWord(result.areas.size()) + (result.areas.size() == 1 ? " place" : " places");
    // A long list is no finding; its head is.
    if (result.areas.size() <= 10 || result.areas.front().name.empty()) return places;
    return places + ", most of all " + around(result.areas.front());
}

QString mappedSentence(const Result& result) {
    const QString all = counted(result.incidents, "incident", "incidents");
    if (result.incidents == 0) return QStringLiteral("No incidents.");
    if (result.mapped == 0)
        return (result.incidents == 1 ? "The one incident" : "None of the " + all) +
               (result.incidents == 1 ? QString(" could not be mapped.") : QString(" could be mapped."));
    if (result.incidentsShown == Shown::hidden)
        return counted(result.mapped, "incident", "incidents") + " mapped; a few could not be.";
    if (result.mapped >= result.incidents)
        return result.incidents == 1 ? QString("The one incident is mapped.") : "All " + all + " mapped.";
    return grouped(result.mapped) + " of " + all + " mapped (" +
           shareText(double(result.mapped) / double(result.incidents)) + ").";
}

QString subtitleOf(const PageFacts& facts) {
    QStringList parts{"Recorded " + facts.subject.text};
    if (!facts.place.isEmpty()) parts.push_back(facts.place);
    if (!facts.period.isEmpty()) parts.push_back(facts.period);
    if (const QString when = hoursAndDays(facts.recipe.filter); !when.isEmpty()) parts.push_back(when);
    QString text = parts.join(", ");
    if (compared(facts)) text += ", compared with " + QString::fromStdString(readablePeriod(*facts.recipe.comparison));
    return text + ". " + mappedSentence(facts.result);
}

QStringList tableHeaderOf(const PageFacts& facts) {
    QStringList header{"#", "Around", "Incidents", "Share"};
    if (!isDense(facts)) header.push_back("Per km²");
    header.push_back("PAI");
    if (compared(facts)) header.push_back("Change");
    if (hasHours(facts)) header.push_back("Busiest");
    return header;
}

std::vector<QStringList> tableRowsOf(const PageFacts& facts) {
    std::vector<QStringList> rows;
    const bool change = compared(facts), hours = hasHours(facts);
    for (const HotspotArea& area : facts.result.areas) {
        QStringList row{QString::number(area.rank),
                        area.name.empty() ? "Place " + QString::number(area.rank) : QString::fromStdString(area.name),
                        countOf(area, facts.result), hasFigure(area.shown) ? shareText(area.share) : QString("–")};
        if (!isDense(facts)) row.push_back(area.areaKm2 > 0.0 ? number(area.densityPerKm2) : QString("–"));
        row.push_back(area.areaShare > 0.0 ? factor(area.pai) : QString("–"));
        if (change) row.push_back(changeOf(area, facts.result));
        if (hours) {
            const auto busiest = busiestHours(area.weekHours);
            row.push_back(busiest ? QString::fromStdString(busiest->text()) : QString("–"));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QString tableTitleOf(const PageFacts& facts) {
    if (facts.areaCount() == 0) return {};
    if (facts.areaCount() == 1) return "The " + facts.areaNoun;
    return "The " + numberWord(facts.areaCount()) + ' ' + facts.areaNoun + 's';
}

QString tableNoteOf(const PageFacts& facts) {
    if (facts.areaCount() == 0) return {};
    const Together sum = together(facts.result);
    QString note;
    if (sum.areas > 0) {
        note = facts.areaCount() == 1          ? QString("It holds ")
               : sum.areas < facts.areaCount() ? QString("Those with figures hold ")
                                               : QString("Together ");
        note += shareText(sum.share) + " of the incidents";
        if (sum.areaShare > 0.0) note += " on " + shareText(sum.areaShare) + " of the area";
        if (sum.pai() > 0.0) note += " (PAI " + factor(sum.pai()) + ")";
        note += '.';
    }
    note += keyToCounts(facts.result);
    if (compared(facts)) note += " Change: against the same outlines " + during(*facts.recipe.comparison) + '.';
    return note.trimmed();
}

QString alternativeTextOf(const PageFacts& facts) {
    QString text = "Map" + (facts.place.isEmpty() ? QString() : " of " + facts.place) + ": " + facts.subject.text;
    if (!facts.period.isEmpty()) text += ", " + facts.period;
    text += ". ";
    const auto& areas = facts.result.areas;
    if (areas.empty()) return text + "No " + facts.areaNoun + " is marked. " + mappedSentence(facts.result);
    text += upperFirst(counted(areas.size(), facts.areaNoun + " is outlined", facts.areaNoun + "s are outlined")
                           .replace(grouped(areas.size()), numberWord(areas.size()))) +
            (areas.size() == 1 ? QString(". ") : QString(" and numbered by rank. "));
    const auto rows = tableRowsOf(facts);
    QStringList named;
    for (std::size_t i = 0; i < std::min(areas.size(), mostNamedAreas); ++i)
        named.push_back(rows[i][0] + ", " + around(areas[i]) + ": " + countInWords(areas[i], facts.result) +
                        (hasFigure(areas[i].shown) ? ", " + rows[i][3] + " of those mapped" : QString()));
    text += named.join("; ");
    if (areas.size() > mostNamedAreas) text += "; and " + grouped(areas.size() - mostNamedAreas) + " more";
    return text + ". " + mappedSentence(facts.result);
}

QStringList summaryOf(const PageFacts& facts, const MonthBars& months) {
    const Result& result = facts.result;
    QStringList lines;
    if (result.incidents == 0)
        return {"There is nothing to map for this choice of category, period and area. This is not proof that nothing "
                "happened: only recorded incidents are counted."};
    if (result.mapped == 0)
        return {"The records carry no usable position, so this page cannot say where they concentrate."};
    const Together sum = together(result);
    const QString mapped = grouped(result.mapped) + " mapped incidents";
    if (result.areas.empty()) {
        lines.push_back("No part of the area is dense enough to be called a " + facts.areaNoun +
                        " by the rule given below: the incidents are few or widely spread.");
    } else if (sum.areas == 0) {
        lines.push_back("So few of the " + mapped + " lie in " +
                        (result.areas.size() == 1 ? "the place marked" : "each of the places marked") +
                        " that their number is not shown.");
    } else {
        const HotspotArea& first = result.areas.front();
        QString line =
            result.areas.size() == 1
                ? "One place, " + around(first) + ", holds " + grouped(sum.incidents) + " of the " + mapped
                : upperFirst(numberWord(sum.areas)) +
                      (sum.areas < result.areas.size() ? " of " + numberWord(result.areas.size()) : QString()) +
                      (sum.areas == 1 ? " places holds " : " places hold ") + grouped(sum.incidents) + " of the " +
                      mapped;
        line += " (" + shareText(sum.share) + ")";
        if (sum.areaShare > 0.0) line += " on " + shareText(sum.areaShare) + " of the area";
        if (sum.pai() > 1.0)
            line +=
                ", " + factor(sum.pai()) + " times what an even spread would put there (PAI " + factor(sum.pai()) + ")";
        lines.push_back(line + '.');
    }
    if (compared(facts) && !result.areas.empty() && allSaid(result)) {
        std::size_t before = 0;
        for (const HotspotArea& area : result.areas) before += area.comparisonIncidents.value_or(0);
        lines.push_back("The same outlines had " + (before == 0 ? QString("no") : grouped(before)) +
                        (before == 1 ? " incident " : " incidents ") + during(*facts.recipe.comparison) + "; now " +
                        nowAgainst(sum.incidents, before) + '.');
    }
    if (result.areas.size() > 1 && hasFigure(result.areas.front().shown)) {
        const HotspotArea& first = result.areas.front();
        lines.push_back("The largest, " + around(first) + ", has " + counted(first.incidents, "incident", "incidents") +
                        ", " + shareText(first.share) + " of all" +
                        (first.areaKm2 > 0.0 ? ", at " + number(first.densityPerKm2) + " per km²." : "."));
    }
    for (const QString& line : {monthComparison(months), busiestMonth(months)})
        if (!line.isEmpty()) lines.push_back(line);
    return lines;
}

BoardMap boardMapOf(const Recipe& recipe, std::shared_ptr<const Result> result, const MapContent& map,
                    const std::vector<DatasetInfo>& datasets, const ProjectCrs& crs, const StudyArea& area,
                    const std::vector<LayerOrigin>& origins) {
    const PageFacts facts = factsOf(recipe, *result, datasets, area);
    BoardMap page;
    page.title = orProposed(recipe.layout.title, titleOf(facts));
    page.subtitle = orProposed(recipe.layout.subtitle, subtitleOf(facts));
    page.marking = QString::fromStdString(recipe.layout.marking);
    page.method = methodOf(facts);
    page.cautions = cautionsOf(facts, crs);
    page.sources = sourcesOf(facts) + layerSourcesOf(layersUsed(recipe, map, origins));
    page.footer = footerOf(recipe);
    page.alternativeText = alternativeTextOf(facts);
    page.tableHeader = tableHeaderOf(facts);
    page.tableRows = tableRowsOf(facts);
    page.tableTitle = tableTitleOf(facts);
    page.tableNote = tableNoteOf(facts);
    page.months = monthBarsOf(facts);
    page.monthsNote = monthsWithoutData(page.months);
    page.summary = summaryOf(facts, page.months);
    page.map = map;
    page.map.result = std::move(result);
    page.map.epsg = crs.epsg;
    if (!page.map.studyArea && area.polygon) page.map.studyArea = area.polygon;
    page.paper = paperOf(recipe.layout.paper);
    page.locator = locatorOf(page.map, defaultExtent(page.map));
    if (auto house = houseStyleOf(recipe.layout.house)) page.house = std::move(*house);
    page.dotsPerInch = double(parseInteger(recipe.layout.dpi).value_or(300));
    page.clock = {facts.result.weekHours};
    page.clockNote = clockShades(page.clock);
    if (const LayoutTemplate* layout = findLayout(recipe.layout.templateName))
        page.beside = layout->pages.front().beside;
    return page;
}

} // namespace patchlight::paint
