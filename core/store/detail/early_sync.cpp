// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/early_sync.h"

#include <chrono>
#include <system_error>

namespace patchlight::store {

void EarlySync::collect() {
    if (!m_work.valid()) return;
    if (const int result = m_work.get(); result != SQLITE_OK) m_failure = result;
}

void EarlySync::begin() {
    if (m_work.valid() && m_work.wait_for(std::chrono::seconds{0}) != std::future_status::ready) return;
    collect();
    // SQLite's own handle: a second one of this process would drop the file's locks when it is closed.
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(m_database->handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == nullptr || file->pMethods == nullptr)
        return;
    try {
        m_work = std::async(std::launch::async,
                            [file] { return file->pMethods->xSync(file, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY); });
    } catch (const std::system_error&) { // no thread to be had: the commit waits longer
    }
}

Expected<void> EarlySync::wait() {
    collect();
    if (m_failure == SQLITE_OK) return {};
    return fail(databaseError(m_failure, "the disk did not take it", m_database->path()));
}

} // namespace patchlight::store
