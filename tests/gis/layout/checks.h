// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gis/layout/page_scene.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

/// What the tests of pages ask of a page and of other programs.
namespace patchlight::paint::test {

/// What a checker prints, or nothing (and a notice) where it is not installed.
inline std::optional<QString> printed(const QString& program, const QStringList& arguments) {
    if (QStandardPaths::findExecutable(program).isEmpty()) {
        WARN(program.toStdString() + " is not installed: this check is skipped");
        return std::nullopt;
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(20000)) return std::nullopt;
    return QString::fromUtf8(process.readAll());
}

inline QString shown(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

/// Boxes of texts, of the map and of the chart: none may overlap another, all lie on the page.
inline void checkBoxes(const BoardMap& page) {
    const auto elements = layOut(page);
    std::vector<const PageElement*> pieces = textsOf(elements);
    for (const PageElement& element : elements)
        if (element.tag == "Figure") pieces.push_back(&element);
    const QRectF paper(QPointF(0, 0), page.paper);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        INFO(pieces[i]->tag.toStdString() + ": " + pieces[i]->text.toStdString() + pieces[i]->alt.toStdString());
        CHECK(paper.contains(pieces[i]->box));
        CHECK(pieces[i]->box.height() > 0.0);
        for (std::size_t j = i + 1; j < pieces.size(); ++j) {
            const QRectF both = pieces[i]->box.intersected(pieces[j]->box);
            if (both.width() > 0.01 && both.height() > 0.01)
                FAIL_CHECK("overlaps " + pieces[j]->tag.toStdString() + ": " + pieces[j]->text.toStdString() +
                           pieces[j]->alt.toStdString());
        }
    }
}

} // namespace patchlight::paint::test
