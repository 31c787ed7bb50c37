// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace patchlight::test {

/// While it lives, files opened through SQLite lie on a disk with room for so many more writes: further ones fail as
/// they do on a full disk. Writes over what is there already succeed, as on a real disk.
class FullDisk {
public:
    FullDisk();
    ~FullDisk();
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    void setRoom(std::size_t growingWrites);
};

} // namespace patchlight::test
