// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/quality/geocode_dialog.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "core/base/text.h"
#include "core/quality/quality.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace patchlight::desktop {

GeocodeDialog::GeocodeDialog(std::shared_ptr<const ProjectData> project, QWidget* parent)
    : QDialog(parent), m_project{std::move(project)}, m_answer(new QLabel), m_look(new QPushButton(tr("&Look"))),
      m_place(new QPushButton(tr("&Place them"))), m_close(new QPushButton(tr("Close"))) {
    setObjectName("geocode-dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find positions"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    const std::size_t without = m_project->incidents() - m_project->mapped;
    auto* note = mutedText(tr("%1 no position. Their UPRN, postcode or street is looked up in lists of yours; nothing "
                              "leaves this computer. Each incident keeps how exactly it was placed.")
                               .arg(toQt(counted(without, "incident has", "incidents have"))));
    note->setWordWrap(true);
    column->addWidget(note);
    m_uprns = addList(column, tr("&UPRNs"), "geocode-uprns", tr("OS Open UPRN, or any table with UPRNs"));
    m_postcodes = addList(column, tr("P&ostcodes"), "geocode-postcodes", tr("Code-Point Open or ONSPD"));
    m_names = addList(column, tr("&Streets and places"), "geocode-names",
                      tr("A gazetteer, or a layer of places in the project"));
    m_answer->setObjectName("geocode-answer");
    m_answer->setWordWrap(true);
    m_answer->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_answer, 1);
    m_look->setObjectName("geocode-look");
    m_place->setObjectName("geocode-place");
    m_place->setProperty("primary", true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    for (auto* button : {m_close, m_look, m_place}) buttons->addWidget(button);
    column->addLayout(buttons);
    resize(640, 420);
    connect(m_look, &QPushButton::clicked, this, [this] { start(true); });
    connect(m_place, &QPushButton::clicked, this, [this] { start(false); });
    connect(m_close, &QPushButton::clicked, this, &GeocodeDialog::reject);
    connect(&m_line, &JobLine::progressed, this,
            [this](const QString& phase, double) { m_answer->setText(phase + "\u2026"); });
    updateButtons();
}

QLineEdit* GeocodeDialog::addList(QVBoxLayout* column, const QString& title, const QString& name, const QString& hint) {
    auto* label = new QLabel(title);
    label->setMinimumWidth(150);
    auto* line = new QLineEdit;
    line->setObjectName(name);
    line->setPlaceholderText(hint);
    line->setClearButtonEnabled(true);
    label->setBuddy(line);
    auto* choose = new QPushButton(tr("Choose\u2026"));
    choose->setAccessibleName(tr("Choose a file: %1").arg(QString(title).remove('&')));
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(line, 1);
    row->addWidget(choose);
    column->addLayout(row);
    connect(line, &QLineEdit::textChanged, this, [this] {
        m_found = false;
        updateButtons();
    });
    connect(choose, &QPushButton::clicked, this, [this, line] {
        const auto file = QFileDialog::getOpenFileName(this, tr("Choose a list"), lastFolder("gazetteer"),
                                                       tr("Lists (*.csv *.txt *.zip *.gpkg *.xlsx);;All files (*)"));
        if (file.isEmpty()) return;
        rememberFolder("gazetteer", file);
        line->setText(file);
    });
    return line;
}

gis::GeocodeLists GeocodeDialog::lists() const {
    gis::GeocodeLists lists;
    for (const auto& [line, names] :
         {std::pair{m_uprns, &lists.uprns}, std::pair{m_postcodes, &lists.postcodes}, std::pair{m_names, &lists.names}})
        if (const auto text = line->text().trimmed(); !text.isEmpty()) names->push_back(fromQt(text));
    return lists;
}

void GeocodeDialog::start(bool dryRun) {
    if (m_line.running() || lists().empty()) return;
    m_answer->setText(tr("Looking\u2026"));
    m_line.start<GeocodeReport>(
        tr("Finding positions"),
        [path = m_project->path, lists = lists(), dryRun](const TaskContext& task) {
            return gis::geocodeProject(path, lists, dryRun, task);
        },
        [this, dryRun](const Expected<GeocodeReport>& report) {
            if (report) {
                show(*report, dryRun);
                if (!dryRun && report->placedInAll() > 0) emit placed(m_project->path);
            } else {
                m_answer->setText(report.error().code == ErrorCode::cancelled ? tr("Cancelled; nothing was changed.")
                                                                              : toQt(report.error().message));
            }
            updateButtons();
        });
    updateButtons();
}

void GeocodeDialog::show(const GeocodeReport& report, bool dryRun) {
    m_found = dryRun && report.placedInAll() > 0;
    const auto number = [](std::size_t count) { return toQt(groupedCount(count)); };
    QStringList lines{(dryRun ? tr("%1 of %2 can be placed.") : tr("%1 of %2 were placed."))
                          .arg(number(report.placedInAll()), number(report.unplaced))};
    for (const auto& [level, count] : report.placed)
        lines << tr("\u2022 %1 by %2").arg(number(count), toQt(std::string(nameOf(level))));
    if (report.withoutText > 0) lines << tr("\u2022 %1 say nothing of where they were").arg(number(report.withoutText));
    if (report.ambiguous > 0)
        lines << tr("\u2022 %1 name a street or place that there are several of").arg(number(report.ambiguous));
    if (report.unknown > 0) lines << tr("\u2022 %1 are not in the lists").arg(number(report.unknown));
    QStringList misses;
    for (const auto& [text, count] : report.misses)
        if (misses.size() < 6) misses << tr("%1 (%2)").arg(toQt(text), number(count));
    if (!misses.isEmpty()) lines << tr("Most often missed: %1").arg(misses.join(", "));
    m_answer->setText(lines.join('\n'));
}

void GeocodeDialog::updateButtons() {
    const bool ready = !m_line.running() && !lists().empty();
    m_look->setEnabled(ready);
    m_place->setEnabled(ready && m_found);
    m_close->setText(m_line.running() ? tr("Cancel") : tr("Close"));
}

void GeocodeDialog::reject() {
    if (m_line.running()) return m_line.cancel();
    QDialog::reject();
}

} // namespace patchlight::desktop
