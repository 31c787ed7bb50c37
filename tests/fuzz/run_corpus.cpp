// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string bytesOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> filesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// Many small inputs in one file: for each its length in four bytes, lowest first, and its bytes.
std::vector<std::string> unpacked(const std::string& pack) {
    std::vector<std::string> inputs;
    for (std::size_t at = 0; at + 4 <= pack.size();) {
        std::size_t length = 0;
        for (std::size_t i = 4; i-- > 0;) length = length * 256 + static_cast<unsigned char>(pack[at + i]);
        inputs.push_back(pack.substr(at + 4, length));
        at += 4 + length;
    }
    return inputs;
}

int pack(const fs::path& into, const fs::path& folder) {
    std::ofstream out(into, std::ios::binary);
    for (const fs::path& path : filesIn(folder)) {
        const std::string bytes = bytesOf(path);
        std::array<char, 4> length{};
        for (std::size_t i = 0; i < 4; ++i) length[i] = static_cast<char>(bytes.size() >> (8 * i));
        out.write(length.data(), length.size());
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    return out ? 0 : 1;
}

void run(const std::string& name, const std::string& bytes) {
    std::printf("%s, %zu bytes\n", name.c_str(), bytes.size());
    std::fflush(stdout); // the last one named is the one that fails
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

} // namespace

/// Runs a fuzz target over the files of its corpus, so that what was found once is looked at in every test run.
/// `--pack FILE FOLDER` makes one file `*.pack` of what a fuzzer has gathered.
int main(int argc, char** argv) {
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    if (arguments.size() == 3 && arguments[0] == "--pack") return pack(arguments[1], arguments[2]);
    std::size_t inputs = 0;
    for (const std::string_view folder : arguments)
        for (const fs::path& path : filesIn(folder)) {
            const std::string name = path.filename().string(), bytes = bytesOf(path);
            const bool many = path.extension() == ".pack";
            const auto each = many ? unpacked(bytes) : std::vector<std::string>{bytes};
            for (std::size_t i = 0; i < each.size(); ++i) run(many ? name + ' ' + std::to_string(i) : name, each[i]);
            inputs += each.size();
        }
    if (inputs == 0) std::fprintf(stderr, "There is no corpus.\n");
    return inputs == 0 ? 1 : 0;
}
