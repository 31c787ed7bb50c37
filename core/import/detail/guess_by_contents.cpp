// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/guess.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace patchlight::detail {

namespace {

constexpr std::size_t fewestValues = 5;   ///< for a role by contents alone
constexpr std::size_t fewestRepeats = 20; ///< to tell categories and references

bool nearlyAll(std::size_t count, std::size_t of) {
    return of >= fewestValues && count * 10 >= of * 8;
}

std::string ofValues(std::size_t count, std::size_t of, std::string_view words) {
    return fmt::format("{} of {} {}", groupedCount(count), counted(of, "value", "values"), words);
}

double contentConfidence(std::size_t count, std::size_t of) {
    return 0.3 + 0.4 * static_cast<double>(count) / static_cast<double>(of);
}

bool contains(std::string_view name, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return name.find(part) != std::string_view::npos; });
}

/// Which of three a date or time is, by what is in its name.
enum class Moment { start, end, recorded };
Moment momentOf(std::string_view name) {
    if (contains(name, {"record", "report", "creat", "enter", "logged", "input", "received"})) return Moment::recorded;
    if (contains(name, {"end", "until", "latest"}) || name.ends_with("to") || name.starts_with("to"))
        return Moment::end;
    return Moment::start;
}

void guessDates(Guesser& guesser) {
    for (std::size_t column = 0; column < guesser.columns(); ++column) {
        const ColumnContent& content = guesser.contents[column];
        if (guesser.mapping.roles[column] != ColumnRole::other) continue;
        const std::string_view name = guesser.names[column];
        const bool named =
            contains(name, {"date", "time", "when", "from", "start", "end", "occur", "report", "record"});
        const std::size_t dates = named ? content.dates : content.plainDates;
        const std::size_t clocks = named ? content.clocks : content.plainClocks;
        const bool isDate = nearlyAll(dates, content.filled), isClock = nearlyAll(clocks, content.filled);
        if (!isDate && !isClock) continue;
        const Moment moment = momentOf(name);
        const ColumnRole date = moment == Moment::start ? ColumnRole::from
                                : moment == Moment::end ? ColumnRole::to
                                                        : ColumnRole::recorded;
        const ColumnRole clock = moment == Moment::start ? ColumnRole::fromTime
                                 : moment == Moment::end ? ColumnRole::toTime
                                                         : ColumnRole::recordedTime;
        const ColumnRole role = isDate ? date : clock;
        const bool known =
            isDate && date == ColumnRole::from && (guesser.has(ColumnRole::month) || guesser.has(ColumnRole::year));
        if (guesser.has(role) || known) continue;
        const std::size_t count = isDate ? dates : clocks;
        guesser.give(column, role, contentConfidence(count, content.filled),
                     ofValues(count, content.filled, isDate ? "are dates" : "are times of day"));
    }
}

void guessCodes(Guesser& guesser) {
    for (std::size_t column = 0; column < guesser.columns(); ++column) {
        const ColumnContent& content = guesser.contents[column];
        if (guesser.mapping.roles[column] != ColumnRole::other) continue;
        const auto giveIf = [&](ColumnRole role, std::size_t count, std::string_view words) {
            if (guesser.mapping.roles[column] != ColumnRole::other) return;
            if (guesser.has(role) || !nearlyAll(count, content.filled)) return;
            guesser.give(column, role, contentConfidence(count, content.filled),
                         ofValues(count, content.filled, words));
        };
        giveIf(ColumnRole::gridReference, content.gridReferences, "are grid references");
        giveIf(ColumnRole::postcode, content.postcodes, "are postcodes");
        giveIf(ColumnRole::areaCode, content.areaCodes, "are codes of areas");
        giveIf(ColumnRole::uprn, content.longUprns, "are numbers of 11 or 12 digits");
    }
}

