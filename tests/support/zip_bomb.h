// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace patchlight::test {

/// Writes a ZIP of one member that really inflates to 1032 bytes for each byte of its stream, all of them zero: deflate
/// with a Huffman code of one bit for "258 bytes more of the same" and one bit for the distance, so that the stream is
/// zero bytes. `claimed` is the size that the archive says (in ZIP64 where it must be).
void writeZipBomb(const std::filesystem::path& file, const std::string& member, std::uint64_t inflated,
                  std::uint64_t claimed);

} // namespace patchlight::test
