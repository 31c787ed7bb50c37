// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/page_texts.h"

#include "core/base/text.h"
#include "core/incidents/week_hours.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

namespace {

QString number(double value) {
    return std::isfinite(value) ? QString::fromStdString(readableNumber(value)) : "–";
}

struct NowAndBefore {
    std::size_t now = 0, before = 0;
};
NowAndBefore together(const Result& result) {
    NowAndBefore sum;
    for (const HotspotArea& area : result.areas) {
        sum.now += area.incidents;
        sum.before += area.comparisonIncidents.value_or(0);
    }
    return sum;
}

QString areaNouns(const PageFacts& facts, std::size_t count) {
    return count == 1 ? facts.areaNoun : facts.areaNoun + 's';
}

QString earlierCountOf(const HotspotArea& area, const Result& result) {
    if (!area.comparisonIncidents) return QStringLiteral("–");
    return QString::fromStdString(countText(*area.comparisonIncidents, area.comparisonShown, result));
}

QString before(const PageFacts& facts) {
    return QString::fromStdString(readableMonths(*facts.recipe.comparison));
}

} // namespace

QString comparisonTitle(const PageFacts& facts) {
    const NowAndBefore sum = together(facts.result);
    const std::size_t count = facts.areaCount();
    const QString subject = upperFirst(facts.subject.text);
    if (count == 0 || sum.before < 10 || !allSaid(facts.result)) return subject + " now and in " + before(facts);
    const QString where =
        count == 1 ? " in the " + facts.areaNoun : " in the " + numberWord(count) + ' ' + areaNouns(facts, count);
    const double change = double(sum.now) / double(sum.before) - 1.0;
    if (std::abs(change) < 0.005) return subject + where + ": about as many as in " + before(facts);
    return subject + where + ": " + shareText(std::abs(change), 0) + (change > 0 ? " more" : " fewer") + " than in " +
           before(facts);
}

QStringList comparisonHeader() {
    return {"#", "Around", "Before", "Now", "Change"};
}

std::vector<QStringList> comparisonRows(const PageFacts& facts) {
    std::vector<QStringList> rows;
    for (const HotspotArea& area : facts.result.areas)
        rows.push_back({QString::number(area.rank),
                        area.name.empty() ? "Place " + QString::number(area.rank) : QString::fromStdString(area.name),
                        earlierCountOf(area, facts.result), countOf(area, facts.result), changeOf(area, facts.result)});
    return rows;
}

QStringList comparisonSummary(const PageFacts& facts, const Result& beforeResult) {
    const NowAndBefore sum = together(facts.result);
    QStringList lines;
    lines.push_back("In the whole area " + counted(facts.result.mapped, "incident was", "incidents were") +
                    " mapped now, " + grouped(beforeResult.mapped) + " before.");
    if (facts.areaCount() > 0 && allSaid(facts.result))
        lines.push_back("In the outlines of the " + areaNouns(facts, facts.areaCount()) + " marked now there are " +
                        grouped(sum.now) + " incidents, before there were " + grouped(sum.before) + '.');
    lines.push_back("Places that are hotspots now were chosen because many incidents happened there now, so a part of "
                    "any rise is chance; compare also what the whole area did.");
    return lines;
}

QString panelNote(const Result& result, const PageFacts& facts, bool withAreas) {
    QString note = counted(result.mapped, "incident", "incidents") + " mapped";
    if (withAreas) note += ", " + counted(result.areas.size(), facts.areaNoun, facts.areaNoun + 's');
    return note;
}

QString panelTitle(const Companion& panel) {
    const QString title = QString::fromStdString(panel.title);
    return panel.by == PanelsBy::category ? upperFirst(insideSentence(title)) : title;
}

QString panelAlternativeText(const QString& title, const Result& result, const PageFacts& facts, bool withAreas) {
    QString text = "Small map, " + title + ": " + panelNote(result, facts, withAreas) + '.';
    if (withAreas && !result.areas.empty())
        text += " Most " + around(result.areas.front()) + " (" + countInWords(result.areas.front(), result) + ").";
    return text;
}

QString panelsTitle(const PageFacts& facts, PanelsBy by, const std::vector<const Companion*>& panels) {
    if (by == PanelsBy::category) return "Where each of " + numberWord(panels.size()) + " categories concentrates";
    const auto busiest = std::max_element(panels.begin(), panels.end(), [](const Companion* a, const Companion* b) {
        return a->result->mapped < b->result->mapped;
    });
    return upperFirst(facts.subject.text) + " over " + numberWord(panels.size()) + " periods: most in " +
           QString::fromStdString((*busiest)->title);
}

QString panelsSubtitle(const PageFacts& facts, PanelsBy by) {
    QStringList parts{"Recorded " + (by == PanelsBy::category ? QString("incidents") : facts.subject.text)};
    if (!facts.place.isEmpty()) parts.push_back(facts.place);
    if (by == PanelsBy::category && !facts.period.isEmpty()) parts.push_back(facts.period);
    return parts.join(", ") + (by == PanelsBy::category
                                   ? ". Each map is shaded against its own average, so that rare and frequent "
                                     "categories can be compared by where they are, not by how many."
                                   : ". All maps have the same classes.");
}

QStringList panelsHeader(PanelsBy by) {
    return {by == PanelsBy::category ? "Category" : "Period", "Incidents", "Hotspots"};
}

