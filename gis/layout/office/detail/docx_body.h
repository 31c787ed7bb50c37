// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/office/detail/page_parts.h"

/// The text of a Word document: paragraphs, tables and pictures, cut into sections with columns of their own.
namespace patchlight::paint::office {

inline constexpr double docxSideMargin = 15.0, docxTopMargin = 15.0, docxBottomMargin = 17.5, docxColumnGap = 8.0; // mm

[[nodiscard]] int twips(double millimetres); ///< twentieths of a point
[[nodiscard]] QString run(const QString& text);
[[nodiscard]] QString inlinePicture(const Picture& picture, const Package::PictureIds& ids, int number,
                                    const QString& name);

/// Sizes of a page and its columns, mm.
struct Geometry {
    QSizeF paper;
    [[nodiscard]] double width() const { return paper.width() - 2 * docxSideMargin; }
    [[nodiscard]] double height() const { return paper.height() - docxTopMargin - docxBottomMargin; }
    [[nodiscard]] bool wide() const { return paper.width() > paper.height(); }
};

enum class SectionStart { sameSheet, nextSheet };
/// references  to head and foot
/// columns     their widths in mm; none: one as wide as the page
[[nodiscard]] QString section(const Geometry& geometry, const QString& references, SectionStart start,
                              const std::vector<double>& columns);

/// The text of a document: paragraphs and tables, cut into sections.
class Body {
public:
    void paragraph(const char* style, const QString& runs) {
        const QString column = m_newColumn ? "<w:r><w:br w:type=\"column\"/></w:r>" : "";
        m_newColumn = false;
        m_done += m_open;
        m_open = "</w:pPr>" + column + runs + "</w:p>";
        m_done +=
            QString("<w:p><w:pPr><w:pStyle w:val=\"%1\"/>").arg(style) + (m_atTop ? "<w:spacing w:before=\"0\"/>" : "");
        m_atTop = false;
        m_isParagraph = m_hasContent = true;
    }
    void text(const char* style, const QString& text) {
        if (!text.isEmpty()) paragraph(style, run(text));
    }
    void block(const TextBlock& block, const char* heading, const char* style) {
        if (block.paragraphs.isEmpty()) return;
        text(heading, block.heading);
        for (const QString& line : block.paragraphs) text(style, line);
    }
    void table(const PageTable& table, double width);
    [[nodiscard]] int newId() { return ++m_lastId; } ///< of a picture
    [[nodiscard]] bool sectionHasContent() const { return m_hasContent; }
    /// What comes next begins in the next column.
    void newColumn() { m_newColumn = m_atTop = true; }
    /// What comes next stands at the top, without room above.
    void atTop() { m_atTop = true; }
    /// Ends a section, whose properties stand in its last paragraph.
    void endSection(const QString& properties) {
        if (!m_isParagraph) text("Picture", " ");
        m_last = properties;
        m_open = properties + m_open;
        m_isParagraph = m_hasContent = false;
    }
    /// The whole; the last section's properties stand at the end instead.
    [[nodiscard]] QString finished() const { return m_done + m_open.mid(m_last.size()) + m_last; }

private:
    QString m_done, m_open, m_last; ///< m_open: the end of the last paragraph, which a section may still change
    bool m_isParagraph = false, m_hasContent = false, m_newColumn = false, m_atTop = false;
    int m_lastId = 0;
};

} // namespace patchlight::paint::office