/// Two neighbouring columns whose rows lie in Great Britain.
void guessPair(Guesser& guesser) {
    const bool known = guesser.has(ColumnRole::gridReference) ||
                       (guesser.has(ColumnRole::longitude) && guesser.has(ColumnRole::latitude)) ||
                       (guesser.has(ColumnRole::easting) && guesser.has(ColumnRole::northing));
    for (std::size_t x = 0; !known && x + 1 < guesser.columns(); ++x) {
        const auto& roles = guesser.mapping.roles;
        const auto isFree = [&](std::size_t column) {
            return roles[column] == ColumnRole::other || roles[column] == ColumnRole::easting ||
                   roles[column] == ColumnRole::northing || roles[column] == ColumnRole::longitude ||
                   roles[column] == ColumnRole::latitude;
        };
        if (!isFree(x) || !isFree(x + 1)) continue;
        const PairContent pair = pairOf(guesser.sample, guesser.columns(), x, x + 1, guesser.mapping.separator == ';');
        const auto take = [&](ColumnRole first, ColumnRole second, std::size_t count) {
            const std::string reason = ofValues(count, pair.given, "lie in Great Britain with the next column's");
            guesser.give(x, first, contentConfidence(count, pair.given), reason);
            guesser.give(x + 1, second, contentConfidence(count, pair.given), reason);
        };
        if (nearlyAll(pair.britishGrid, pair.given))
            return take(ColumnRole::easting, ColumnRole::northing, pair.britishGrid);
        if (nearlyAll(pair.turnedGrid, pair.given))
            return take(ColumnRole::northing, ColumnRole::easting, pair.turnedGrid);
        if (nearlyAll(pair.british, pair.given)) return take(ColumnRole::longitude, ColumnRole::latitude, pair.british);
        if (nearlyAll(pair.turnedBritish, pair.given))
            return take(ColumnRole::latitude, ColumnRole::longitude, pair.turnedBritish);
    }
}

void guessReference(Guesser& guesser) {
    for (std::size_t column = 0; column < guesser.columns() && !guesser.has(ColumnRole::reference); ++column) {
        const ColumnContent& content = guesser.contents[column];
        const bool ids = content.filled >= fewestRepeats && content.distinct * 100 >= content.filled * 98 &&
                         content.meanLength >= 3.0 && content.meanLength <= 70.0 &&
                         content.numbers == content.wholeNumbers && content.plainDates == 0;
        // Numbers name rows in a first column only, texts where they hold no words.
        const bool likely = content.wholeNumbers == content.filled ? column == 0 : content.meanLength <= 20.0;
        if (guesser.mapping.roles[column] == ColumnRole::other && ids && likely)
            guesser.give(column, ColumnRole::reference, 0.4,
                         ofValues(content.distinct, content.filled, "are different from all others"));
    }
}

/// Few different texts; names of places, people and outcomes are no categories.
void guessCategory(Guesser& guesser) {
    if (guesser.has(ColumnRole::category)) return;
    std::optional<std::size_t> best;
    const auto isHinted = [&](std::size_t column) {
        return contains(guesser.names[column], {"type", "categ", "class", "offen", "crime", "incident", "kind"});
    };
    for (std::size_t column = 0; column < guesser.columns(); ++column) {
        const ColumnContent& content = guesser.contents[column];
        if (guesser.mapping.roles[column] != ColumnRole::other || content.filled < fewestRepeats) continue;
        if (content.letters * 10 < content.filled * 9 || content.distinct < 2 || content.distinct > 60 ||
            content.distinct * 5 > content.filled || content.meanLength < 3.0)
            continue;
        if (contains(guesser.names[column], {"loc",    "place",   "street", "ward",   "borough", "district", "area",
                                             "name",   "sex",     "gender", "age",    "ethnic",  "town",     "city",
                                             "neighb", "outcome", "status", "source", "force",   "team",     "beat"}))
            continue;
        const bool better =
            !best || (isHinted(column) && !isHinted(*best)) ||
            (isHinted(column) == isHinted(*best) && content.distinct > guesser.contents[*best].distinct);
        if (better) best = column;
    }
    if (!best) return;
    const ColumnContent& content = guesser.contents[*best];
    guesser.give(*best, ColumnRole::category, isHinted(*best) ? 0.6 : 0.3,
                 fmt::format("{} in {}", counted(content.distinct, "text", "different texts"),
                             counted(content.filled, "value", "values")));
}

} // namespace

void guessByContents(Guesser& guesser) {
    guessDates(guesser);
    guessCodes(guesser);
    guessPair(guesser);
    guessReference(guesser);
    guessCategory(guesser);
}

} // namespace patchlight::detail
