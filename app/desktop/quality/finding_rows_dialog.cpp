// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/quality/finding_rows_dialog.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {
constexpr std::size_t mostRows = 1000;
} // namespace

FindingRowsDialog::FindingRowsDialog(const std::shared_ptr<const ProjectData>& project, const Finding& finding,
                                     QWidget* parent)
    : QDialog(parent), m_message(mutedText(tr("Reading the rows\u2026"))), m_rows(new QTableWidget) {
    setObjectName("finding-rows-dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Rows of %1").arg(toQt(finding.dataset)));
    auto* title = new QLabel(toQt(finding.message));
    title->setProperty("role", "section");
    title->setWordWrap(true);
    m_rows->setObjectName("finding-rows");
    m_rows->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_rows->setAlternatingRowColors(true);
    m_rows->verticalHeader()->hide();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->addWidget(title);
    column->addWidget(m_message);
    column->addWidget(m_rows, 1);
    column->addWidget(buttons);
    resize(900, 480);
    m_line.start<FindingRows>(
        tr("Reading the rows"),
        [project, finding](const TaskContext&) -> Expected<FindingRows> {
            const auto file = Project::open(project->path, OpenMode::readOnly);
            if (!file) return fail(file.error());
            return rowsOf(finding, *file, *project->table, mostRows);
        },
        [this, count = finding.count](Expected<FindingRows> rows) {
            if (!rows) {
                m_message->setText(toQt(rows.error().message));
                return;
            }
            m_message->setText(rows->rows.size() < count
                                   ? tr("The first %1 of %2.").arg(rows->rows.size()).arg(toQt(groupedCount(count)))
                                   : toQt(counted(count, "row", "rows")) + '.');
            show(*rows);
        });
}

void FindingRowsDialog::show(const FindingRows& rows) {
    QStringList header;
    for (const auto& name : rows.header) header << toQt(name);
    m_rows->setColumnCount(static_cast<int>(header.size()));
    m_rows->setRowCount(static_cast<int>(rows.rows.size()));
    m_rows->setHorizontalHeaderLabels(header);
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        const auto& cells = rows.rows[static_cast<std::size_t>(row)];
        for (std::size_t column = 0; column < cells.size(); ++column)
            m_rows->setItem(row, static_cast<int>(column), new QTableWidgetItem(toQt(cells[column])));
    }
    m_rows->resizeColumnsToContents();
}

} // namespace patchlight::desktop
