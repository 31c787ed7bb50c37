// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/quality/quality_dialog.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/quality/finding_rows_dialog.h"
#include "core/base/text.h"
#include "core/import/import.h"
#include "gis/export/export.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {

QTableWidgetItem* text(const QString& words) {
    return new QTableWidgetItem(words);
}
QTableWidgetItem* number(const QString& words) {
    auto* item = new QTableWidgetItem(words);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}
QTableWidgetItem* number(std::size_t count) {
    return number(toQt(groupedCount(count)));
}

QTableWidget* table(const QString& name, const QStringList& header) {
    auto* widget = new QTableWidget;
    widget->setObjectName(name);
    widget->setColumnCount(static_cast<int>(header.size()));
    widget->setHorizontalHeaderLabels(header);
    widget->setEditTriggers(QAbstractItemView::NoEditTriggers);
    widget->setSelectionBehavior(QAbstractItemView::SelectRows);
    widget->setSelectionMode(QAbstractItemView::SingleSelection);
    widget->setAlternatingRowColors(true);
    widget->verticalHeader()->hide();
    widget->horizontalHeader()->setHighlightSections(false);
    widget->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return widget;
}

void addCounts(QTableWidget* widget, const QString& kind, const QString& absent,
               const std::vector<MappedCount>& counts) {
    for (const MappedCount& count : counts) {
        const int row = widget->rowCount();
        widget->insertRow(row);
        widget->setItem(row, 0, text(kind));
        widget->setItem(row, 1, text(count.name.empty() ? absent : toQt(count.name)));
        widget->setItem(row, 2, number(count.recorded));
        widget->setItem(row, 3, number(count.mapped));
        auto* share = number(count.enough() ? toQt(percent(count.share()))
                                            : QualityDialog::tr("%1, under 85 %").arg(toQt(percent(count.share()))));
        if (!count.enough()) {
            auto font = share->font();
            font.setBold(true);
            share->setFont(font);
        }
        widget->setItem(row, 4, share);
    }
}

QWidget* page(std::initializer_list<QWidget*> parts) {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    for (auto* part : parts)
        column->addWidget(part, 0, qobject_cast<QPushButton*>(part) ? Qt::AlignLeft : Qt::Alignment{});
    return widget;
}

} // namespace

QualityDialog::QualityDialog(std::shared_ptr<const ProjectData> project, QWidget* parent)
    : QDialog(parent), m_project{std::move(project)}, m_report{qualityOf(*m_project->table, m_project->datasets,
                                                                         m_project->findings)},
      m_tabs(new QTabWidget) {
    setObjectName("quality-dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Data quality"));
    QStringList lines;
    for (const auto& line : summaryOf(m_report)) lines << "\u2022 " + toQt(line);
    auto* summary = new QLabel(lines.join('\n'));
    summary->setObjectName("quality-summary");
    summary->setWordWrap(true);
    summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_tabs->setObjectName("quality-tabs");
    m_tabs->addTab(mappedPage(), tr("&Mapped share"));
    m_tabs->addTab(coveragePage(), tr("&Coverage"));
    m_tabs->addTab(findingsPage(), tr("&Findings (%1)").arg(m_report.findings.size()));
    m_tabs->addTab(datasetsPage(), tr("&Datasets (%1)").arg(m_project->datasets.size()));
    auto* save = new QPushButton(tr("&Save report\u2026"));
    save->setObjectName("quality-save");
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(save);
    buttons->addStretch();
    buttons->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(summary);
    column->addWidget(m_tabs, 1);
    column->addLayout(buttons);
    resize(820, 600);
    connect(save, &QPushButton::clicked, this, &QualityDialog::askSave);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

QWidget* QualityDialog::mappedPage() {
    auto* counts = table("quality-mapped", {tr("By"), tr("Name"), tr("Recorded"), tr("Mapped"), tr("Share")});
    addCounts(counts, tr("Source"), tr("(not said)"), m_report.bySource);
    addCounts(counts, tr("Category"), tr("(none given)"), m_report.byCategory);
    addCounts(counts, tr("Month"), tr("(no date)"), m_report.byMonth);
    for (const auto& [level, count] : m_report.byLevel) {
        const int row = counts->rowCount();
        counts->insertRow(row);
        counts->setItem(row, 0, text(tr("Placed at")));
        counts->setItem(row, 1, text(QString::fromUtf8(nameOf(level).data(), static_cast<int>(nameOf(level).size()))));
        counts->setItem(row, 3, number(count));
    }
    counts->resizeColumnsToContents();
    counts->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    return page({mutedText(tr("A hotspot map needs at least 85 % of the incidents on it (Ratcliffe 2004).")), counts});
}

QWidget* QualityDialog::coveragePage() {
    const Coverage& coverage = m_report.coverage;
    QStringList header{tr("Month")};
    for (const auto& source : coverage.sources) header << toQt(source);
    auto* months = table("quality-coverage", header);
    months->setRowCount(static_cast<int>(coverage.months.size()));
    for (int row = 0; row < months->rowCount(); ++row) {
        const auto month = static_cast<std::size_t>(row);
        months->setItem(row, 0, text(toQt(isoDay(coverage.months[month])).left(7)));
        for (std::size_t source = 0; source < coverage.sources.size(); ++source) {
            const auto rows = coverage.at(source, month);
            auto* item = rows > 0 ? number(rows) : number(tr("no data"));
            if (rows == 0) item->setForeground(palette().brush(QPalette::Disabled, QPalette::WindowText));
            months->setItem(row, static_cast<int>(source) + 1, item);
        }
    }
    months->resizeColumnsToContents();
    return page(
        {mutedText(tr("Rows by source and month. A month without rows is a gap in the data, not a quiet month.")),
         months});
}

