// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/sqlite.h"

#include <future>

namespace patchlight::store {

/// Has the operating system bring to the disk what SQLite has written so far, beside the caller's work, so that the
/// commit's own sync finds little left to wait for. It changes nothing of what is safe when: SQLite writes a page of
/// the file only after its journal is on the disk, and the commit syncs all the same.
class EarlySync {
public:
    explicit EarlySync(Database& database) : m_database{&database} {}
    /// Begins one, unless one is still at work. From the thread that uses the database.
    void begin();
    /// Until none is at work; before the commit. A system says once that a page could not be written, so a failure here
    /// must end the transaction. errors: database
    [[nodiscard]] Expected<void> wait();

private:
    void collect();

    Database* m_database;
    std::future<int> m_work; ///< of std::async: its destructor waits
    int m_failure = SQLITE_OK;
};

} // namespace patchlight::store
