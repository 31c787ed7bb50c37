// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/parameters.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace patchlight {

ParameterSpec& SchemaVisitor::add(std::string key, std::string label, std::string help, ParameterKind kind,
                                  double minimum, double maximum) {
    return specs.emplace_back(ParameterSpec{.key = std::move(key),
                                            .label = std::move(label),
                                            .help = std::move(help),
                                            .unit = kind == ParameterKind::length ? "m" : "",
                                            .kind = kind,
                                            .further = m_further,
                                            .minimum = minimum,
                                            .maximum = maximum});
}

void SchemaVisitor::length(std::string key, std::string label, Metres& value, std::string help, double minimum,
                           double maximum) {
    add(std::move(key), std::move(label), std::move(help), ParameterKind::length, minimum, maximum).defaultValue =
        value.value();
}

void SchemaVisitor::length(std::string key, std::string label, std::optional<Metres>& value, std::string help,
                           double minimum, double maximum) {
    ParameterSpec& spec =
        add(std::move(key), std::move(label), std::move(help), ParameterKind::length, minimum, maximum);
    spec.suggestible = true;
    if (value) spec.defaultValue = value->value();
}

void SchemaVisitor::number(std::string key, std::string label, double& value, std::string help, double minimum,
                           double maximum) {
    add(std::move(key), std::move(label), std::move(help), ParameterKind::number, minimum, maximum).defaultValue =
        value;
}

void SchemaVisitor::number(std::string key, std::string label, std::optional<double>& value, std::string help,
                           double minimum, double maximum) {
    ParameterSpec& spec =
        add(std::move(key), std::move(label), std::move(help), ParameterKind::number, minimum, maximum);
    spec.suggestible = true;
    if (value) spec.defaultValue = *value;
}

void SchemaVisitor::count(std::string key, std::string label, std::size_t& value, std::string help, std::size_t minimum,
                          std::size_t maximum) {
    add(std::move(key), std::move(label), std::move(help), ParameterKind::count, static_cast<double>(minimum),
        static_cast<double>(maximum))
        .defaultValue = value;
}

void SchemaVisitor::text(std::string key, std::string label, std::string& value, std::string help, ParameterKind kind,
                         std::vector<ParameterChoice> choices) {
    ParameterSpec& spec = add(std::move(key), std::move(label), std::move(help), kind, 0.0, 0.0);
    spec.defaultValue = value;
    spec.choices = std::move(choices);
}

std::optional<std::string> ReadVisitor::takeText(const std::string& key) {
    const auto found = m_values.find(key);
    if (error || found == m_values.end() || found->is_null()) return std::nullopt;
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::optional<double> ReadVisitor::takeNumber(const std::string& key, const std::string& label) {
    const auto found = m_values.find(key);
    if (error || found == m_values.end() || found->is_null()) return std::nullopt;
    if (found->is_number()) return found->get<double>();
    const std::string text = found->is_string() ? found->get<std::string>() : found->dump();
    const auto value = parseDecimal(text);
    if (!value || !std::isfinite(*value)) {
        error =
            Error{ErrorCode::invalidParameter, label + " (" + key + ") must be a number, not \"" + text + "\".", key};
        return std::nullopt;
    }
    return value;
}

void ReadVisitor::refuseChoice(const std::string& key, const std::string& label, const std::string& given,
                               const std::vector<std::string>& known) {
    error = Error{ErrorCode::invalidParameter,
                  label + " (" + key + ") cannot be \"" + given + "\"; choose one of " + listed(known) + ".", key};
}

void ReadVisitor::length(const std::string& key, const std::string& label, Metres& value, const std::string&, double,
                         double) {
    if (const auto number = takeNumber(key, label)) value = Metres{*number};
}

void ReadVisitor::length(const std::string& key, const std::string& label, std::optional<Metres>& value,
                         const std::string&, double, double) {
    if (const auto number = takeNumber(key, label)) value = Metres{*number};
}

void ReadVisitor::number(const std::string& key, const std::string& label, double& value, const std::string&, double,
                         double) {
    if (const auto number = takeNumber(key, label)) value = *number;
}

void ReadVisitor::number(const std::string& key, const std::string& label, std::optional<double>& value,
                         const std::string&, double, double) {
    if (const auto number = takeNumber(key, label)) value = *number;
}

void ReadVisitor::count(const std::string& key, const std::string& label, std::size_t& value, const std::string&,
                        std::size_t, std::size_t) {
    const auto number = takeNumber(key, label);
    if (!number) return;
    if (*number < 0.0 || *number != std::floor(*number) || *number > 1e15) {
        error = Error{ErrorCode::invalidParameter,
                      label + " (" + key + ") must be a whole number, not " + shortestDecimal(*number) + ".", key};
        return;
    }
    value = static_cast<std::size_t>(*number);
}

Expected<void> checkKeys(const nlohmann::json& values, std::span<const ParameterSpec> specs) {
    if (values.is_null()) return {};
    if (!values.is_object()) return fail(ErrorCode::invalidParameter, "Parameters must be given as key and value.");
    for (const auto& [key, value] : values.items()) {
        const std::string& wanted = key;
        if (std::any_of(specs.begin(), specs.end(), [&](const ParameterSpec& spec) { return spec.key == wanted; }))
            continue;
        std::vector<std::string> known;
        for (const ParameterSpec& spec : specs) known.push_back(spec.key);
        return fail(ErrorCode::invalidParameter,
                    "There is no parameter \"" + key + "\"; there are " + listed(known) + ".", key);
    }
    return {};
}

} // namespace patchlight
