// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/detail/tagged_pdf.h"

#include <QBuffer>
#include <QPageLayout>
#include <QPdfWriter>

namespace patchlight::paint {

namespace {

constexpr int dotsPerInch = 1200;

/// One page a leaf, each with that leaf alone at its place.
Expected<QByteArray> drawParts(const BoardMap& page, const std::vector<const PageElement*>& leaves) {
    QByteArray parts;
    QBuffer buffer(&parts);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageLayout(QPageLayout(QPageSize(page.paper, QPageSize::Millimeter), QPageLayout::Portrait, QMarginsF()));
    writer.setResolution(dotsPerInch);
    QPainter painter(&writer);
    painter.scale(dotsPerInch / 25.4, dotsPerInch / 25.4);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::LosslessImageRendering);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (i > 0) writer.newPage();
        painter.save();
        auto drawn = leaves[i]->draw(painter);
        painter.restore();
        if (!drawn) return fail(drawn.error());
    }
    painter.end();
    return parts;
}

} // namespace

Expected<void> writePdf(const BoardMap& page, const Recipe& recipe, const std::filesystem::path& file) {
    const std::vector<PageElement> elements = layOut(page);
    auto parts = drawParts(page, leavesOf(elements));
    if (!parts) return fail(parts.error());
    auto pdf = foldIntoTaggedPage({elements, *parts, page.title, page.alternativeText, recipeText(recipe)});
    if (!pdf) return fail(pdf.error());
    return writeBytes(file, *pdf);
}

} // namespace patchlight::paint
