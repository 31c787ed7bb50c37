// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/write.h"

#include <filesystem>
#include <fmt/format.h>
#include <fstream>

/// patchlight_sample_generator FOLDER: writes the sample town's files into the folder.
int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "Usage: patchlight_sample_generator FOLDER\n");
        return 2;
    }
    for (const auto& [name, text] : patchlight::sample::buildSample()) {
        std::ofstream out(std::filesystem::path{argv[1]} / name, std::ios::binary);
        out << text;
        out.close();
        if (!out) {
            fmt::print(stderr, "{} cannot be written.\n", name);
            return 1;
        }
    }
    return 0;
}
