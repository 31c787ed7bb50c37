// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe_json.h"

#include "core/base/text.h"
#include "core/layouts/layouts.h"

#include <algorithm>
#include <array>

namespace patchlight {

using nlohmann::json;

namespace {

tl::unexpected<Error> wrong(const std::string& key, const std::string& wanted) {
    return fail(ErrorCode::fileFormat, "\"" + key + "\" must be " + wanted + ".", key);
}

constexpr std::array<std::pair<StudyAreaSpec::Kind, const char*>, 4> areaKinds{
    {{StudyAreaSpec::Kind::everything, "everything"},
     {StudyAreaSpec::Kind::box, "box"},
     {StudyAreaSpec::Kind::file, "file"},
     {StudyAreaSpec::Kind::layer, "layer"}}};

constexpr std::array weekdayKeys{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

} // namespace

Expected<std::string> textMember(const json& object, const std::string& key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return std::string{};
    if (!found->is_string()) return wrong(key, "a text");
    return found->get<std::string>();
}

Expected<std::vector<std::string>> textsMember(const json& object, const std::string& key) {
    std::vector<std::string> texts;
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return texts;
    if (!found->is_array()) return wrong(key, "a list of texts");
    for (const json& entry : *found) {
        if (!entry.is_string()) return wrong(key, "a list of texts");
        texts.push_back(entry.get<std::string>());
    }
    return texts;
}

json toJson(const std::optional<Period>& period) {
    if (!period) return nullptr;
    return {{"first", isoDay(period->first)}, {"last", isoDay(period->last)}};
}

Expected<std::optional<Period>> periodFromJson(const json& object) {
    if (object.is_null()) return std::optional<Period>{};
    if (!object.is_object()) return wrong("period", "an object with \"first\" and \"last\"");
    const auto first = textMember(object, "first");
    if (!first) return fail(first.error());
    const auto last = textMember(object, "last");
    if (!last) return fail(last.error());
    const auto firstDay = parseIsoDay(*first), lastDay = parseIsoDay(*last, true);
    if (!firstDay) return wrong("first", "a date like 2025-07-01, not \"" + *first + "\"");
    if (!lastDay) return wrong("last", "a date like 2025-09-30, not \"" + *last + "\"");
    return std::optional<Period>{Period{*firstDay, *lastDay}};
}

json toJson(const IncidentFilter& filter) {
    json result{{"categories", filter.categories}, {"datasets", filter.datasets}, {"period", toJson(filter.period)}};
    if (!filter.groups.empty()) result["groups"] = filter.groups;
    result["hours"] = filter.hours ? json{filter.hours->from, filter.hours->to} : json(nullptr);
    result["weekdays"] = json::array();
    for (const auto day : filter.weekdays) result["weekdays"].push_back(weekdayKeys[day.c_encoding()]);
    return result;
}

Expected<IncidentFilter> filterFromJson(const json& object) {
    IncidentFilter filter;
    if (object.is_null()) return filter;
    if (!object.is_object()) return wrong("filter", "an object");
    auto categories = textsMember(object, "categories");
    if (!categories) return fail(categories.error());
    auto groups = textsMember(object, "groups");
    if (!groups) return fail(groups.error());
    filter.groups = std::move(*groups);
    auto datasets = textsMember(object, "datasets");
    if (!datasets) return fail(datasets.error());
    auto period = periodFromJson(object.value("period", json(nullptr)));
    if (!period) return fail(period.error());
    filter.categories = std::move(*categories);
    filter.datasets = std::move(*datasets);
    filter.period = *period;
    if (const json hours = object.value("hours", json(nullptr)); !hours.is_null()) {
        if (!hours.is_array() || hours.size() != 2 || !hours[0].is_number_integer() || !hours[1].is_number_integer())
            return wrong("hours", "two whole numbers");
        auto range = parseHours(std::to_string(hours[0].get<int>()) + "-" + std::to_string(hours[1].get<int>()));
        if (!range) return fail(range.error());
        filter.hours = *range;
    }
    const auto weekdays = textsMember(object, "weekdays");
    if (!weekdays) return fail(weekdays.error());
    for (const std::string& text : *weekdays) {
        auto days = parseWeekdays(text);
        if (!days) return fail(days.error());
        filter.weekdays.insert(filter.weekdays.end(), days->begin(), days->end());
    }
    return filter;
}

json toJson(const StudyAreaSpec& area) {
    json result = json::object();
    for (const auto& [kind, key] : areaKinds)
        if (kind == area.kind) result["kind"] = key;
    if (!area.source.empty()) result["source"] = area.source;
    if (!area.sublayer.empty()) result["layer"] = area.sublayer;
    if (!area.feature.empty()) result["feature"] = area.feature;
    if (area.box) result["box"] = {area.box->west, area.box->south, area.box->east, area.box->north};
    return result;
}

Expected<StudyAreaSpec> studyAreaFromJson(const json& object) {
    StudyAreaSpec area;
    if (object.is_null()) return area;
    if (!object.is_object()) return wrong("area", "an object");
    auto kind = textMember(object, "kind");
    auto source = textMember(object, "source");
    auto layer = textMember(object, "layer");
    auto feature = textMember(object, "feature");
    for (const auto* text : {&kind, &source, &layer, &feature})
        if (!*text) return fail(text->error());
    bool known = kind->empty();
    for (const auto& [value, key] : areaKinds)
        if (*kind == key) area.kind = value, known = true;
    if (!known) return wrong("kind", "everything, box, file or layer");
    area.source = std::move(*source);
    area.sublayer = std::move(*layer);
    area.feature = std::move(*feature);
    if (const json box = object.value("box", json(nullptr)); !box.is_null()) {
        if (!box.is_array() || box.size() != 4) return wrong("box", "four numbers: west, south, east, north");
        for (const json& number : box)
            if (!number.is_number()) return wrong("box", "four numbers: west, south, east, north");
        area.box = Box{box[0].get<double>(), box[1].get<double>(), box[2].get<double>(), box[3].get<double>()};
    }
    return area;
}

namespace {

/// The layout's texts by their keys: `--layout`, recipes and workspaces speak of the same ones.
constexpr std::array<std::pair<const char*, std::string LayoutSpec::*>, 8> layoutKeys{
    {{"title", &LayoutSpec::title},
     {"subtitle", &LayoutSpec::subtitle},
     {"marking", &LayoutSpec::marking},
     {"template", &LayoutSpec::templateName},
     {"paper", &LayoutSpec::paper},
     {"dpi", &LayoutSpec::dpi},
     {"author", &LayoutSpec::author},
     {"date", &LayoutSpec::date}}};

} // namespace

json toJson(const LayoutSpec& layout) {
    json result = json::object();
    const LayoutSpec usual;
    for (const auto& [key, member] : layoutKeys)
        if (member != &LayoutSpec::dpi || layout.*member != usual.dpi) result[key] = layout.*member;
    if (!layout.house.is_null()) result["house"] = layout.house;
    return result;
}

Expected<LayoutSpec> layoutFromJson(const json& object) {
    LayoutSpec layout;
    if (object.is_null()) return layout;
    if (!object.is_object()) return wrong("layout", "an object");
    for (const auto& [key, member] : layoutKeys) {
        if (!object.contains(key)) continue;
        auto text = textMember(object, key);
        if (!text) return fail(text.error());
        if (auto set = setLayout(layout, key, *text); !set) return fail(set.error());
    }
    layout.house = object.value("house", json(nullptr));
    if (!layout.house.is_null() && !layout.house.is_object()) return wrong("house", "an object");
    return layout;
}

json toJson(const Disclosure& disclosure) {
    json result{{"profile", disclosure.profile == Profile::publicRelease ? "public" : "internal"}};
    if (disclosure.threshold) result["threshold"] = *disclosure.threshold;
    if (disclosure.roundTo > 0) result["round"] = disclosure.roundTo;
    return result;
}

Expected<Disclosure> disclosureFromJson(const json& object) {
    Disclosure disclosure;
    if (object.is_null()) return disclosure;
    if (!object.is_object()) return wrong("disclosure", "an object");
    const auto profile = textMember(object, "profile");
    if (!profile) return fail(profile.error());
    if (*profile == "public")
        disclosure.profile = Profile::publicRelease;
    else if (!profile->empty() && *profile != "internal")
        return wrong("profile", "internal or public");
    for (const char* key : {"threshold", "round"}) {
        const json number = object.value(key, json(nullptr));
        if (number.is_null()) continue;
        if (!number.is_number_unsigned()) return wrong(key, "a whole number");
        if (key == std::string_view("threshold"))
            disclosure.threshold = number.get<std::size_t>();
        else
            disclosure.roundTo = number.get<std::size_t>();
    }
    if (auto sound = check(disclosure); !sound) return fail(sound.error());
    return disclosure;
}

bool isLayoutKey(std::string_view key) {
    return std::any_of(layoutKeys.begin(), layoutKeys.end(), [&](const auto& entry) { return key == entry.first; });
}

Expected<void> setLayout(LayoutSpec& layout, std::string_view key, std::string_view value) {
    const auto oneOf = [&](const std::vector<std::string>& names) -> Expected<void> {
        if (std::find(names.begin(), names.end(), value) != names.end()) return {};
        return fail(ErrorCode::invalidParameter,
                    "The layout's " + std::string(key) + " cannot be \"" + std::string(value) + "\"; choose one of " +
                        listed(names) + ".",
                    std::string(key));
    };
    std::vector<std::string> names;
    for (const LayoutTemplate& known : layoutTemplates()) names.push_back(known.id);
    if (key == "template")
        if (auto known = oneOf(names); !known) return known;
    if (key == "paper")
        if (auto known = oneOf({"A4-landscape", "A4-portrait", "A3-landscape", "A3-portrait", "slide"}); !known)
            return known;
    if (key == "dpi")
        if (const auto dots = parseInteger(value); !dots || *dots < 72 || *dots > 1200)
            return fail(ErrorCode::invalidParameter,
                        "The layout's dpi cannot be \"" + std::string(value) +
                            "\"; give a whole number from 72 to 1200.",
                        "dpi");
    names.clear();
    for (const auto& [name, member] : layoutKeys) {
        if (key == name) {
            layout.*member = std::string(value);
            return {};
        }
        names.emplace_back(name);
    }
    return fail(ErrorCode::invalidParameter,
                "There is no layout value \"" + std::string(key) + "\"; there are " + listed(names) + ".",
                std::string(key));
}

} // namespace patchlight
