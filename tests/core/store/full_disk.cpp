// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/full_disk.h"

#include <sqlite3.h>

#include <cstring>
#include <limits>

/// A SQLite file system layer over the real one: files are the real ones with one method exchanged.
namespace patchlight::test {

namespace {

std::size_t room = std::numeric_limits<std::size_t>::max();
sqlite3_vfs* real = nullptr;
sqlite3_vfs layer{};
sqlite3_io_methods methods{};
const sqlite3_io_methods* realMethods = nullptr;

int writeWithinRoom(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
    sqlite3_int64 size = 0;
    realMethods->xFileSize(file, &size);
    if (offset + count > size) {
        if (room == 0) return SQLITE_FULL;
        --room;
    }
    return realMethods->xWrite(file, bytes, count, offset);
}

int openCounted(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
    const int result = real->xOpen(real, name, file, flags, outFlags);
    if (result != SQLITE_OK || !file->pMethods) return result;
    if (!realMethods) {
        realMethods = file->pMethods;
        methods = *realMethods;
        methods.xWrite = &writeWithinRoom;
    }
    if (file->pMethods == realMethods) file->pMethods = &methods;
    return result;
}

} // namespace

FullDisk::FullDisk() {
    real = sqlite3_vfs_find(nullptr);
    layer = *real;
    layer.zName = "patchlight-full-disk";
    layer.pNext = nullptr;
    layer.xOpen = &openCounted;
    sqlite3_vfs_register(&layer, 1);
}

FullDisk::~FullDisk() {
    sqlite3_vfs_unregister(&layer);
    sqlite3_vfs_register(real, 1);
    room = std::numeric_limits<std::size_t>::max();
}

void FullDisk::setRoom(std::size_t growingWrites) {
    room = growingWrites;
}

} // namespace patchlight::test
