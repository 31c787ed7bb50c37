// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/board_map/board_map_dialog.h"
#include "app/desktop/document/recent.h"

#include <QComboBox>
#include <QDate>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

/// What the board map dialog asks: texts, paper, layout, house style, whom the page is for.
namespace patchlight::desktop {

QWidget* BoardMapDialog::fields() {
    auto* box = new QWidget;
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addText(*form, tr("&Title"), "layout-title", &LayoutSpec::title);
    addText(*form, tr("S&ubtitle"), "layout-subtitle", &LayoutSpec::subtitle);
    addText(*form, tr("&Author"), "layout-author", &LayoutSpec::author)
        ->setPlaceholderText(tr("Partnership, team or name"));
    auto* date = addText(*form, tr("&Date"), "layout-date", &LayoutSpec::date);
    date->setPlaceholderText(tr("None"));
    auto* todayButton = new QPushButton(tr("Put in today\u2019s date"));
    todayButton->setProperty("quiet", true);
    connect(todayButton, &QPushButton::clicked, this, [this] {
        applyLayout(&LayoutSpec::date, QLocale(QLocale::English).toString(QDate::currentDate(), "d MMMM yyyy"));
    });
    form->addRow({}, todayButton);
    addChoice(*form, tr("&Marking"), "layout-marking", &LayoutSpec::marking,
              {{tr("OFFICIAL"), "OFFICIAL"}, {tr("OFFICIAL-SENSITIVE"), "OFFICIAL-SENSITIVE"}});
    addChoice(*form, tr("Pa&per"), "layout-paper", &LayoutSpec::paper,
              {{tr("A4 landscape"), "A4-landscape"},
               {tr("A4 portrait"), "A4-portrait"},
               {tr("A3 landscape"), "A3-landscape"},
               {tr("A3 portrait"), "A3-portrait"},
               {tr("Slide, 16:9"), "slide"}});
    std::vector<std::pair<QString, QString>> layouts;
    for (const auto& layout : layoutTemplates()) layouts.emplace_back(toQt(layout.name), toQt(layout.id));
    addChoice(*form, tr("&Layout"), "layout-template", &LayoutSpec::templateName, layouts);
    m_leftOut->setObjectName("layout-left-out");
    m_leftOut->setWordWrap(true);
    m_leftOut->hide();
    form->addRow({}, m_leftOut);
    form->addRow(tr("House style"), houseRow());
    return box;
}

QLineEdit* BoardMapDialog::addText(QFormLayout& form, const QString& label, const QString& name,
                                   std::string LayoutSpec::*member) {
    auto* edit = new QLineEdit(toQt(m_document.workspace().layout.*member));
    edit->setObjectName(name);
    edit->setClearButtonEnabled(true);
    connect(edit, &QLineEdit::textEdited, this, [this] { showPage(); });
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, member] { applyLayout(member, edit->text()); });
    m_texts.emplace_back(edit, member);
    form.addRow(label, edit);
    return edit;
}

void BoardMapDialog::addChoice(QFormLayout& form, const QString& label, const QString& name,
                               std::string LayoutSpec::*member,
                               const std::vector<std::pair<QString, QString>>& choices) {
    auto* combo = new QComboBox;
    combo->setObjectName(name);
    for (const auto& [text, key] : choices) combo->addItem(text, key);
    const auto now = toQt(m_document.workspace().layout.*member);
    if (combo->findData(now) < 0) combo->addItem(now, now);
    combo->setCurrentIndex(combo->findData(now));
    connect(combo, &QComboBox::currentIndexChanged, this,
            [this, combo, member] { applyLayout(member, combo->currentData().toString()); });
    form.addRow(label, combo);
}

void BoardMapDialog::applyLayout(std::string LayoutSpec::*member, const QString& value) {
    auto layout = m_document.workspace().layout;
    const auto text = fromQt(value.trimmed());
    if (layout.*member == text) return;
    layout.*member = text;
    m_document.apply({fromQt(tr("Change the page")), SetLayout{layout}});
    for (const auto& [edit, each] : m_texts)
        if (each == member && edit->text() != value) edit->setText(value);
}

QWidget* BoardMapDialog::houseRow() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto* choose = new QPushButton(tr("Choose\u2026"));
    choose->setObjectName("house-choose");
    choose->setToolTip(tr("A file with logo, colours and font of your organisation"));
    auto* usual = new QPushButton(tr("None"));
    usual->setObjectName("house-none");
    for (auto* button : {choose, usual}) button->setProperty("quiet", true);
    m_house->setObjectName("house-name");
    row->addWidget(m_house, 1);
    row->addWidget(choose);
    row->addWidget(usual);
    connect(choose, &QPushButton::clicked, this, &BoardMapDialog::chooseHouse);
    connect(usual, &QPushButton::clicked, this, [this] { setHouse(nullptr); });
    const auto show = [this] {
        const auto house = paint::houseStyleOf(m_document.workspace().layout.house);
        m_house->setText(house && !house->organisation.isEmpty() ? house->organisation : tr("Patchlight\u2019s own"));
    };
    connect(&m_document, &Document::layoutChanged, this, show);
    show();
    return box;
}

void BoardMapDialog::chooseHouse() {
    const auto file = QFileDialog::getOpenFileName(this, tr("House style"), lastFolder("house"),
                                                   tr("House style (*.json);;All files (*)"));
    if (file.isEmpty()) return;
    rememberFolder("house", QFileInfo(file).path());
    const auto house = paint::readHouseStyle(pathFrom(file));
    if (!house) return showError(this, tr("That house style cannot be used."), house.error());
    setHouse(*house);
}

void BoardMapDialog::setHouse(const nlohmann::json& house) {
    auto layout = m_document.workspace().layout;
    if (layout.house == house) return;
    layout.house = house;
    m_document.apply({fromQt(tr("Change the house style")), SetLayout{layout}});
}

QWidget* BoardMapDialog::disclosureBox() {
    const auto& now = m_document.workspace().disclosure;
    auto* box = new QWidget;
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    m_profile->setObjectName("disclosure-profile");
    m_profile->addItem(tr("Inside"));
    m_profile->addItem(tr("The public"));
    m_profile->setToolTip(tr("For the public, counts under 5 and what would tell them are left out of the page and of "
                             "every file, and so are single incidents."));
    m_profile->setCurrentIndex(now.profile == Profile::publicRelease ? 1 : 0);
    m_rounding->setObjectName("disclosure-rounding");
    for (const int multiple : {0, 5, 10})
        m_rounding->addItem(multiple == 0 ? tr("As counted") : tr("To the nearest %1").arg(multiple), multiple);
    m_rounding->setCurrentIndex(std::max(0, m_rounding->findData(static_cast<int>(now.roundTo))));
    form->addRow(tr("Made f&or"), m_profile);
    form->addRow(tr("&Counts"), m_rounding);
    connect(m_profile, &QComboBox::currentIndexChanged, this, &BoardMapDialog::applyDisclosure);
    connect(m_rounding, &QComboBox::currentIndexChanged, this, &BoardMapDialog::applyDisclosure);
    return box;
}

void BoardMapDialog::applyDisclosure() {
    auto disclosure = m_document.workspace().disclosure;
    disclosure.profile = m_profile->currentIndex() == 1 ? Profile::publicRelease : Profile::internal;
    disclosure.roundTo = static_cast<std::size_t>(m_rounding->currentData().toInt());
    if (disclosure != m_document.workspace().disclosure)
        m_document.apply({fromQt(tr("Change who the page is for")), SetDisclosure{disclosure}});
}

} // namespace patchlight::desktop
