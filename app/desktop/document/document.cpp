// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/document/document.h"

#include "app/desktop/appearance/text.h"
#include "core/base/path_text.h"

#include <QUndoCommand>
#include <type_traits>
#include <variant>

namespace patchlight::desktop {

namespace {
constexpr int saveAfterMilliseconds = 1500;
constexpr int parameterCommandId = 1;
} // namespace

/// One step of undo: swaps an edit with its inverse each time. It is pushed after its first application.
class EditCommand : public QUndoCommand {
public:
    EditCommand(Document& document, Edit inverse, QString key)
        : m_document{document}, m_other{std::move(inverse)}, m_key{std::move(key)} {
        setText(toQt(m_other.label));
    }
    void undo() override { swap(); }
    void redo() override {
        if (m_applied) swap();
        m_applied = true;
    }
    int id() const override { return m_key.isEmpty() ? -1 : parameterCommandId; }
    bool mergeWith(const QUndoCommand* next) override {
        return m_key == static_cast<const EditCommand*>(next)->m_key; // the first inverse leads back to the start
    }

private:
    void swap() {
        if (auto inverse = m_document.change(m_other)) {
            const auto label = m_other.label;
            m_other = std::move(*inverse);
            m_other.label = label;
        }
    }
    Document& m_document;
    Edit m_other;
    QString m_key; ///< of a parameter, so that a drag is one step
    bool m_applied = false;
};

Document::Document(QObject* parent) : QObject(parent) {
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(saveAfterMilliseconds);
    connect(&m_saveSoon, &QTimer::timeout, this, [this] {
        if (auto saved = save(); !saved && !m_saidSaveFailed) {
            m_saidSaveFailed = true;
            emit saveFailed(saved.error());
        }
    });
}

void Document::open(std::shared_ptr<const ProjectData> data) {
    if (m_data && m_data->path != data->path) close();
    m_saveSoon.stop();
    m_data = std::move(data);
    m_workspace = m_data->workspace;
    m_changed = false;
    m_elsewhere = m_data->path.empty() ? std::nullopt : m_lock.take(m_data->path);
    m_saidSaveFailed = m_elsewhere.has_value(); // the window says it at the start
    m_undo.clear();
    emit projectChanged();
}

void Document::close() {
    if (!m_data) return;
    m_saveSoon.stop();
    if (auto saved = save(); !saved && !m_saidSaveFailed) emit saveFailed(saved.error());
    m_data.reset();
    m_lock.release();
    m_elsewhere.reset();
    m_workspace = {};
    m_undo.clear();
    emit projectChanged();
}

void Document::takeOver() {
    if (m_data && m_elsewhere) m_lock.takeOver(m_data->path);
}

Expected<void> Document::save() {
    m_saveSoon.stop();
    if (!m_elsewhere) m_elsewhere = m_lock.lostTo();
    if (m_elsewhere)
        return fail(
            ErrorCode::database,
            utf8Text(m_data->path.filename()) +
                " is open in another Patchlight window. Work there, or close it and open the project again here.",
            utf8Text(m_data->path));
    if (!m_data || !m_changed) return {};
    auto saved = saveWorkspace(m_data->path, m_workspace);
    if (saved) m_changed = false;
    return saved;
}

void Document::apply(const Edit& edit) {
    if (!m_data) return;
    auto inverse = change(edit);
    if (!inverse) {
        emit failed(inverse.error());
        return;
    }
    inverse->label = edit.label;
    QString key;
    if (const auto* parameter = std::get_if<SetParameter>(&edit.change))
        key = toQt(parameter->analysis + '/' + parameter->key);
    m_undo.push(new EditCommand(*this, std::move(*inverse), key));
}

void Document::setView(const MapView& view) {
    if (!m_data) return;
    m_workspace.view = view;
    m_changed = true;
    m_saveSoon.start();
}

void Document::addAreaLayers(std::vector<AreaLayer> layers) {
    if (!m_data) return;
    auto data = std::make_shared<ProjectData>(*m_data); // the table is shared, not copied
    for (auto& layer : layers) {
        std::erase_if(data->areaLayers, [&](const AreaLayer& known) { return known.name == layer.name; });
        data->areaLayers.push_back(std::move(layer));
    }
    m_data = std::move(data);
}

Expected<Edit> Document::change(const Edit& edit) {
    auto inverse = patchlight::apply(m_workspace, edit);
    if (!inverse) return inverse;
    m_changed = true;
    m_saveSoon.start();
    std::visit(
        [this](const auto& change) {
            using Change = std::decay_t<decltype(change)>;
            if constexpr (std::is_same_v<Change, SetParameter>)
                emit parameterChanged();
            else if constexpr (std::is_same_v<Change, SetLayers>)
                emit layersChanged();
            else if constexpr (std::is_same_v<Change, SetShown>)
                emit shownChanged();
            else if constexpr (std::is_same_v<Change, SetLayout> || std::is_same_v<Change, SetDisclosure>)
                emit layoutChanged();
            else if constexpr (std::is_same_v<Change, RenameArea>)
                emit namesChanged();
            else
                emit questionChanged();
        },
        edit.change);
    return inverse;
}

} // namespace patchlight::desktop
