// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/mapping.h"
#include "tests/fuzz/fuzz.h"

using namespace patchlight;

/// A mapping file that is taken says the same when it is written and read again; any other is refused in a sentence.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
    if (json.is_discarded()) return 0;
    const auto told = toldHeader(json);
    const std::vector<std::string> header =
        told && *told ? **told : std::vector<std::string>{"E", "N", "Date", "Date", "", "Postcode", "Type"};
    const auto mapping = mappingFromJson(json, header, ',');
    if (!mapping) {
        fuzz::expect(!mapping.error().message.empty(), "a sentence");
        return 0;
    }
    fuzz::expect(mapping->roles.size() == header.size(), "a role for each column");
    const auto written = toJson(*mapping);
    const auto again = mappingFromJson(written, header, ',');
    fuzz::expect(again && again->roles == mapping->roles && toJson(*again) == written, "the mapping reads back");
    fuzz::expect(!written.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).empty(), "it can be written");
    return 0;
}
