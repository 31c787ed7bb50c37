// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/appearance.h"

#include <QApplication>
#include <QFontInfo>
#include <QFrame>
#include <QLabel>
#include <QPainter>
#include <QPalette>
#include <QRadialGradient>
#include <QStyleFactory>

/// Pictures of a static library come in only when asked for, outside any namespace.
static void loadPatchlightResources() {
    Q_INIT_RESOURCE(appearance);
}

namespace patchlight::desktop {

namespace {

const Colours lightColours{.window = QColor("#ffffff"),
                           .panel = QColor("#eef3f7"),
                           .field = QColor("#ffffff"),
                           .line = QColor("#c9d6e2"),
                           .text = QColor("#12263a"),
                           .muted = QColor("#55697e"),
                           .primary = QColor("#0b5cad"),
                           .onPrimary = QColor("#ffffff"),
                           .hover = QColor("#e1ebf4"),
                           .selected = QColor("#dbe9f6"),
                           .good = QColor("#14733c"),
                           .warning = QColor("#a84f00"),
                           .bad = QColor("#b3142b")};
const Colours darkColours{.window = QColor("#15202b"),
                          .panel = QColor("#1d2b39"),
                          .field = QColor("#1b2733"),
                          .line = QColor("#37495b"),
                          .text = QColor("#e8eef4"),
                          .muted = QColor("#a5b4c3"),
                          .primary = QColor("#3d8fe0"),
                          .onPrimary = QColor("#07121d"),
                          .hover = QColor("#26384a"),
                          .selected = QColor("#254769"),
                          .good = QColor("#5cc48a"),
                          .warning = QColor("#f0a552"),
                          .bad = QColor("#ff7d8c")};

Appearance g_appearance = Appearance::light;
constexpr int baseFontPixels = 13;

constexpr auto styleSheetTemplate = R"(
QMainWindow, QDialog, QWidget#page, QSplitter, QStackedWidget { background: @window; }
QMenuBar { background: @window; padding: 2px 6px; }
QMenuBar::item { padding: 5px 11px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @window; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QLabel[role="section"] { font-weight: 600; font-size: 13px; }
QLabel[role="title"] { font-weight: 600; font-size: 15px; }
QLabel[role="headline"] { font-weight: 600; font-size: 24px; }
QLabel[role="muted"] { color: @muted; font-size: 12px; }
QLabel[role="warning"] { color: @warning; font-size: 12px; }
QLabel[role="bad"] { color: @bad; font-size: 12px; }
QFrame#line { background: @line; border: none; }
QPushButton { background: @panel; border: 1px solid @line; border-radius: 5px; padding: 5px 14px; }
QPushButton:hover { background: @hover; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus, QPlainTextEdit:focus
  { border: 1px solid @primary; }
QPushButton:disabled { color: @muted; }
QPushButton[primary="true"] { background: @primary; color: @onPrimary; border: 1px solid @primary; font-weight: 600;
  padding: 6px 22px; }
QPushButton[primary="true"]:hover { background: @primaryHover; }
QPushButton[primary="true"]:focus { border: 2px solid @text; }
QPushButton[primary="true"]:disabled { background: @line; border-color: @line; color: @window; }
QPushButton[quiet="true"] { background: transparent; border: 1px solid transparent; color: @primary; padding: 2px 4px;
  font-size: 12px; text-align: left; }
QPushButton[quiet="true"]:hover { background: @hover; }
QPushButton[quiet="true"]:focus { border: 1px solid @primary; }
QPushButton[tab="true"] { background: transparent; border: 1px solid transparent; padding: 5px 14px; color: @muted; }
QPushButton[tab="true"]:checked { background: @selected; color: @primary; }
QPushButton[tab="true"]:disabled { color: @line; }
QPushButton[tab="true"]:focus { border: 1px solid @primary; }
QToolButton { background: @field; border: 1px solid @line; border-radius: 4px; padding: 3px 7px; }
QToolButton:hover { background: @hover; }
QToolButton:disabled { color: @line; }
QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox { background: @field; border: 1px solid @line;
  border-radius: 4px; padding: 4px 7px; selection-background-color: @primary; selection-color: @onPrimary; }
QComboBox { padding-right: 22px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/patchlight/down.png); width: 10px; height: 10px; }
QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px;
  subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(:/patchlight/up.png); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url(:/patchlight/down.png); width: 9px; height: 9px; }
QDateEdit::drop-down { border: none; width: 22px; }
QDateEdit::down-arrow { image: url(:/patchlight/down.png); width: 10px; height: 10px; }
QAbstractItemView::indicator, QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @muted; border-radius: 3px;
  background: @field; }
QAbstractItemView::indicator:checked, QCheckBox::indicator:checked { background: @primary; border: 1px solid @primary;
  image: url(:/patchlight/tick.png); }
QCheckBox:focus { color: @primary; }
QComboBox QAbstractItemView { background: @window; border: 1px solid @line; selection-background-color: @selected;
  selection-color: @text; }
QAbstractItemView { background: @window; alternate-background-color: @panel; border: none;
  selection-background-color: @selected; selection-color: @text; outline: none; }
QTableView { gridline-color: @panel; }
QTableView::item { padding: 2px 4px; border-bottom: 1px solid @panel; }
QListView::item { padding: 2px 2px; border-radius: 3px; }
QTreeView::item { padding: 3px 2px; }
QListView:focus, QTableView:focus, QTreeView:focus { border: 1px solid @primary; }
QListView, QTableView, QTreeView { border: 1px solid transparent; }
QAbstractItemView[boxed="true"] { border: 1px solid @line; border-radius: 4px; }
QAbstractItemView::item:selected { background: @selected; color: @text; }
QHeaderView { background: @window; }
QHeaderView::section { background: @window; color: @muted; border: none; border-bottom: 1px solid @line;
  padding: 4px; font-weight: 600; font-size: 12px; }
QSplitter::handle { background: @line; }
QStatusBar { background: @panel; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { font-size: 12px; padding: 0 6px; }
QStatusBar QToolButton { padding: 1px 8px; font-size: 12px; }
QProgressBar { background: @line; border: none; border-radius: 4px; }
QProgressBar::chunk { background: @primary; border-radius: 4px; }
QSlider::groove:horizontal { height: 4px; background: @line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @primary; border-radius: 2px; }
QSlider::handle:horizontal { background: @primary; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { border: 2px solid @text; width: 12px; height: 12px; }
QScrollArea { border: none; background: @window; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 4px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QFrame#popup { background: @window; border: 1px solid @line; border-radius: 6px; }
QToolTip { background: @window; color: @text; border: 1px solid @line; padding: 3px; }
QGroupBox { border: none; margin-top: 18px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; }
)";

QPalette paletteOf(const Colours& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.field);
    palette.setColor(QPalette::AlternateBase, c.panel);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::Button, c.panel);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.bad);
    palette.setColor(QPalette::ToolTipBase, c.window);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Highlight, c.primary);
    palette.setColor(QPalette::HighlightedText, c.onPrimary);
    palette.setColor(QPalette::Link, c.primary);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.muted);
    return palette;
}

