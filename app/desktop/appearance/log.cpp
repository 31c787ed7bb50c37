// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/log.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QMutex>
#include <QStandardPaths>

namespace patchlight::desktop {

namespace {

QMutex g_mutex;
QFile g_file; // opened once by startLog
QtMessageHandler g_previous = nullptr;

void writeToLog(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    if (g_previous) g_previous(type, context, message);
    const QMutexLocker lock(&g_mutex);
    if (!g_file.isOpen()) return;
    static constexpr const char* names[] = {"debug", "warning", "critical", "fatal", "info"};
    const auto line = QString("%1 %2 %3\n")
                          .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
                               QString::fromLatin1(names[type]), message);
    g_file.write(line.toUtf8());
    g_file.flush();
}

} // namespace

QString logFolder() {
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + "/log");
    folder.mkpath(".");
    return folder.path();
}

void startLog() {
    const QDir folder(logFolder());
    QFile::remove(folder.filePath("patchlight-before.log"));
    QFile::rename(folder.filePath("patchlight.log"), folder.filePath("patchlight-before.log"));
    // Where another window holds its log (Windows lets nobody rename it), this one has its own.
    const bool held = QFile::exists(folder.filePath("patchlight.log"));
    g_file.setFileName(folder.filePath(held ? "patchlight-second.log" : "patchlight.log"));
    if (!g_file.open(QIODevice::WriteOnly | QIODevice::Text)) return; // a read-only home: the console has it
    g_previous = qInstallMessageHandler(writeToLog);
}

} // namespace patchlight::desktop
