// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/board_map/board_map_dialog.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {
constexpr int sideWidth = 380;
}

BoardMapDialog::BoardMapDialog(Document& document, std::shared_ptr<const Answer> answer, paint::MapContent map,
                               QWidget* parent)
    : QDialog(parent), m_document{document}, m_answer{std::move(answer)}, m_map{std::move(map)},
      m_checks(new ChecksView), m_profile(new QComboBox), m_rounding(new QComboBox),
      m_further(std::make_shared<const CompanionPlan>()), m_preview(new PagePreview), m_house(mutedText({})),
      m_pageNumber(mutedText({})), m_leftOut(mutedText({})), m_name(new QLineEdit), m_folder(new QLineEdit),
      m_state(mutedText({})), m_bar(new QProgressBar), m_export(new QPushButton(tr("&Export"))),
      m_openFolder(new QPushButton(tr("Open f&older"))) {
    setObjectName("board-map-dialog");
    setWindowTitle(tr("Board map"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* content = new QWidget;
    content->setObjectName("page");
    auto* side = new QVBoxLayout(content);
    side->setContentsMargins(18, 16, 18, 12);
    side->setSpacing(10);
    side->addWidget(sectionTitle(tr("What the page says")));
    side->addWidget(fields());
    side->addWidget(separator());
    side->addWidget(disclosureBox());
    side->addWidget(m_checks);
    side->addWidget(separator());
    side->addWidget(exportBox());
    side->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    scroll->setFixedWidth(sideWidth);

    m_export->setObjectName("export-start");
    m_export->setProperty("primary", true);
    m_openFolder->setObjectName("export-open-folder");
    m_openFolder->hide();
    m_state->setObjectName("export-state");
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->hide();
    auto* close = new QPushButton(tr("Close"));
    close->setObjectName("export-close");
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(18, 0, 18, 14);
    buttons->addWidget(m_openFolder);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(m_export);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(scroll, 1);
    auto* state = new QVBoxLayout;
    state->setContentsMargins(18, 0, 18, 0);
    state->addWidget(m_state);
    state->addWidget(m_bar);
    right->addLayout(state);
    right->addLayout(buttons);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* sheet = new QVBoxLayout;
    sheet->setSpacing(0);
    sheet->addWidget(m_preview, 1);
    sheet->addWidget(turner());
    row->addLayout(sheet, 1);
    row->addLayout(right);
    resize(1240, 760);

    connect(m_export, &QPushButton::clicked, this, &BoardMapDialog::startExport);
    connect(close, &QPushButton::clicked, this, &BoardMapDialog::reject);
    for (auto* button : findChildren<QPushButton*>()) button->setAutoDefault(false); // Enter ends a text, no more
    connect(&document, &Document::layoutChanged, this, &BoardMapDialog::showPage);
    connect(&document, &Document::projectChanged, this, &QDialog::reject);
    showPage();
}

/// Results and checks for the choice in force; the boxes follow when it was undone.
void BoardMapDialog::showChecks() {
    const auto disclosure = m_document.workspace().disclosure;
    if (m_publishedFor == disclosure) return;
    const QSignalBlocker quietProfile(m_profile), quietRounding(m_rounding);
    m_profile->setCurrentIndex(disclosure.profile == Profile::publicRelease ? 1 : 0);
    m_rounding->setCurrentIndex(std::max(0, m_rounding->findData(static_cast<int>(disclosure.roundTo))));
    m_publishedFor = disclosure;
    m_publication = published(m_answer->shown, disclosure);
    m_further =
        std::make_shared<const CompanionPlan>(publishedCompanions(*m_foundFurther, *m_publication.result, disclosure));
    DisclosureFacts facts{*m_answer->shown, disclosure, m_answer->rows, m_publication.isProtected};
    facts.showsIncidents = m_map.showIncidents && m_map.incidents && m_map.incidents->size() > 0;
    facts.sameClasses = sameClasses(*m_foundFurther, *m_answer->shown);
    facts.contrast = paint::contrastsOf(m_map);
    m_found = checksBeforePublishing(facts);
    m_checks->setChecks(checksOf(*m_answer, m_found));
    QStringList reasons;
    for (const auto& page : m_further->leftOut) reasons << toQt(page.reason);
    m_leftOut->setText(m_furtherProblem.isEmpty() ? tr("Left out: %1.").arg(reasons.join("; ")) : m_furtherProblem);
    m_leftOut->setVisible(!reasons.isEmpty() || !m_furtherProblem.isEmpty());
    showWhetherItMayLeave();
}

void BoardMapDialog::showWhetherItMayLeave() {
    const auto stop = disclosureStop(m_found);
    const bool making = m_furtherLine.running();
    m_export->setEnabled(!stop && !making && m_furtherProblem.isEmpty());
    m_state->setText(stop ? toQt(*stop) : making ? tr("Making the further maps\u2026") : QString());
}

Recipe BoardMapDialog::recipe() const {
    auto recipe = m_answer->recipe;
    recipe.layout = m_document.workspace().layout;
    recipe.disclosure = m_document.workspace().disclosure;
    for (const auto& [edit, member] : m_texts) recipe.layout.*member = fromQt(edit->text().trimmed()); // while typing
    return withoutFolders(std::move(recipe), m_answer->data->path);
}

std::vector<paint::BoardMap> BoardMapDialog::pagesOf(const Recipe& recipe) const {
    return paint::boardPagesOf({recipe, m_publication.result, *m_further, m_map, m_answer->data->datasets,
                                m_answer->data->crs, m_answer->area, m_answer->data->layerOrigins});
}

QWidget* BoardMapDialog::turner() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(18, 0, 18, 12);
    const auto button = [&](const QString& text, const QString& name, int step) {
        auto* made = new QPushButton(text);
        made->setObjectName(name);
        made->setProperty("quiet", true);
        connect(made, &QPushButton::clicked, this, [this, step] {
            const auto at = static_cast<std::ptrdiff_t>(m_preview->shownPage()) + step;
            m_preview->turnTo(static_cast<std::size_t>(std::max<std::ptrdiff_t>(at, 0)));
        });
        return made;
    };
    auto* back = button(tr("\u2039 Previous page"), "page-back", -1);
    auto* on = button(tr("Next page \u203a"), "page-on", 1);
    m_pageNumber->setObjectName("page-number");
    row->addStretch();
    row->addWidget(back);
    row->addWidget(m_pageNumber);
    row->addWidget(on);
    row->addStretch();
    connect(m_preview, &PagePreview::turned, this, [this, box, back, on] {
        const auto at = m_preview->shownPage(), count = m_preview->pageCount();
        box->setVisible(count > 1);
        m_pageNumber->setText(tr("Page %1 of %2").arg(at + 1).arg(count));
        back->setEnabled(at > 0);
        on->setEnabled(at + 1 < count);
    });
    box->setAutoFillBackground(true);
    auto shades = box->palette();
    shades.setColor(QPalette::Window, colours().panel); // as the preview's
    box->setPalette(shades);
    box->hide();
    return box;
}

/// Asks the further questions of a layout that has just been chosen; the pages follow when they are answered.
void BoardMapDialog::makeFurtherMaps() {
    auto asked = m_answer->recipe;
    asked.layout = m_document.workspace().layout;
    if (m_furtherFor == asked.layout.templateName) return;
    m_furtherFor = asked.layout.templateName;
    takeFurtherMaps(CompanionPlan{});
    const auto* layout = findLayout(m_furtherFor);
    const bool mapsAlone = !layout || std::all_of(layout->pages.begin(), layout->pages.end(),
                                                  [](const auto& page) { return page.kind == PageKind::map; });
    if (mapsAlone) return m_furtherLine.drop();
    m_furtherLine.start<CompanionPlan>(
        tr("Further maps"),
        [asked, answer = m_answer](const TaskContext& task) -> Expected<CompanionPlan> {
            const auto ask = [&](const Recipe& one) { return resultOf(*answer->data, one, answer->area, task); };
            return answerCompanions(asked, *answer->shown, *answer->data->table, ask, task);
        },
        [this](Expected<CompanionPlan> plan) {
            takeFurtherMaps(std::move(plan));
            showPage();
        });
    showWhetherItMayLeave();
}

void BoardMapDialog::takeFurtherMaps(Expected<CompanionPlan> plan) {
    m_furtherProblem = plan ? QString() : toQt(plan.error().message);
    m_foundFurther = std::make_shared<const CompanionPlan>(plan ? std::move(*plan) : CompanionPlan{});
    m_publishedFor.reset();
}

void BoardMapDialog::showPage() {
    makeFurtherMaps();
    showChecks();
    m_preview->setPages(pagesOf(recipe()));
    // What the page would say by itself stands in the empty fields.
    auto open = recipe();
    open.layout.title.clear();
    open.layout.subtitle.clear();
    const auto proposed = paint::boardMapOf(open, m_publication.result, m_map, m_answer->data->datasets,
                                            m_answer->data->crs, m_answer->area, m_answer->data->layerOrigins);
    for (const auto& [edit, member] : m_texts) {
        if (member == &LayoutSpec::title) edit->setPlaceholderText(proposed.title);
        if (member == &LayoutSpec::subtitle) edit->setPlaceholderText(proposed.subtitle);
    }
}

QWidget* BoardMapDialog::exportBox() {
    const auto stem = toQt(m_answer->data->path.stem());
    m_name->setObjectName("export-name");
    m_name->setText(tr("%1 hotspots").arg(stem));
    m_folder->setObjectName("export-folder");
    m_folder->setText(lastFolder("export"));
    auto* browse = new QPushButton(tr("&Browse\u2026"));
    auto* kinds = new QGridLayout;
    kinds->setVerticalSpacing(4);
    int number = 0;
    const auto kind = [&](const QString& text, const QString& ending, bool ticked) {
        auto* box = new QCheckBox(text);
        box->setObjectName("export-" + ending);
        box->setProperty("ending", ending);
        box->setChecked(ticked);
        kinds->addWidget(box, number / 2, number % 2);
        m_kinds.push_back(box);
        ++number;
    };
    kind(tr("Page as PDF"), "pdf", true);
    kind(tr("Page as PNG picture"), "png", false);
    kind(tr("Page as SVG drawing"), "svg", false);
    kind(tr("Page for Word"), "docx", false);
    kind(tr("Page for PowerPoint"), "pptx", false);
    kind(tr("Hotspots, GeoPackage"), "gpkg", false);
    kind(tr("Hotspots, GeoJSON"), "geojson", false);
    kind(tr("Hotspots, KML"), "kml", false);
    kind(tr("Table, Excel"), "xlsx", false);
    kind(tr("Table, CSV"), "csv", false);
    if (m_answer->found->surface) kind(tr("Density, GeoTIFF"), "tif", false);
    kind(tr("Recipe, to repeat it"), "json", false);

    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(sectionTitle(tr("Export")));
    column->addLayout(kinds);
    auto* form = new QFormLayout;
    form->addRow(tr("&Name"), m_name);
    auto* folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(browse);
    auto* label = new QLabel(tr("&Folder"));
    label->setBuddy(m_folder);
    form->addRow(label, folder);
    column->addLayout(form);
    connect(browse, &QPushButton::clicked, this, &BoardMapDialog::chooseFolder);
    return box;
}

} // namespace patchlight::desktop