std::vector<QStringList> panelsRows(const std::vector<const Companion*>& panels) {
    std::vector<QStringList> rows;
    for (const Companion* panel : panels)
        rows.push_back({panelTitle(*panel), grouped(panel->result->mapped), grouped(panel->result->areas.size())});
    return rows;
}

QString hotspotTitle(const PageFacts& facts, std::size_t index) {
    const HotspotArea& area = facts.result.areas[index];
    return upperFirst(facts.areaNoun) + ' ' + QString::number(area.rank) + ": " +
           (area.name.empty() ? QStringLiteral("no street known") : QString::fromStdString(area.name));
}

QString hotspotAlternativeText(const PageFacts& facts, std::size_t index) {
    const HotspotArea& area = facts.result.areas[index];
    return "Close map of " + facts.areaNoun + ' ' + QString::number(area.rank) + ", " + around(area) + ": " +
           countInWords(area, facts.result) + " on " + number(area.areaKm2) + " km².";
}

std::vector<QStringList> hotspotFigures(const PageFacts& facts, std::size_t index) {
    const HotspotArea& area = facts.result.areas[index];
    std::vector<QStringList> rows;
    const auto add = [&](const QString& label, const QString& value) { rows.push_back({label, value}); };
    add("Rank", QString::number(area.rank) + " of " + QString::number(facts.areaCount()));
    add("Incidents", grouped(area.incidents));
    add("Share of the mapped", shareText(area.share));
    if (area.places > 0) add("Distinct positions", grouped(area.places));
    if (area.largestStack > 0) add("Most at one position", grouped(area.largestStack));
    if (area.areaKm2 > 0.0) {
        add("Size", number(area.areaKm2) + " km²");
        add("Incidents per km²", number(area.densityPerKm2));
    }
    if (area.areaShare > 0.0) add("Times an even spread (PAI)", number(area.pai));
    if (area.population) add("People", number(std::round(*area.population)));
    if (area.perThousand) add("Incidents per 1,000 people", number(*area.perThousand));
    if (area.comparisonIncidents && facts.recipe.comparison) {
        add("Incidents in " + before(facts), earlierCountOf(area, facts.result));
        add("Change", changeOf(area, facts.result));
    }
    if (area.peakMonth) add("Busiest month", monthName(*area.peakMonth));
    if (const auto busiest = busiestHours(area.weekHours))
        add("Busiest hours", QString::fromStdString(busiest->text()) + " (" + grouped(busiest->incidents) + ")");
    return rows;
}

QStringList hotspotSummary(const PageFacts& facts, std::size_t index) {
    const HotspotArea& area = facts.result.areas[index];
    QString line = counted(area.incidents, "incident", "incidents") + ", " + shareText(area.share) + " of those mapped";
    if (area.areaShare > 0.0) line += ", on " + shareText(area.areaShare) + " of the area";
    return {line + '.'};
}

void monthsOfArea(MonthBars& bars, const Result& result, const std::vector<std::size_t>& monthly) {
    if (bars.empty() || !result.monthlyFirst) return;
    const std::chrono::year_month_day first{bars.first}, origin{*result.monthlyFirst};
    const auto offset =
        (std::chrono::year_month{first.year(), first.month()} - std::chrono::year_month{origin.year(), origin.month()})
            .count();
    for (std::size_t i = 0; i < bars.counts.size(); ++i) {
        const auto at = std::ptrdiff_t(i) + offset;
        bars.counts[i] = at >= 0 && at < std::ptrdiff_t(monthly.size()) ? monthly[std::size_t(at)] : 0;
    }
}

QStringList settingsOf(const PageFacts& facts) {
    QStringList lines;
    const Analysis* analysis = findAnalysis(facts.result.analysis);
    if (!analysis) return lines;
    lines.push_back(QString::fromStdString(facts.result.title) + ".");
    for (const ParameterSpec& spec : analysis->parameters()) {
        if (!facts.result.parameters.contains(spec.key)) continue;
        const auto& value = facts.result.parameters[spec.key];
        if (value.is_null() || (value.is_string() && value.get_ref<const std::string&>().empty())) continue;
        QString shown = value.is_number()   ? number(value.get<double>())
                        : value.is_string() ? QString::fromStdString(value.get<std::string>())
                                            : QString::fromStdString(value.dump());
        for (const ParameterChoice& choice : spec.choices)
            if (value.is_string() && choice.key == value.get_ref<const std::string&>())
                shown = QString::fromStdString(choice.label);
        const QString unit = QString::fromStdString(spec.unit);
        lines.push_back(QString::fromStdString(spec.label) + ": " + shown + (unit.isEmpty() ? QString() : ' ' + unit) +
                        '.');
    }
    return lines;
}

QStringList glossaryOf(const PageFacts& facts) {
    QStringList lines;
    if (facts.result.surface)
        lines.push_back(
            "Density: incidents per square kilometre, smoothed over the bandwidth; not a count of a place.");
    if (facts.areaCount() > 0) {
        lines.push_back(upperFirst(facts.areaNoun) +
                        ": an outline that meets the rule above. Its edge is no line on the ground, and a place just "
                        "outside may be as busy.");
        lines.push_back("Share: of the incidents that are on the map, not of all that happened.");
        lines.push_back("PAI, prediction accuracy index: share of the incidents divided by share of the area. 1 is an "
                        "even spread; 10 is ten times that.");
    }
    lines.push_back("Mapped: has a position. The others are counted in the total but are nowhere on the map.");
    return lines;
}

} // namespace patchlight::paint
