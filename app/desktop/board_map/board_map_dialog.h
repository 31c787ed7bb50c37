// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/analysis_runner.h"
#include "app/desktop/analysis/checks.h"
#include "app/desktop/board_map/page_preview.h"
#include "app/desktop/document/document.h"

#include <QDialog>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QFormLayout;

namespace patchlight::desktop {

/// The pages for the board paper: what they say, live preview, checks, and export as PDF, picture and data files. The
/// answer and the map are those of the moment it was opened; the texts are the document's layout (undo works on them).
class BoardMapDialog : public QDialog {
    Q_OBJECT
public:
    BoardMapDialog(Document& document, std::shared_ptr<const Answer> answer, paint::MapContent map,
                   QWidget* parent = nullptr);

    void reject() override; ///< while exporting: cancels

signals:
    void exported(const QStringList& files);

private:
    QWidget* fields();
    QWidget* exportBox();
    QLineEdit* addText(QFormLayout& form, const QString& label, const QString& name, std::string LayoutSpec::*member);
    void addChoice(QFormLayout& form, const QString& label, const QString& name, std::string LayoutSpec::*member,
                   const std::vector<std::pair<QString, QString>>& choices);
    QWidget* disclosureBox();
    void applyDisclosure();
    void applyLayout(std::string LayoutSpec::*member, const QString& value);
    void showPage();
    void chooseFolder();
    void startExport();
    QWidget* houseRow(); ///< the organisation's look
    void chooseHouse();
    void setHouse(const nlohmann::json& house);
    QWidget* turner(); ///< which page the preview shows
    void makeFurtherMaps();
    void takeFurtherMaps(Expected<CompanionPlan> plan);
    void showChecks();
    void showWhetherItMayLeave();
    [[nodiscard]] std::vector<paint::BoardMap> pagesOf(const Recipe& recipe) const;
    [[nodiscard]] Recipe recipe() const;
    [[nodiscard]] std::vector<std::filesystem::path> chosenFiles() const;
    [[nodiscard]] bool mayReplace(const std::vector<std::filesystem::path>& files);

    Document& m_document;
    std::shared_ptr<const Answer> m_answer;
    paint::MapContent m_map;
    std::optional<Disclosure> m_publishedFor; ///< what m_publication, m_further and m_found were made for
    Publication m_publication;
    std::vector<patchlight::Check> m_found;
    ChecksView* m_checks;
    QComboBox* m_profile;
    QComboBox* m_rounding;
    std::string m_furtherFor; ///< the layout whose further maps are m_foundFurther, as published m_further
    std::shared_ptr<const CompanionPlan> m_foundFurther = std::make_shared<const CompanionPlan>(), m_further;
    QString m_furtherProblem; ///< why they could not be made
    PagePreview* m_preview;
    QLabel* m_house;
    QLabel* m_pageNumber;
    QLabel* m_leftOut;
    std::vector<std::pair<QLineEdit*, std::string LayoutSpec::*>> m_texts;
    std::vector<QCheckBox*> m_kinds; ///< property "ending"
    QLineEdit* m_name;
    QLineEdit* m_folder;
    QLabel* m_state;
    QProgressBar* m_bar;
    QPushButton* m_export;
    QPushButton* m_openFolder;
    JobLine m_furtherLine;
    JobLine m_line;
};

} // namespace patchlight::desktop
