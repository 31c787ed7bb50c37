// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/analysis_runner.h"

#include "core/workspace/question.h"
#include "gis/sources/sources.h"

#include <algorithm>
#include <numeric>

namespace patchlight::desktop {

namespace {

constexpr int dragPauseMilliseconds = 40;
constexpr qint64 quickRunMilliseconds = 600; ///< a run that takes longer is not waited for while dragging

Expected<StudyArea> areaOf(const StudyAreaSpec& spec, const ProjectData& data) {
    if (spec.kind == StudyAreaSpec::Kind::everything) return StudyArea{};
    const auto project = Project::open(data.path, OpenMode::readOnly);
    if (!project) return fail(project.error());
    return gis::resolveStudyArea(spec, *project);
}

/// Chosen by the filter and inside the area or without a position, as Result::incidents counts.
Expected<std::size_t> countChosen(const IncidentTable& table, const IncidentFilter& filter, const StudyArea& area) {
    const auto selection = select(table, filter);
    if (!selection) return fail(selection.error());
    if (area.everything()) return selection->rows.size();
    std::vector<ProjectedPoint> points;
    std::size_t chosen = 0;
    for (const auto row : selection->rows) {
        if (table.mapped[row])
            points.push_back(table.position[row]);
        else
            ++chosen;
    }
    const auto flags = inside(area, points);
    return chosen + static_cast<std::size_t>(std::count(flags.begin(), flags.end(), std::uint8_t{1}));
}

/// What the parameters name of the project; it is opened only where they name something.
Expected<void> loadNamed(AnalysisInput& input, const Analysis& analysis, const std::filesystem::path& path,
                         const TaskContext& task) {
    const auto names = namesIn(analysis, input.parameters);
    if (names.layers.empty() && names.columns.empty()) return {};
    const auto project = Project::open(path, OpenMode::readOnly);
    if (!project) return fail(project.error());
    return patchlight::loadNamed(input, analysis, *project, task);
}

AnalysisRunner::Reasons unsuitableFor(const AnalysisInput& input) {
    AnalysisRunner::Reasons reasons;
    for (const auto& analysis : catalogue())
        if (analysis.unsuitable)
            if (auto reason = analysis.unsuitable(input)) reasons.emplace(analysis.id, std::move(*reason));
    return reasons;
}

std::shared_ptr<const paint::PointIndex> indexOf(const IncidentTable& table, const Result& result) {
    std::vector<ProjectedPoint> points;
    points.reserve(result.rows.size());
    for (const auto row : result.rows) points.push_back(table.position[row]);
    return std::make_shared<const paint::PointIndex>(std::move(points));
}

} // namespace

Expected<Result> resultOf(const ProjectData& data, const Recipe& recipe, const StudyArea& area,
                          const TaskContext& task) {
    const auto* analysis = findAnalysis(recipe.analysis);
    if (!analysis)
        return fail(ErrorCode::invalidParameter, "There is no analysis \"" + recipe.analysis + "\".", recipe.analysis);
    AnalysisInput input{data.table, recipe.filter, recipe.comparison, area, recipe.parameters, {}, {}};
    if (auto named = loadNamed(input, *analysis, data.path, task); !named) return fail(named.error());
    return analysis->run(input, task);
}

AnalysisRunner::AnalysisRunner(Document& document, QObject* parent) : QObject(parent), m_document{document} {
    m_soon.setSingleShot(true);
    m_soon.setInterval(dragPauseMilliseconds);
    connect(&m_soon, &QTimer::timeout, this, &AnalysisRunner::start);
    connect(&document, &Document::projectChanged, this, [this] {
        m_line.drop();
        m_suggesting.drop();
        m_answer.reset();
        m_problem.reset();
        m_area.reset();
        emit answered();
        if (m_document.isOpen() && m_document.data()->incidents() > 0) run();
    });
    connect(&document, &Document::questionChanged, this, &AnalysisRunner::run);
    connect(&document, &Document::parameterChanged, this, &AnalysisRunner::parameterChanged);
    connect(&document, &Document::namesChanged, this, &AnalysisRunner::rename);
}

void AnalysisRunner::run() {
    m_soon.stop();
    m_again = false;
    if (m_document.isOpen()) start();
}

void AnalysisRunner::parameterChanged() {
    if (!m_document.isOpen()) return;
    if (m_line.running() && m_since.elapsed() < quickRunMilliseconds)
        m_again = true;
    else if (!m_soon.isActive())
        m_soon.start();
}

void AnalysisRunner::start() {
    const auto data = m_document.data();
    if (!data) return;
    m_again = false;
    m_since.restart();
    auto recipe = recipeOf(m_document.workspace(), data->fingerprint);
    recipe.datasets = datasetsOf(data->datasets);
    const auto* analysis = findAnalysis(recipe.analysis);
    if (!analysis) return;
    m_line.start<std::shared_ptr<Answer>>(
        QString::fromUtf8(analysis->title.data(), static_cast<qsizetype>(analysis->title.size())),
        [this, data, recipe, analysis, known = m_area,
         before = m_answer](const TaskContext& task) -> Expected<std::shared_ptr<Answer>> {
            auto answer = std::make_shared<Answer>();
            answer->data = data;
            answer->recipe = recipe;
            if (known && known->spec == recipe.area)
                answer->area = known->area;
            else if (auto area = areaOf(recipe.area, *data))
                answer->area = std::move(*area);
            else
                return fail(area.error());
            const auto chosen = countChosen(*data->table, recipe.filter, answer->area);
            if (!chosen) return fail(chosen.error());
            if (task.cancelled()) return failCancelled();
            QMetaObject::invokeMethod(
                this, [this, count = *chosen] { emit counted(count); }, Qt::QueuedConnection);
            AnalysisInput input{data->table, recipe.filter, recipe.comparison, answer->area, recipe.parameters, {}, {}};
            if (auto named = loadNamed(input, *analysis, data->path, task); !named) return fail(named.error());
            QMetaObject::invokeMethod(
                this, [this, reasons = unsuitableFor(input)] { emit unsuitable(reasons); }, Qt::QueuedConnection);
            auto suggestions = analysis->suggest(input);
            if (!suggestions) return fail(suggestions.error());
            answer->suggestions = std::move(*suggestions);
            auto result = analysis->run(input, task);
            if (!result) return fail(result.error());
            answer->found = std::make_shared<const Result>(std::move(*result));
            answer->rows = rowFacts(*answer->found, recipe, *data->table);
            const bool sameRows = before && before->data == data && before->found->rows == answer->found->rows;
            answer->incidents = sameRows ? before->incidents : indexOf(*data->table, *answer->found);
            return answer;
        },
        [this](Expected<std::shared_ptr<Answer>> answer) { take(std::move(answer)); });
}

void AnalysisRunner::suggestFurther() {
    const auto data = m_document.data();
    if (!data || m_suggesting.running()) return;
    const auto recipe = recipeOf(m_document.workspace(), data->fingerprint);
    const auto* analysis = findAnalysis(recipe.analysis);
    if (!analysis || !analysis->suggestFurther) return;
    m_suggesting.start<std::vector<Suggestion>>(
        tr("Looking for a bandwidth"),
        [data, recipe, analysis](const TaskContext& task) -> Expected<std::vector<Suggestion>> {
            auto area = areaOf(recipe.area, *data);
            if (!area) return fail(area.error());
            return analysis->suggestFurther(
                {data->table, recipe.filter, recipe.comparison, *area, recipe.parameters, {}, {}}, task);
        },
        [this](Expected<std::vector<Suggestion>> found) {
            if (found)
                emit furtherSuggested(*found);
            else
                emit furtherFailed(QString::fromStdString(found.error().message));
        });
}

void AnalysisRunner::take(Expected<std::shared_ptr<Answer>> answer) {
    if (answer) {
        m_problem.reset();
        m_area = std::make_shared<const AreaMemory>(AreaMemory{(*answer)->recipe.area, (*answer)->area});
        m_answer = std::move(*answer);
        rename();
    } else {
        m_problem = answer.error();
        m_answer.reset(); // an old map under a new question would mislead
    }
    emit answered();
    if (m_again) start();
}

void AnalysisRunner::rename() {
    if (!m_answer) return;
    auto answer = std::make_shared<Answer>(*m_answer);
    const auto& names = m_document.workspace().renamed;
    const bool any = std::any_of(answer->found->areas.begin(), answer->found->areas.end(),
                                 [&](const HotspotArea& area) { return names.contains(area.name); });
    if (any) {
        auto shown = std::make_shared<Result>(*answer->found);
        renameAreas(*shown, names);
        answer->shown = std::move(shown);
    } else {
        answer->shown = answer->found;
    }
    m_answer = std::move(answer);
    emit renamed();
}

} // namespace patchlight::desktop