QWidget* QualityDialog::findingsPage() {
    m_findings = table("quality-findings", {tr("Dataset"), tr("What"), tr("Rows")});
    for (const Finding& finding : m_report.findings) {
        const int row = m_findings->rowCount();
        m_findings->insertRow(row);
        m_findings->setItem(row, 0, text(toQt(finding.dataset)));
        m_findings->setItem(row, 1, text(toQt(finding.message)));
        m_findings->setItem(row, 2, number(finding.count));
    }
    m_findings->resizeColumnsToContents();
    m_findings->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_findings->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents); // long sentences wrap
    connect(m_findings, &QTableWidget::cellActivated, this, [this](int row, int) { openFinding(row); });
    connect(m_findings, &QTableWidget::cellDoubleClicked, this, [this](int row, int) { openFinding(row); });
    auto* open = new QPushButton(tr("Show the &rows\u2026"));
    open->setObjectName("quality-rows");
    open->setEnabled(false);
    connect(m_findings, &QTableWidget::itemSelectionChanged, this, [this, open] {
        const int row = m_findings->currentRow();
        open->setEnabled(row >= 0 && !m_report.findings[static_cast<std::size_t>(row)].rows.empty());
    });
    connect(open, &QPushButton::clicked, this, [this] { openFinding(m_findings->currentRow()); });
    return page({mutedText(tr("What the imports noticed. Nothing was left out or put together because of it.")),
                 m_findings, open});
}

QWidget* QualityDialog::datasetsPage() {
    m_datasets = table("quality-datasets", {tr("Dataset"), tr("Source"), tr("Months"), tr("Rows"), tr("Mapped")});
    for (const DatasetInfo& dataset : m_project->datasets) {
        const int row = m_datasets->rowCount();
        m_datasets->insertRow(row);
        m_datasets->setItem(row, 0, text(toQt(dataset.name)));
        m_datasets->setItem(row, 1, text(toQt(dataset.source)));
        m_datasets->setItem(row, 2,
                            text(dataset.firstMonth == dataset.lastMonth
                                     ? toQt(dataset.firstMonth)
                                     : toQt(dataset.firstMonth) + " \u2013 " + toQt(dataset.lastMonth)));
        m_datasets->setItem(row, 3, number(dataset.stored));
        m_datasets->setItem(row, 4, number(dataset.mapped));
    }
    m_datasets->resizeColumnsToContents();
    m_datasets->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_remove = new QPushButton(tr("&Take out of the project\u2026"));
    m_remove->setObjectName("quality-remove");
    m_remove->setEnabled(false);
    connect(m_datasets, &QTableWidget::itemSelectionChanged, this,
            [this] { m_remove->setEnabled(m_datasets->currentRow() >= 0 && !m_line.running()); });
    connect(m_remove, &QPushButton::clicked, this, &QualityDialog::askRemove);
    return page({m_datasets, m_remove});
}

void QualityDialog::openFinding(int row) {
    if (row < 0 || row >= static_cast<int>(m_report.findings.size())) return;
    const Finding& finding = m_report.findings[static_cast<std::size_t>(row)];
    if (!finding.rows.empty()) (new FindingRowsDialog(m_project, finding, this))->open();
}

void QualityDialog::askSave() {
    const auto name = lastFolder("export") + '/' + tr("data quality") + ".html";
    const auto file = QFileDialog::getSaveFileName(this, tr("Save the report"), name,
                                                   tr("Page (*.html);;Table (*.csv);;JSON (*.json)"));
    if (file.isEmpty()) return;
    rememberFolder("export", file);
    save(file);
}

void QualityDialog::save(const QString& file) {
    const auto title = "Data quality of " + fromQt(toQt(m_project->path.stem()));
    if (const auto written = gis::writeQuality(m_report, title, pathFrom(file)); !written)
        showError(this, tr("The report could not be saved."), written.error());
}

void QualityDialog::askRemove() {
    const int row = m_datasets->currentRow();
    if (row < 0) return;
    const DatasetInfo& dataset = m_project->datasets[static_cast<std::size_t>(row)];
    const auto answer = QMessageBox::question(
        this, tr("Take out %1?").arg(toQt(dataset.name)),
        tr("%1 and its findings will be taken out of the project. The file that they came from stays where it is; "
           "this cannot be undone other than by importing it again.")
            .arg(toQt(counted(dataset.stored, "row", "rows"))),
        QMessageBox::Yes | QMessageBox::Cancel, QMessageBox::Cancel);
    if (answer == QMessageBox::Yes) remove(dataset.name);
}

void QualityDialog::remove(const std::string& dataset) {
    m_remove->setEnabled(false);
    m_line.start<std::size_t>(
        tr("Taking out %1").arg(toQt(dataset)),
        [path = m_project->path, dataset](const TaskContext& task) { return removeDataset(path, dataset, task); },
        [this](const Expected<std::size_t>& removed) {
            if (!removed) {
                showError(this, tr("The dataset is still in the project."), removed.error());
                m_remove->setEnabled(true);
                return;
            }
            emit datasetRemoved(m_project->path);
            accept();
        });
}

} // namespace patchlight::desktop
