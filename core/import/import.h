// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/geometry/geometry.h"
#include "core/import/mapping.h"
#include "core/import/records.h"
#include "core/store/store.h"

#include <functional>

/// Records in, incidents out: the CSV reader, column mapping, dates and numbers, findings.
namespace patchlight {

/// Turns source coordinates into project positions; `gis/crs` gives one. Points that cannot be projected become NaN.
struct PositionProjector {
    ProjectCrs crs;
    std::function<Expected<void>(int sourceEpsg, std::span<ProjectedPoint> inOut)>
        project; ///< in: x (longitude), y (latitude)
};
/// Asked once, before the first row of a new project: the project CRS for data round this place.
using ProjectorFactory = std::function<Expected<PositionProjector>(
    std::optional<ProjectCrs> existing, std::optional<ProjectedPoint> firstPosition, int sourceEpsg)>;

struct ImportOptions {
    nlohmann::json mapping;               ///< null: guessed
    int crsEpsg = 0;                      ///< `--crs`
    DateOrder dates = DateOrder::notTold; ///< `--dates`, before the mapping's
    bool confirmed =
        false;           ///< somebody has looked at how the columns are understood: worth remembering, as told ones are
    bool update = false; ///< replace known months of a known source
    bool keepBoth = false;
    bool dryRun = false; ///< all of it but the commit
};

struct ImportReport {
    std::size_t read = 0, stored = 0, mapped = 0;
    double seconds = 0.0;
    std::vector<DatasetInfo> datasets; ///< those of this import
    std::vector<Finding> findings;
    std::vector<std::string> notes; ///< the coordinate operation, a missing grid, what an update changed
};
/// The `import` object of the command line (ARCHITECTURE.md); findings of one kind are put together.
[[nodiscard]] nlohmann::json toJson(const ImportReport& report);

/// Imports the sources into the project, all of them or none (one transaction). Rows without a usable position are
/// stored without one and counted; a latitude of 200 or a bad month is a finding with its rows; nothing is dropped but
/// a total below the last row, which is read, not stored, and a finding. Known files (same SHA-256) are skipped with a
/// finding; the same source and months with other bytes are refused unless options say update or keepBoth. Columns that
/// were told or confirmed once are understood in the same way when they come again, which a note says. Parsing runs
/// on a thread of its own beside the caller's, which writes; progress is reported from the caller's. errors: emptyInput
/// (no sources), fileNotReadable, fileFormat (no header, other columns, dates that are or could be month first, not
/// text with row and column, a row with more fields than the header, an open quote at the end), refused, database,
/// cancelled cost: one pass over the bytes, memory of a few MB plus 40 bytes a row for the findings
[[nodiscard]] Expected<ImportReport> importExtracts(const std::filesystem::path& project,
                                                    std::vector<ExtractSource> sources,
                                                    const ProjectorFactory& projector, const ImportOptions& options,
                                                    const TaskContext& task = {});

/// Takes a dataset out of a project, whole; returns how many rows it had. One transaction.
/// errors: as Project::open; invalidParameter (no such dataset: names those there are), cancelled
[[nodiscard]] Expected<std::size_t> removeDataset(const std::filesystem::path& project, const std::string& name,
                                                  const TaskContext& task = {});

/// A user's table of categories from any format that incidents can come in.
/// errors: fileNotReadable, fileFormat (as categoryTableFrom, with the file's name)
[[nodiscard]] Expected<CategoryTable> readCategoryTable(ExtractSource source);

/// The first rows as they stand and how they would be understood, for the import dialog. Where no mapping can be
/// guessed, all columns are `other`, so that the dialog can ask.
struct ImportPreview {
    ColumnMapping mapping;
    std::vector<std::vector<std::string>> rows;
    std::string confirmedFor; ///< the file for which these columns were confirmed before; empty: guessed
};
/// known: what the project remembers. errors: fileNotReadable, fileFormat (as importExtracts, within the first rows)
[[nodiscard]] Expected<ImportPreview> previewExtract(ExtractSource source, std::size_t rows,
                                                     std::span<const KnownMapping> known = {});
/// What an import would make of each of these rows, as a person reads it: "5 July 2025, 21:30; 407,100 east, 91,200
/// north; Rowdy behaviour". The same reading as the import's; what needs the whole file is not known here.
[[nodiscard]] std::vector<std::string> understoodRows(const ColumnMapping& mapping,
                                                      const std::vector<std::vector<std::string>>& rows);

} // namespace patchlight
