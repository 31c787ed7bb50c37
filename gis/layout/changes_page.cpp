// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/changes_page.h"

#include "core/base/text.h"
#include "core/base/version.h"
#include "core/incidents/periods.h"
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/detail/wording.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace patchlight::paint {

namespace {

constexpr std::array byWeight{Fate::fresh, Fate::grown, Fate::shrunk, Fate::gone, Fate::steady};
constexpr qsizetype longestName = 30; // letters
constexpr std::size_t mostNamed = 4;  // hotspots of a kind in a sentence

QString shortName(const std::string& name) {
    const QString text = QString::fromStdString(name);
    return text.size() <= longestName ? text : text.left(longestName - 1) + QChar(0x2026);
}

QString words(Fate fate) {
    const std::string_view text = wordsOf(fate);
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

std::vector<const HotspotChange*> with(const RecipeChanges& recipe, Fate fate) {
    std::vector<const HotspotChange*> found;
    for (const HotspotChange& change : recipe.changes)
        if (change.fate == fate) found.push_back(&change);
    return found;
}

std::size_t countOf(std::span<const RecipeChanges> recipes, Fate fate) {
    std::size_t count = 0;
    for (const RecipeChanges& recipe : recipes) count += with(recipe, fate).size();
    return count;
}

/// "three new hotspots, one grown and two gone"
QString titleOf(std::span<const RecipeChanges> recipes) {
    if (std::all_of(recipes.begin(), recipes.end(), [](const RecipeChanges& one) { return !one.problem.empty(); }))
        return QStringLiteral("No map could be compared with an earlier one");
    QStringList parts;
    for (const Fate fate : {Fate::fresh, Fate::grown, Fate::shrunk, Fate::gone}) {
        const std::size_t count = countOf(recipes, fate);
        if (count == 0) continue;
        QString part = numberWord(count) + ' ' + words(fate);
        if (parts.isEmpty())
            part = fate == Fate::fresh ? part + (count == 1 ? " hotspot" : " hotspots")
                                       : numberWord(count) + (count == 1 ? " hotspot " : " hotspots ") + words(fate);
        parts.push_back(part);
    }
    if (parts.isEmpty()) return QStringLiteral("No hotspot is new, grown, shrunk or gone");
    return upperFirst(listed(parts));
}

template <class Value>
std::optional<Value> common(std::span<const RecipeChanges> recipes, std::optional<Value> RecipeChanges::*member) {
    std::optional<Value> value;
    for (const RecipeChanges& recipe : recipes) {
        if (!recipe.problem.empty()) continue;
        if (value && value != recipe.*member) return std::nullopt;
        value = recipe.*member;
    }
    return value;
}

QString subtitleOf(std::span<const RecipeChanges> recipes) {
    const auto now = common(recipes, &RecipeChanges::now), before = common(recipes, &RecipeChanges::before);
    QString text = upperFirst(numberWord(recipes.size())) + (recipes.size() == 1 ? " map" : " maps");
    if (now) text += " of " + QString::fromStdString(readablePeriod(*now));
    if (now && before) return text + ", beside " + QString::fromStdString(readablePeriod(*before)) + '.';
    return text + (recipes.size() == 1 ? ", beside its earlier period." : ", each beside its own earlier period.");
}

/// "under 0.001", "0.012", "0.43"
QString chanceText(double p) {
    if (p < 0.001) return QStringLiteral("under 0.001");
    return QString::fromStdString(fixedDecimal(p, p < 0.1 ? 3 : 2));
}

QString fateText(const HotspotChange& change) {
    QString text = words(change.fate);
    if (!change.merged.empty()) text += ", merged";
    if (!change.split.empty()) text += ", split";
    return text;
}

std::vector<QStringList> rowsOf(std::span<const RecipeChanges> recipes) {
    std::vector<QStringList> rows;
    for (const Fate fate : byWeight)
        for (const RecipeChanges& recipe : recipes)
            for (const HotspotChange* change : with(recipe, fate))
                rows.push_back({shortName(recipe.name), QString::fromStdString(change->name), grouped(change->before),
                                grouped(change->now),
                                change->probability ? chanceText(*change->probability) : QStringLiteral("\u2013"),
                                fateText(*change)});
    return rows;
}

QString namesOf(const std::vector<const HotspotChange*>& changes) {
    QStringList names;
    for (const HotspotChange* change : changes) {
        if (std::size_t(names.size()) == mostNamed && changes.size() > mostNamed + 1) {
            names.push_back(grouped(changes.size() - mostNamed) + " more");
            break;
        }
        names.push_back(QString::fromStdString(change->name) + " (" + grouped(change->before) + " to " +
                        grouped(change->now) + ')');
    }
    return listed(names);
}

/// "thefts: new: High Street (3 to 30); about the same: two. Low Street took in Mill Lane."
QString sentenceOf(const RecipeChanges& recipe) {
    const QString start = shortName(recipe.name) + ": ";
    if (!recipe.problem.empty()) return start + QString::fromStdString(recipe.problem);
    if (recipe.changes.empty()) return start + "no hotspot in either period.";
    QStringList parts;
    for (const Fate fate : byWeight)
        if (const auto found = with(recipe, fate); !found.empty())
            parts.push_back(words(fate) + ": " + (fate == Fate::steady ? numberWord(found.size()) : namesOf(found)));
    QString text = start + parts.join("; ") + '.';
    for (const HotspotChange& change : recipe.changes) {
        const auto named = [](const std::vector<std::string>& names) {
            QStringList list;
            for (const std::string& name : names) list.push_back(QString::fromStdString(name));
            return listed(list);
        };
        const QString name = ' ' + QString::fromStdString(change.name);
        if (!change.merged.empty()) text += name + " took in " + named(change.merged) + '.';
        if (!change.split.empty()) text += name + " split, and " + named(change.split) + " came out of it.";
    }
    return text;
}

bool sameLength(std::span<const RecipeChanges> recipes) {
    return std::all_of(recipes.begin(), recipes.end(), [](const RecipeChanges& recipe) {
        return !recipe.now || !recipe.before || daysOf(*recipe.now) == daysOf(*recipe.before);
    });
}

} // namespace

BoardMap changesPageOf(std::span<const RecipeChanges> recipes, const LayoutSpec& layout) {
    BoardMap page;
    page.withMap = false;
    page.title = titleOf(recipes);
    page.subtitle = subtitleOf(recipes);
    page.marking = QString::fromStdString(layout.marking);
    page.tableHeader = {"Map", "Around", "Before", "Now", "p", "Hotspot is"};
    page.tableRows = rowsOf(recipes);
    page.tableTitle = page.tableRows.empty() ? QString() : QStringLiteral("What became of each hotspot");
    page.tableNote = page.tableRows.empty()
                         ? QString()
                         : QStringLiteral("Before and now: incidents on the same ground. p: how often chance alone "
                                          "would change the count of a lasting hotspot this much.");
    for (const RecipeChanges& recipe : recipes) page.summary.push_back(sentenceOf(recipe));
    page.method = {
        "Two outlines are one hotspot where they share at least 30 % of the smaller one's ground; of several that do, "
        "the two that share most. The others are merged or split, and new or gone.",
        QString("The counts of a lasting hotspot are of both its outlines together. Grown and shrunk: exact test of "
                "two Poisson counts given their sum, two-sided, by the days of each period") +
            (sameLength(recipes) ? " (here as many)" : "") +
            "; p adjusted by Holm over the hotspots of each map; called a change under 0.05."};
    page.cautions = {
        "New and gone say that a place passed the map's threshold or fell below it, and are not tested.",
        "The test takes incidents to be independent. Series and repeats make it too ready to call a change.",
        "Only recorded incidents are counted."};
    QStringList footer;
    if (!layout.author.empty()) footer.push_back(QString::fromStdString(layout.author));
    if (!layout.date.empty()) footer.push_back(readableDate(layout.date));
    footer.push_back(QString::fromStdString(madeWith()));
    page.footer = footer.join(QStringLiteral(" \u00b7 "));
    page.alternativeText = page.title + ". " + page.summary.join(' ');
    page.paper = QSizeF(297.0, 210.0);
    if (layout.paper.ends_with("portrait")) page.paper.transpose();
    return page;
}

Expected<void> writeChangesPdf(const BoardMap& page, std::span<const std::pair<std::string, Recipe>> recipes,
                               const std::filesystem::path& file) {
    nlohmann::json all{{"patchlight", version()}, {"build", buildId()}, {"recipes", nlohmann::json::object()}};
    for (const auto& [name, recipe] : recipes) all["recipes"][name] = toJson(recipe);
    return writePdfCarrying({&page, 1}, QByteArray::fromStdString(all.dump(2)), file);
}

} // namespace patchlight::paint