QString styleSheetOf(const Colours& c) {
    QString sheet = styleSheetTemplate;
    const auto hover = g_appearance == Appearance::light ? c.primary.darker(118) : c.primary.lighter(115);
    sheet.replace("@primaryHover", hover.name()).replace("@onPrimary", c.onPrimary.name());
    sheet.replace("@primary", c.primary.name()).replace("@window", c.window.name()).replace("@panel", c.panel.name());
    sheet.replace("@field", c.field.name()).replace("@line", c.line.name()).replace("@text", c.text.name());
    sheet.replace("@muted", c.muted.name()).replace("@hover", c.hover.name()).replace("@selected", c.selected.name());
    sheet.replace("@warning", c.warning.name()).replace("@bad", c.bad.name());
    return sheet;
}

} // namespace

const Colours& colours() {
    return g_appearance == Appearance::light ? lightColours : darkColours;
}

Appearance currentAppearance() {
    return g_appearance;
}

Appearance systemAppearance(const QApplication& application) {
    return application.palette().color(QPalette::Window).lightness() < 110 ? Appearance::dark : Appearance::light;
}

void applyAppearance(QApplication& application, Appearance appearance) {
    g_appearance = appearance;
    loadPatchlightResources();
    application.setStyle(QStyleFactory::create("Fusion"));
    application.setPalette(paletteOf(colours()));
    auto font = application.font();
#ifdef Q_OS_WIN // a machine without the font that Windows itself asks for gives one with serifs
    if (!QFontInfo(font).exactMatch()) font.setFamilies({"Segoe UI", "Liberation Sans", "Arial"});
#endif
    font.setPixelSize(baseFontPixels);
    application.setFont(font);
    QString sheet = styleSheetOf(colours());
#ifdef Q_OS_WIN // which has fonts of its own for these, and sets them again later
    sheet.prepend(QString("QMenuBar, QMenu, QAbstractItemView, QHeaderView, QMessageBox QLabel, QToolTip "
                          "{ font-family: \"%1\"; font-size: %2px; }\n")
                      .arg(font.families().join("\", \""))
                      .arg(baseFontPixels));
#endif
    application.setStyleSheet(sheet);
}

QLabel* sectionTitle(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", "section");
    return label;
}

QLabel* mutedText(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", "muted");
    label->setWordWrap(true);
    return label;
}

QWidget* separator(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setObjectName("line");
    line->setFixedHeight(1);
    return line;
}

QIcon swatch(const QColor& fill, const QColor& stroke) {
    QIcon icon;
    for (const int scale : {1, 2}) {
        QPixmap picture(16 * scale, 16 * scale);
        picture.setDevicePixelRatio(scale);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(stroke.isValid() ? QPen(stroke, 2.0) : QPen(Qt::NoPen));
        painter.setBrush(fill);
        painter.drawRoundedRect(QRectF(2.5, 2.5, 11, 11), 2.5, 2.5);
        icon.addPixmap(picture);
    }
    return icon;
}

QIcon programIcon() {
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap picture(size, size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(size / 64.0, size / 64.0);
        painter.setPen(Qt::NoPen);
        painter.setBrush(lightColours.text);
        painter.drawRoundedRect(QRectF(2, 2, 60, 60), 14, 14);
        QRadialGradient light(QPointF(33, 32), 26);
        light.setColorAt(0.0, QColor(0xff, 0xff, 0xb2));
        light.setColorAt(0.35, QColor(0xfe, 0xcc, 0x5c));
        light.setColorAt(0.7, QColor(0xf0, 0x3b, 0x20));
        light.setColorAt(1.0, QColor(0xbd, 0x00, 0x26, 0));
        painter.setBrush(light);
        painter.drawEllipse(QPointF(33, 32), 26, 26);
        icon.addPixmap(picture);
    }
    return icon;
}

} // namespace patchlight::desktop
