// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/import/findings.h"

#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QCoreApplication>
#include <algorithm>

namespace patchlight::desktop {

namespace {

constexpr std::size_t rowsShown = 5;
constexpr int textsShown = 4;

/// The first texts in question, each once: "Unwanted geese, Zebra".
QString textsOf(const Finding& finding) {
    QStringList texts;
    for (const auto& text : finding.values)
        if (const auto each = toQt(text); !text.empty() && !texts.contains(each)) {
            if (texts.size() == textsShown) return texts.join(", ") + "\u2026";
            texts << each;
        }
    return texts.join(", ");
}

struct Together {
    const Finding* first = nullptr;
    std::size_t count = 0;
    std::size_t datasets = 0;
};

} // namespace

QStringList findingLines(const std::vector<Finding>& findings) {
    std::vector<Together> kinds;
    for (const auto& finding : findings) {
        auto known = std::find_if(kinds.begin(), kinds.end(), [&](const Together& each) {
            return each.first->kind == finding.kind && each.first->message == finding.message;
        });
        if (known == kinds.end()) known = kinds.insert(kinds.end(), {&finding, 0, 0});
        known->count += finding.count;
        ++known->datasets;
    }
    std::stable_sort(kinds.begin(), kinds.end(),
                     [](const Together& a, const Together& b) { return a.count > b.count; });
    QStringList lines;
    for (const auto& kind : kinds) {
        auto line = QString("%1: %2").arg(toQt(counted(kind.count, "row", "rows")), toQt(kind.first->message));
        if (const auto texts = textsOf(*kind.first); !texts.isEmpty()) line += ' ' + texts;
        QStringList rows;
        for (std::size_t i = 0; i < std::min(rowsShown, kind.first->rows.size()); ++i)
            rows << QString::number(kind.first->rows[i]);
        if (!rows.isEmpty())
            line += QCoreApplication::translate("Findings", " (%1, row %2%3)")
                        .arg(toQt(kind.first->dataset), rows.join(", "), kind.count > rowsShown ? "\u2026" : "");
        lines << line;
    }
    return lines;
}

} // namespace patchlight::desktop
