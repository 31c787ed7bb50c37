// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"

#include <algorithm>

namespace patchlight {

nlohmann::json toJson(const ImportReport& report) {
    nlohmann::json datasets = nlohmann::json::array();
    for (const DatasetInfo& dataset : report.datasets)
        datasets.push_back({{"name", dataset.name},
                            {"file", dataset.file},
                            {"read", dataset.read},
                            {"stored", dataset.stored},
                            {"mapped", dataset.mapped}});
    constexpr std::size_t mostRows = 20;
    nlohmann::json findings = nlohmann::json::array();
    for (const Finding& finding : report.findings) {
        auto known = std::find_if(findings.begin(), findings.end(),
                                  [&](const nlohmann::json& item) { return item["kind"] == finding.kind; });
        if (known == findings.end()) {
            findings.push_back({{"kind", finding.kind},
                                {"message", finding.message},
                                {"count", 0},
                                {"rows", nlohmann::json::array()},
                                {"datasets", nlohmann::json::array()}});
            known = findings.end() - 1;
        }
        (*known)["count"] = (*known)["count"].get<std::size_t>() + finding.count;
        for (const std::uint32_t row : finding.rows)
            if ((*known)["rows"].size() < mostRows) (*known)["rows"].push_back(row);
        nlohmann::json part{{"name", finding.dataset}, {"count", finding.count}, {"rows", finding.rows}};
        if (!finding.values.empty()) part["values"] = finding.values;
        (*known)["datasets"].push_back(std::move(part));
    }
    return {{"read", report.read},  {"stored", report.stored}, {"mapped", report.mapped}, {"seconds", report.seconds},
            {"datasets", datasets}, {"findings", findings},    {"notes", report.notes}};
}

} // namespace patchlight
