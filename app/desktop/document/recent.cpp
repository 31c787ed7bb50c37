// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/document/recent.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace patchlight::desktop {

namespace {
constexpr qsizetype recentLimit = 8;
constexpr auto recentKey = "recent";
} // namespace

QSettings settings() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, "Patchlight", "patchlight");
}

QStringList recentProjects() {
    QStringList there;
    for (const auto& path : settings().value(recentKey).toStringList())
        if (QFileInfo::exists(path)) there << path;
    return there;
}

void rememberProject(const QString& path) {
    auto recent = recentProjects();
    const auto absolute = QFileInfo(path).absoluteFilePath();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    settings().setValue(recentKey, QStringList(recent.mid(0, recentLimit)));
}

QString lastFolder(const QString& purpose) {
    const auto folder = settings().value("folder/" + purpose).toString();
    if (!folder.isEmpty() && QDir(folder).exists()) return folder;
    const auto documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QDir(documents).exists() ? documents : QDir::homePath(); // a new account may have no such folder yet
}

void rememberFolder(const QString& purpose, const QString& fileOrFolder) {
    const QFileInfo info(fileOrFolder);
    settings().setValue("folder/" + purpose, info.isDir() ? info.absoluteFilePath() : info.absolutePath());
}

} // namespace patchlight::desktop
