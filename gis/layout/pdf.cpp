// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/detail/tagged_pdf.h"

#include <QBuffer>
#include <QHashFunctions>
#include <QPageLayout>
#include <QPdfWriter>

namespace patchlight::paint {

namespace {

constexpr int dotsPerInch = 1200;

/// One part page a leaf, with that leaf alone at its place.
Expected<QByteArray> drawParts(std::span<const BoardMap> pages, const std::vector<TaggedPage>& tagged) {
    // Qt numbers fonts in the order of a hash, which has another seed in every process.
    QHashSeed::setDeterministicGlobalSeed();
    QByteArray parts;
    QBuffer buffer(&parts);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    const auto layoutFor = [](const BoardMap& page) {
        return QPageLayout(QPageSize(page.paper, QPageSize::Millimeter), QPageLayout::Portrait, QMarginsF());
    };
    writer.setPageLayout(layoutFor(pages.front()));
    writer.setResolution(dotsPerInch);
    QPainter painter(&writer);
    painter.scale(dotsPerInch / 25.4, dotsPerInch / 25.4);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::LosslessImageRendering);
    bool first = true;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0) writer.setPageLayout(layoutFor(pages[i]));
        for (const PageElement* leaf : leavesOf(tagged[i].elements)) {
            if (!first) writer.newPage();
            first = false;
            painter.save();
            auto drawn = leaf->draw(painter);
            painter.restore();
            if (!drawn) return fail(drawn.error());
        }
    }
    painter.end();
    return parts;
}

/// What the file is, for those who do not see it.
QString descriptionOf(std::span<const BoardMap> pages) {
    for (const BoardMap& page : pages)
        if (!page.alternativeText.isEmpty()) return page.alternativeText;
    return pages.front().subtitle;
}

} // namespace

Expected<void> writePdf(std::span<const BoardMap> pages, const Recipe& recipe, const std::filesystem::path& file) {
    return writePdfCarrying(pages, recipeText(recipe), file);
}

Expected<void> writePdfCarrying(std::span<const BoardMap> pages, const QByteArray& recipe,
                                const std::filesystem::path& file) {
    std::vector<TaggedPage> tagged;
    for (const BoardMap& page : pages) tagged.push_back({page.title, layOut(page)});
    auto parts = drawParts(pages, tagged);
    if (!parts) return fail(parts.error());
    auto pdf = foldIntoTaggedPages({tagged, *parts, pages.front().title, descriptionOf(pages), recipe});
    if (!pdf) return fail(pdf.error());
    return writeBytes(file, *pdf);
}

} // namespace patchlight::paint
