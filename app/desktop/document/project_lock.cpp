// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/document/project_lock.h"

#include "app/desktop/appearance/text.h"

#include <QCoreApplication>
#include <QSysInfo>

namespace patchlight::desktop {

bool isThisMachine(const QString& machine) {
    return machine.trimmed().compare(QSysInfo::machineHostName(), Qt::CaseInsensitive) == 0;
}

std::optional<QString> ProjectLock::take(const std::filesystem::path& project) {
    if (m_mark && m_project == project) return {};
    release();
    auto mark = std::make_unique<QLockFile>(toQt(project) + ".lock");
    mark->setStaleLockTime(std::chrono::milliseconds(0)); // a long day's work is not stale
    if (mark->tryLock(0)) {
        m_project = project;
        m_mark = std::move(mark);
        return {};
    }
    if (mark->error() != QLockFile::LockFailedError) return {};
    qint64 process = 0;
    QString machine, program;
    if (!mark->getLockInfo(&process, &machine, &program)) return QString();
    return machine;
}

void ProjectLock::takeOver(const std::filesystem::path& project) {
    QFile::remove(toQt(project) + ".lock");
    (void)take(project);
}

std::optional<QString> ProjectLock::lostTo() const {
#ifdef Q_OS_WIN // keeps a mark that is open from being read or taken away
    return {};
#endif
    qint64 process = 0;
    QString machine, program;
    if (!m_mark || !m_mark->getLockInfo(&process, &machine, &program)) return {};
    if (process == QCoreApplication::applicationPid() && isThisMachine(machine)) return {};
    return machine;
}

void ProjectLock::release() {
    if (lostTo()) (void)m_mark.release(); // its end would remove the other window's file
    m_mark.reset();
    m_project.clear();
}

} // namespace patchlight::desktop
