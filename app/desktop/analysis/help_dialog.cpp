// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/help_dialog.h"

#include "app/desktop/appearance/text.h"
#include "core/analysis/analysis.h"

#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {
constexpr int readableWidth = 640, usualHeight = 720; ///< about 80 characters a line
constexpr const char* dialogName = "help-dialog";

/// Markdown comes without room between its parts.
void giveRoom(QTextDocument& page) {
    constexpr double aboveHeading = 14.0, abovePart = 5.0;
    for (QTextBlock block = page.begin(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool isTitle = block.blockNumber() == 0;
        format.setTopMargin(isTitle ? 0.0 : format.headingLevel() > 0 ? aboveHeading : abovePart);
        QTextCursor(block).setBlockFormat(format);
    }
}

} // namespace

HelpDialog::HelpDialog(QWidget* parent) : QDialog(parent), m_page(new QTextBrowser) {
    setObjectName(dialogName);
    setAttribute(Qt::WA_DeleteOnClose);
    m_page->setObjectName("help-page");
    m_page->setFrameShape(QFrame::NoFrame);
    m_page->setOpenLinks(false); // pages have none, and nothing here goes to the network
    m_page->document()->setDocumentMargin(18);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_page);
    resize(readableWidth, usualHeight);
}

void HelpDialog::setAnalysis(std::string_view analysis) {
    const auto* entry = findAnalysis(analysis);
    const QString title = entry ? toQt(entry->title) : tr("Help");
    const auto page = helpPage(analysis);
    setWindowTitle(title);
    m_page->setAccessibleName(title);
    m_page->setMarkdown(page.empty() ? tr("There is no help page for this analysis.") : toQt(page));
    giveRoom(*m_page->document());
    m_page->moveCursor(QTextCursor::Start);
}

void showHelp(std::string_view analysis, QWidget* parent) {
    QWidget* window = parent ? parent->window() : nullptr;
    auto* dialog = window ? window->findChild<HelpDialog*>(dialogName, Qt::FindDirectChildrenOnly) : nullptr;
    if (!dialog || !dialog->isVisible()) dialog = new HelpDialog(window); // a closed one goes when its events come
    dialog->setAnalysis(analysis);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

} // namespace patchlight::desktop
