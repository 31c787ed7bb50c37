// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/project_data.h"
#include "app/desktop/document/project_lock.h"

#include <QObject>
#include <QTimer>
#include <QUndoStack>

namespace patchlight::desktop {

/// The document of the window: the open project's data and the workspace over it. Widgets read it, listen, and send
/// edits; undo keeps the inverse of each. The workspace goes into the project file shortly after a change and on close.
class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(QObject* parent = nullptr);

    void open(std::shared_ptr<const ProjectData> data);
    void close(); ///< saves first
    [[nodiscard]] bool isOpen() const { return m_data != nullptr; }
    [[nodiscard]] const std::shared_ptr<const ProjectData>& data() const { return m_data; } ///< null when closed
    [[nodiscard]] const Workspace& workspace() const { return m_workspace; }
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }

    /// Applies an edit and remembers its inverse. Repeated changes of one parameter become one step of undo.
    /// A wrong edit is not applied and said by `failed`.
    void apply(const Edit& edit);
    /// The part of the ground shown: saved, but no step of undo.
    void setView(const MapView& view);
    /// Boundary layers that were taken into the project file since it was opened.
    void addAreaLayers(std::vector<AreaLayer> layers);
    /// The machine on which another window has this project open, so that nothing is saved from here; nothing where
    /// this window saves.
    [[nodiscard]] const std::optional<QString>& openElsewhere() const { return m_elsewhere; }
    /// Makes this the window that saves, whoever was; read and open the project again after it, for what they saved.
    void takeOver();
    /// Saves at once. errors: as desktop::saveWorkspace; database where another window has the project open
    [[nodiscard]] Expected<void> save();

signals:
    void projectChanged();   ///< another project, or none
    void questionChanged();  ///< filter, comparison, area or analysis
    void parameterChanged(); ///< a value of the analysis in use
    void layersChanged();
    void shownChanged(); ///< which parts of the result are drawn
    void namesChanged(); ///< a hotspot's name
    void layoutChanged();
    void failed(const patchlight::Error& error);
    void saveFailed(const patchlight::Error& error); ///< once per project; the work goes on

private:
    friend class EditCommand;
    Expected<Edit> change(const Edit& edit); ///< applies, tells, returns the inverse

    std::shared_ptr<const ProjectData> m_data;
    Workspace m_workspace;
    ProjectLock m_lock;
    std::optional<QString> m_elsewhere;
    QUndoStack m_undo;
    QTimer m_saveSoon;
    bool m_changed = false;
    bool m_saidSaveFailed = false;
};

} // namespace patchlight::desktop
