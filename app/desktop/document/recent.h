// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QStringList>

namespace patchlight::desktop {

/// The program's settings: an INI file of the user.
[[nodiscard]] QSettings settings();

/// Projects opened last, newest first; those that are gone are left out.
[[nodiscard]] QStringList recentProjects();
void rememberProject(const QString& path);

/// Where file dialogs start: the folder used last for this purpose, else the documents folder.
[[nodiscard]] QString lastFolder(const QString& purpose);
void rememberFolder(const QString& purpose, const QString& fileOrFolder);

} // namespace patchlight::desktop
