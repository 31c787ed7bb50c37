// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/fonts.h"

#include "core/base/path_text.h"
#include "gis/crs/crs.h"

#include <QDir>
#include <QFontDatabase>

namespace patchlight::paint {

void addShippedFonts() {
    const auto data = gis::dataFolder();
    if (data.empty()) return;
    const QDir folder(QString::fromStdString(utf8Text(data / "fonts")));
    for (const QString& name : folder.entryList({"*.ttf", "*.otf"}, QDir::Files, QDir::Name))
        QFontDatabase::addApplicationFont(folder.filePath(name));
}

} // namespace patchlight::paint
