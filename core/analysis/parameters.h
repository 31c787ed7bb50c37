// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/units.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

/// Parameters described once: schema, reading, writing, forms and help all come from one `describe` per struct.
namespace patchlight {

/// `layer`: a boundary layer of the project; `column`: a column of numbers of the sources, or one of the choices;
/// `category`: a wording or group of wordings. The last three are texts whose values are the project's.
enum class ParameterKind { length, count, number, choice, layer, column, category };

struct ParameterChoice {
    std::string key;   ///< stays: "quartic"
    std::string label; ///< for people: "Quartic"
};

/// One parameter as forms, `--help` and the manual show it.
struct ParameterSpec {
    std::string key;   ///< stays once released: "cell-size"
    std::string label; ///< for people
    std::string help;  ///< one sentence
    std::string unit;  ///< "m" or empty
    ParameterKind kind = ParameterKind::number;
    bool further = false;        ///< rarely changed: forms fold it away
    bool suggestible = false;    ///< may be left open; the analysis then suggests a value from the data
    nlohmann::json defaultValue; ///< null where suggestible
    double minimum = 0.0;        ///< limits of forms; the analysis checks for itself
    double maximum = 0.0;
    std::vector<ParameterChoice> choices; ///< of texts: words with a meaning of their own
};

/// Names an enumeration's values for parameters; specialise next to the enumeration.
template <class Enum> std::span<const std::pair<Enum, ParameterChoice>> choicesOf();

/// Visitor that lists the schema.
class SchemaVisitor {
public:
    void length(std::string key, std::string label, Metres& value, std::string help, double minimum, double maximum);
    void length(std::string key, std::string label, std::optional<Metres>& value, std::string help, double minimum,
                double maximum);
    void number(std::string key, std::string label, double& value, std::string help, double minimum, double maximum);
    void number(std::string key, std::string label, std::optional<double>& value, std::string help, double minimum,
                double maximum);
    void count(std::string key, std::string label, std::size_t& value, std::string help, std::size_t minimum,
               std::size_t maximum);
    void text(std::string key, std::string label, std::string& value, std::string help, ParameterKind kind,
              std::vector<ParameterChoice> choices = {});
    /// What is described from here on is rarely changed.
    void further() { m_further = true; }
    template <class Enum> void choice(std::string key, std::string label, Enum& value, std::string help) {
        ParameterSpec spec{.key = std::move(key),
                           .label = std::move(label),
                           .help = std::move(help),
                           .kind = ParameterKind::choice,
                           .further = m_further};
        for (const auto& [enumerator, named] : choicesOf<Enum>()) {
            spec.choices.push_back(named);
            if (enumerator == value) spec.defaultValue = named.key;
        }
        specs.push_back(std::move(spec));
    }
    std::vector<ParameterSpec> specs;

private:
    ParameterSpec& add(std::string key, std::string label, std::string help, ParameterKind kind, double minimum,
                       double maximum);
    bool m_further = false;
};

/// Visitor that takes values from a JSON object (numbers, or texts as `--set` gives them); keeps the first error.
class ReadVisitor {
public:
    explicit ReadVisitor(const nlohmann::json& values) : m_values{values} {}
    void further() {}
    void length(const std::string& key, const std::string& label, Metres& value, const std::string& help, double,
                double);
    void length(const std::string& key, const std::string& label, std::optional<Metres>& value, const std::string& help,
                double, double);
    void number(const std::string& key, const std::string& label, double& value, const std::string& help, double,
                double);
    void number(const std::string& key, const std::string& label, std::optional<double>& value, const std::string& help,
                double, double);
    void count(const std::string& key, const std::string& label, std::size_t& value, const std::string& help,
               std::size_t, std::size_t);
    void text(const std::string& key, const std::string&, std::string& value, const std::string&, ParameterKind,
              const std::vector<ParameterChoice>& = {}) {
        if (const auto text = takeText(key)) value = *text;
    }
    template <class Enum>
    void choice(const std::string& key, const std::string& label, Enum& value, const std::string&) {
        const auto text = takeText(key);
        if (!text) return;
        std::vector<std::string> known;
        for (const auto& [enumerator, named] : choicesOf<Enum>()) {
            if (named.key == *text) {
                value = enumerator;
                return;
            }
            known.push_back(named.key);
        }
        refuseChoice(key, label, *text, known);
    }
    std::optional<Error> error;

private:
    std::optional<std::string> takeText(const std::string& key);
    std::optional<double> takeNumber(const std::string& key, const std::string& label);
    void refuseChoice(const std::string& key, const std::string& label, const std::string& given,
                      const std::vector<std::string>& known);
    const nlohmann::json& m_values;
};

/// Visitor that writes the values as a JSON object; an open suggestible one is null.
class WriteVisitor {
public:
    void further() {}
    void length(const std::string& key, const std::string&, Metres& value, const std::string&, double, double) {
        values[key] = value.value();
    }
    void length(const std::string& key, const std::string&, std::optional<Metres>& value, const std::string&, double,
                double) {
        values[key] = value ? nlohmann::json(value->value()) : nlohmann::json(nullptr);
    }
    void number(const std::string& key, const std::string&, double& value, const std::string&, double, double) {
        values[key] = value;
    }
    void number(const std::string& key, const std::string&, std::optional<double>& value, const std::string&, double,
                double) {
        values[key] = value ? nlohmann::json(*value) : nlohmann::json(nullptr);
    }
    void count(const std::string& key, const std::string&, std::size_t& value, const std::string&, std::size_t,
               std::size_t) {
        values[key] = value;
    }
    void text(const std::string& key, const std::string&, std::string& value, const std::string&, ParameterKind,
              const std::vector<ParameterChoice>& = {}) {
        values[key] = value;
    }
    template <class Enum> void choice(const std::string& key, const std::string&, Enum& value, const std::string&) {
        for (const auto& [enumerator, named] : choicesOf<Enum>())
            if (enumerator == value) values[key] = named.key;
    }
    nlohmann::json values = nlohmann::json::object();
};

template <class Parameters> [[nodiscard]] std::vector<ParameterSpec> schemaOf() {
    Parameters parameters;
    SchemaVisitor visitor;
    describe(parameters, visitor);
    return std::move(visitor.specs);
}

/// errors: invalidParameter (an unknown key, named with the known ones; a value of the wrong kind)
template <class Parameters> [[nodiscard]] Expected<Parameters> parametersFrom(const nlohmann::json& values);
template <class Parameters> [[nodiscard]] nlohmann::json toJson(Parameters parameters) {
    WriteVisitor visitor;
    describe(parameters, visitor);
    return std::move(visitor.values);
}

/// errors: invalidParameter naming the first key of `values` that no spec has
[[nodiscard]] Expected<void> checkKeys(const nlohmann::json& values, std::span<const ParameterSpec> specs);

template <class Parameters> Expected<Parameters> parametersFrom(const nlohmann::json& values) {
    if (auto known = checkKeys(values, schemaOf<Parameters>()); !known) return fail(known.error());
    Parameters parameters;
    ReadVisitor visitor{values};
    describe(parameters, visitor);
    if (visitor.error) return fail(*visitor.error);
    return parameters;
}

} // namespace patchlight
