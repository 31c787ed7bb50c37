// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window/welcome_page.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/document/recent.h"

#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {
constexpr int columnWidth = 470;
constexpr int iconSize = 56;
constexpr qsizetype recentShown = 5;
} // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent), m_recent(new QVBoxLayout) {
    setObjectName("page");
    auto* headline = new QLabel(tr("Where does crime concentrate?"));
    headline->setProperty("role", "headline");
    headline->setWordWrap(true);
    auto* icon = new QLabel;
    icon->setPixmap(programIcon().pixmap(iconSize, iconSize));
    auto* lead = mutedText(tr("From an extract to a hotspot map for the board paper. Nothing leaves this computer."));
    auto* sample = new QPushButton(tr("Open the &sample project"));
    sample->setObjectName("welcome-sample");
    auto* import = new QPushButton(tr("&Import an extract\u2026"));
    import->setObjectName("welcome-import");
    import->setProperty("primary", true);
    auto* open = new QPushButton(tr("&Open a project\u2026"));
    open->setObjectName("welcome-open");

    auto* column = new QVBoxLayout;
    column->setSpacing(10);
    column->addStretch(2);
    column->addWidget(icon);
    column->addSpacing(6);
    column->addWidget(headline);
    column->addWidget(lead);
    column->addSpacing(14);
    for (auto* button : {import, sample, open}) {
        button->setMinimumHeight(40);
        column->addWidget(button);
    }
    column->addSpacing(14);
    column->addLayout(m_recent);
    column->addStretch(3);
    auto* row = new QHBoxLayout(this);
    row->addStretch();
    auto* box = new QWidget;
    box->setFixedWidth(columnWidth);
    box->setLayout(column);
    row->addWidget(box);
    row->addStretch();

    connect(sample, &QPushButton::clicked, this, &WelcomePage::sampleAsked);
    connect(import, &QPushButton::clicked, this, &WelcomePage::importAsked);
    connect(open, &QPushButton::clicked, this, &WelcomePage::openAsked);
    showRecent();
}

void WelcomePage::showRecent() {
    while (auto* item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto recent = recentProjects();
    if (recent.isEmpty()) return;
    m_recent->addWidget(sectionTitle(tr("Opened last")));
    for (const auto& path : recent.mid(0, recentShown)) {
        auto* button = new QPushButton(QFileInfo(path).completeBaseName());
        button->setProperty("quiet", true);
        button->setToolTip(path);
        connect(button, &QPushButton::clicked, this, [this, path] { emit recentAsked(path); });
        m_recent->addWidget(button);
    }
}

} // namespace patchlight::desktop
