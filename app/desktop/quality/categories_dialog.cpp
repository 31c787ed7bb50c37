// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/quality/categories_dialog.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "core/base/text.h"
#include "core/import/import.h"
#include "gis/export/export.h"
#include "gis/sources/sources.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {

enum Column { wording, incidents, groups, sensitive, harm, columns };

QString unknownText() {
    return CategoriesDialog::tr("unknown");
}

QTableWidgetItem* fixed(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

QString groupsText(const CategoryMeaning& meaning) {
    QStringList names;
    for (const auto& group : meaning.groups) names << toQt(group);
    return names.join("; ");
}

/// Those that occur, unknown ones first, then the most frequent.
std::vector<CategoryCount> shownCategories(const IncidentTable& table, const CategoryList& list) {
    auto counts = categoriesOf(table);
    counts.erase(std::remove_if(counts.begin(), counts.end(), [](const auto& one) { return one.name.empty(); }),
                 counts.end());
    std::stable_partition(counts.begin(), counts.end(), [&](const auto& one) { return !list.find(one.name); });
    return counts;
}

} // namespace

CategoriesDialog::CategoriesDialog(std::shared_ptr<const ProjectData> project, QWidget* parent)
    : QDialog(parent), m_project{std::move(project)}, m_table(new QTableWidget(0, columns)),
      m_save(new QPushButton(tr("&Save in the project"))) {
    setObjectName("categories-dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Categories"));
    if (const auto opened = Project::open(m_project->path, OpenMode::readOnly))
        m_own = opened->categories().value_or(std::vector<CategoryEntry>{});
    QStringList names;
    for (const auto& group : m_project->table->categories.groups()) names << toQt(group);
    auto* note =
        mutedText(tr("What the sources\u2019 wordings stand for. Groups are parted by semicolons; known are %1, and a "
                     "new name makes a new group. Clear \u201cunknown\u201d to say that a category belongs to none.")
                      .arg(names.join(", ")));
    note->setWordWrap(true);
    m_table->setObjectName("categories-table");
    m_table->setHorizontalHeaderLabels(
        {tr("Category"), tr("Incidents"), tr("Groups"), tr("Sensitive"), tr("Harm of one")});
    m_table->setAlternatingRowColors(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* take = new QPushButton(tr("&Take a table\u2026"));
    take->setObjectName("categories-take");
    auto* write = new QPushButton(tr("&Write a table\u2026"));
    write->setObjectName("categories-write");
    auto* cancel = new QPushButton(tr("Cancel"));
    m_save->setObjectName("categories-save");
    m_save->setProperty("primary", true);
    auto* buttons = new QHBoxLayout;
    for (auto* button : {take, write}) buttons->addWidget(button);
    buttons->addStretch();
    for (auto* button : {cancel, m_save}) buttons->addWidget(button);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(note);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    resize(820, 560);
    fill();
    connect(m_table, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
        if (!m_filling) m_changed.insert(item->row());
    });
    connect(take, &QPushButton::clicked, this, &CategoriesDialog::askTable);
    connect(write, &QPushButton::clicked, this, &CategoriesDialog::askSaveTable);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &CategoriesDialog::save);
}

void CategoriesDialog::fill() {
    m_filling = true;
    m_changed.clear();
    const CategoryList list = categoriesWith(m_own);
    const auto counts = shownCategories(*m_project->table, list);
    m_table->setRowCount(static_cast<int>(counts.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const CategoryCount& category = counts[static_cast<std::size_t>(row)];
        const CategoryMeaning* meaning = list.find(category.name);
        m_table->setItem(row, wording, fixed(toQt(category.name)));
        auto* count = fixed(toQt(groupedCount(category.count)));
        count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, incidents, count);
        auto* names = new QTableWidgetItem(meaning ? groupsText(*meaning) : unknownText());
        if (!meaning) names->setForeground(colours().warning);
        m_table->setItem(row, groups, names);
        auto* tick = new QTableWidgetItem;
        tick->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        tick->setCheckState(meaning && meaning->sensitive ? Qt::Checked : Qt::Unchecked);
        m_table->setItem(row, sensitive, tick);
        m_table->setItem(
            row, harm,
            new QTableWidgetItem(meaning && meaning->harm ? toQt(shortestDecimal(*meaning->harm)) : QString()));
    }
    m_table->resizeColumnsToContents();
    m_table->horizontalHeader()->setSectionResizeMode(groups, QHeaderView::Stretch);
    m_filling = false;
}

Expected<std::vector<CategoryEntry>> CategoriesDialog::wanted() const {
    std::vector<std::vector<std::string>> rows;
    const auto text = [&](int row, int column) { return fromQt(m_table->item(row, column)->text()); };
    for (const int row : m_changed) {
        const auto names = m_table->item(row, groups)->text();
        const bool ticked = m_table->item(row, sensitive)->checkState() == Qt::Checked;
        rows.push_back({text(row, wording), names == unknownText() ? std::string() : fromQt(names),
                        ticked ? "yes" : "no", text(row, harm)});
    }
    const auto table = categoryTableFrom({"wording", "groups", "sensitive", "harm"}, rows);
    if (!table) return fail(table.error());
    return withTable(m_own, *table);
}

void CategoriesDialog::askTable() {
    const auto file = QFileDialog::getOpenFileName(this, tr("Take a table of categories"), lastFolder("categories"),
                                                   tr("Tables (*.csv *.xlsx *.ods *.txt *.tsv)"));
    if (file.isEmpty()) return;
    rememberFolder("categories", file);
    takeTable(pathFrom(file));
}

void CategoriesDialog::askSaveTable() {
    const auto file =
        QFileDialog::getSaveFileName(this, tr("Write the categories"),
                                     lastFolder("categories") + '/' + tr("categories") + ".csv", tr("Table (*.csv)"));
    if (file.isEmpty()) return;
    rememberFolder("categories", file);
    saveTable(pathFrom(file));
}

void CategoriesDialog::takeTable(const std::filesystem::path& file) {
    auto own = wanted(); // what was edited before stays
    auto extracts = gis::openExtracts({file});
    std::optional<Error> problem;
    if (!own) problem = own.error();
    if (!extracts) problem = extracts.error();
    if (!problem)
        for (ExtractSource& source : extracts->sources) {
            const auto table = readCategoryTable(std::move(source));
            if (!table) {
                problem = table.error();
                break;
            }
            *own = withTable(std::move(*own), *table);
        }
    if (problem) return showError(this, tr("The table was not taken."), *problem);
    m_own = std::move(*own);
    fill();
}

void CategoriesDialog::saveTable(const std::filesystem::path& file) {
    const auto own = wanted();
    const auto done = own ? gis::writeCategories(categoriesWith(*own), m_project->categories, file)
                          : Expected<void>{fail(own.error())};
    if (!done) showError(this, tr("The table was not written."), done.error());
}

void CategoriesDialog::save() {
    const auto own = wanted();
    if (!own) return showError(this, tr("The categories are not saved yet."), own.error());
    m_save->setEnabled(false);
    m_line.start<bool>(
        tr("Saving the categories"),
        [path = m_project->path, entries = *own](const TaskContext&) -> Expected<bool> {
            auto project = Project::open(path);
            if (!project) return fail(project.error());
            return project->setCategories(entries).map([] { return true; });
        },
        [this](const Expected<bool>& done) {
            m_save->setEnabled(true);
            if (!done) return showError(this, tr("The categories could not be saved."), done.error());
            emit categoriesChanged(m_project->path);
            accept();
        });
}

} // namespace patchlight::desktop
