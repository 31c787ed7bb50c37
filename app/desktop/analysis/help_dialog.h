// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <string_view>

class QTextBrowser;

namespace patchlight::desktop {

/// The help page of one analysis, to be read beside the work: modeless, Esc closes it.
class HelpDialog : public QDialog {
    Q_OBJECT
public:
    explicit HelpDialog(QWidget* parent = nullptr);
    void setAnalysis(std::string_view analysis);

private:
    QTextBrowser* m_page;
};

/// Shows the page of an analysis, in the dialog of the same window if one is open.
void showHelp(std::string_view analysis, QWidget* parent);

} // namespace patchlight::desktop
