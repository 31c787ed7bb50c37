// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/jobs/job_line.h"
#include "core/analysis/analysis.h"
#include "core/disclosure/disclosure.h"
#include "gis/map/map.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <map>
#include <memory>

namespace patchlight::desktop {

/// A question and what came out of it. Immutable once made.
struct Answer {
    std::shared_ptr<const ProjectData> data;
    Recipe recipe;
    StudyArea area;
    std::vector<Suggestion> suggestions;
    std::shared_ptr<const Result> found;                ///< with the names as found
    std::shared_ptr<const Result> shown;                ///< with the user's names
    std::shared_ptr<const paint::PointIndex> incidents; ///< the mapped incidents that counted
    RowFacts rows;                                      ///< what the disclosure checks need of them
};

/// The recipe's question asked of a project once more, in an area that was read before: for a page's further maps.
/// errors: as the analysis; those of opening the project where the parameters name something of it
[[nodiscard]] Expected<Result> resultOf(const ProjectData& data, const Recipe& recipe, const StudyArea& area,
                                        const TaskContext& task);

/// Asks the document's question again whenever it changes, in the background. Another question stops the one that is
/// running; a parameter that is being dragged lets a quick run finish, so that the map follows the drag.
class AnalysisRunner : public QObject {
    Q_OBJECT
public:
    explicit AnalysisRunner(Document& document, QObject* parent = nullptr);

    using Reasons = std::map<std::string, std::string>; ///< analysis: why it would mislead on the chosen incidents

    [[nodiscard]] const std::shared_ptr<const Answer>& answer() const { return m_answer; } ///< null: none
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }
    [[nodiscard]] JobLine& jobs() { return m_line; }
    [[nodiscard]] bool settled() const { return !m_line.running() && !m_again && !m_soon.isActive(); }
    void run(); ///< now, from the start
    void cancel() { m_line.cancel(); }
    void suggestFurther(); ///< starts that take seconds to find, in the background; see furtherSuggested()

signals:
    void counted(qulonglong chosen); ///< incidents the filter and the area leave, said before the analysis is done
    void unsuitable(const std::map<std::string, std::string>& reasons);
    void furtherSuggested(const std::vector<patchlight::Suggestion>& suggestions);
    void furtherFailed(const QString& message);
    void answered(); ///< answer() or problem() has changed
    void renamed();  ///< only names in answer() have changed

private:
    struct AreaMemory { ///< the study area read last: a drag must not read its file again
        StudyAreaSpec spec;
        StudyArea area;
    };
    void parameterChanged();
    void start();
    void take(Expected<std::shared_ptr<Answer>> answer);
    void rename();

    Document& m_document;
    std::shared_ptr<const Answer> m_answer;
    std::optional<Error> m_problem;
    std::shared_ptr<const AreaMemory> m_area;
    QTimer m_soon;
    QElapsedTimer m_since;
    bool m_again = false;
    JobLine m_suggesting;
    JobLine m_line; // last: it waits for its job before the rest goes
};

} // namespace patchlight::desktop
