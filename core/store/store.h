// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/categories/categories.h"
#include "core/incidents/incidents.h"
#include "core/licences/licences.h"

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

/// The project file: a GeoPackage in SQLite. Only this folder speaks SQL.
namespace patchlight {

/// The CRS a project computes in, fixed at the first import.
struct ProjectCrs {
    int epsg = 27700;
    std::string name = "OSGB36 / British National Grid";
    std::string wkt;       ///< WKT 1 for gpkg_spatial_ref_sys
    std::string operation; ///< the last coordinate operation used into it, with its accuracy: "... (1 m, OSTN15 grid)"
    std::string warning;   ///< a sentence where the grid was missing, else empty
};

/// What a dataset holds of one month.
struct MonthCount {
    std::string month; ///< "2025-07"; empty: rows without a date
    std::size_t rows = 0, mapped = 0;
    bool operator==(const MonthCount&) const = default;
};

/// One source file.
struct DatasetInfo {
    std::int64_t id = 0;
    std::string name; ///< "2025-07-dorset-street"
    std::string file; ///< file name, for a zip "download.zip/2025-07/2025-07-dorset-street.csv"
    std::string sha256;
    std::uint64_t bytes = 0;
    std::string source; ///< who reported: "Dorset Police"; with the months it says whether this is a fresh download
    std::string firstMonth, lastMonth; ///< "2025-07", empty without dates
    bool anonymised = false;
    std::size_t read = 0, stored = 0, mapped = 0;
    std::vector<MonthCount> months; ///< as imported, ascending: the coverage, where a month that is missing is a gap
    nlohmann::json mapping;         ///< the column mapping used
    std::string imported;           ///< UTC stamp, ISO 8601
};

/// Known months of a source against a fresh download of them, told by reference where rows have one.
struct Replacement {
    std::size_t removed = 0; ///< rows taken out
    std::size_t same = 0;    ///< references whose rows are as they were
    std::size_t changed = 0; ///< references whose category, date, outcome or position is another now
    std::size_t gone = 0;    ///< references that the fresh rows do not have
    std::size_t fresh = 0;   ///< references that only the fresh rows have
    std::size_t withoutReferenceBefore = 0, withoutReferenceNow = 0; ///< rows that cannot be compared
};

struct Finding {
    std::string kind;    ///< "no-position", "repeated-reference", ...
    std::string message; ///< a sentence for people, without the count
    std::size_t count = 0;
    std::vector<std::uint32_t> rows; ///< the first ones (record number in the file, header not counted), at most 10,000
    std::string dataset;
    std::vector<std::string> values; ///< the text in question, by row, at most 120 bytes each; or none at all
};

/// A column mapping that somebody told or confirmed, found again by the header of next month's file.
struct KnownMapping {
    std::string header; ///< `mappingKey` of the columns
    nlohmann::json mapping;
    std::string file;      ///< the one it was confirmed for
    std::string confirmed; ///< UTC stamp, ISO 8601; empty when given to `rememberMapping`: now
};

/// A map layer: the file stays where it is.
struct MapLayerInfo {
    std::string name;
    std::string path;        ///< relative to the project where possible; UTF-8, '/'
    std::string sourceLayer; ///< layer in a file of several
    std::string role;        ///< land, water, roads, boundaries, places, picture
    std::string labelField;
    bool visible = true;
    int order = 0;             ///< lower is drawn first
    LayerLicence licence = {}; ///< as said
};

/// A boundary layer's polygon or a place, kept in the project.
struct AreaFeature {
    std::string layer, code, name;
    std::optional<double> population;
    MultiPolygon polygon; ///< project CRS
};
struct PlaceFeature {
    std::string layer, code, name;
    ProjectedPoint point;
};

/// A code that a boundary, or the boundaries it was split into or merged from, had in another year.
struct AreaCode {
    std::string code;   ///< of the project's boundary
    std::string other;  ///< of the other year
    std::string change; ///< as the look-up says: U unchanged, S split, M merged
    bool operator==(const AreaCode&) const = default;
};

/// One incident on its way into the file. Texts are views that live as long as the call.
struct NewIncident {
    std::uint32_t sourceRow = 0;
    std::optional<ProjectedPoint> position;
    std::string_view reference, category, subcategory, place, areaCode, outcome;
    /// `to` as in IncidentTable: exclusive for months and days; not given or not later than the end of from's own month
    /// or day: that end. Without a precision both are left out.
    std::optional<LocalMinute> from, to, recorded;
    TimePrecision precision = TimePrecision::none;
    LocationLevel level = LocationLevel::none;
    std::string_view otherColumns; ///< JSON object of the source's other columns, or empty
};

/// An incident without a position, with what its source says of where it was.
struct UnplacedIncident {
    std::int64_t id = 0;
    std::string uprn, postcode, place;
};
/// A position found for one.
struct Placement {
    std::int64_t id = 0;
    ProjectedPoint point;
    LocationLevel level = LocationLevel::none;
};

enum class OpenMode { readOnly, readWrite };

/// What left the building, see Project::recordExport.
struct ExportRecord {
    std::string file;
    nlohmann::json recipe;
    std::string profile;
    nlohmann::json checks; ///< as the checks said then; empty in records of older versions
    std::vector<std::string> withheld;
    std::string exported; ///< UTC stamp, ISO 8601
};

/// An open project file. Moved, not copied; use from one thread at a time.
class Project {
public:
    /// Creates a new, empty project. errors: fileNotWritable (exists, folder missing or read-only), database
    [[nodiscard]] static Expected<Project> create(const std::filesystem::path& path);
    /// errors: fileNotFound, fileNotReadable, fileFormat (not a GeoPackage; a GeoPackage that is not a project; a newer
    /// version), database
    [[nodiscard]] static Expected<Project> open(const std::filesystem::path& path, OpenMode mode = OpenMode::readWrite);
    ~Project();
    Project(Project&&) noexcept;
    Project& operator=(Project&&) noexcept;

    [[nodiscard]] const std::filesystem::path& path() const;
    [[nodiscard]] std::optional<ProjectCrs> crs() const; ///< nothing before the first import

    [[nodiscard]] Expected<std::vector<DatasetInfo>> datasets() const;
    [[nodiscard]] Expected<std::vector<Finding>> findings() const;
    /// All incidents as columns, from the column blocks; rows where another program has edited them.
    [[nodiscard]] Expected<IncidentTable> incidents(const TaskContext& task = {}) const;
    /// SHA-256 over the datasets' sums and counts and the edit stamp: the same data gives the same text.
    [[nodiscard]] Expected<std::string> fingerprint() const;
    /// The source's text of one incident, column by column, for the list behind a hotspot.
    [[nodiscard]] Expected<std::vector<std::pair<std::string, std::string>>> incidentDetails(std::int64_t id) const;

    /// Columns of the sources that were mapped to nothing and hold numbers (judged by each dataset's first rows), by
    /// name.
    [[nodiscard]] Expected<std::vector<std::string>> numberColumns() const;
    /// One of them, a number an incident in the order of `incidents()`; NaN where there is none. Amounts may be written
    /// "£1,250.50".
    [[nodiscard]] Expected<std::vector<double>> numbersOf(const std::string& column,
                                                          const TaskContext& task = {}) const;

    /// Incidents without a position; postcode and UPRN are the columns that their dataset's mapping calls so.
    [[nodiscard]] Expected<std::vector<UnplacedIncident>> unplaced(const TaskContext& task = {}) const;

    [[nodiscard]] Expected<std::vector<MapLayerInfo>> mapLayers() const;
    [[nodiscard]] Expected<void> setMapLayers(const std::vector<MapLayerInfo>& layers); ///< replaces them all
    [[nodiscard]] Expected<void> addAreas(const std::vector<AreaFeature>& areas); ///< replaces layers of the same name
    [[nodiscard]] Expected<void> addPlaces(const std::vector<PlaceFeature>& places);
    [[nodiscard]] Expected<std::vector<std::string>> areaLayers() const;
    [[nodiscard]] Expected<std::vector<AreaFeature>> areas(const std::string& layer) const;
    [[nodiscard]] Expected<std::vector<PlaceFeature>> places(const std::string& layer) const; ///< empty: of all layers

    /// Where boundary layers and layers of places came from, by name; those of which nothing was said are left out.
    [[nodiscard]] Expected<std::vector<LayerOrigin>> layerOrigins() const;
    [[nodiscard]] Expected<void> setLayerOrigin(const LayerOrigin& origin); ///< in the place of an older one

    /// The look-up of a boundary layer: codes of another year that the rows may carry. Replaces the layer's.
    [[nodiscard]] Expected<void> setAreaCodes(const std::string& layer, const std::vector<AreaCode>& codes);
    [[nodiscard]] Expected<std::vector<AreaCode>> areaCodes(const std::string& layer) const;

    [[nodiscard]] Expected<std::vector<KnownMapping>> mappings() const;
    /// The project's own entries, over the shipped list; `incidents()` brings both together.
    [[nodiscard]] Expected<std::vector<CategoryEntry>> categories() const;
    [[nodiscard]] Expected<void> setCategories(const std::vector<CategoryEntry>& own); ///< replaces them all

    [[nodiscard]] Expected<nlohmann::json> workspace() const; ///< null when none was saved
    [[nodiscard]] Expected<void> saveWorkspace(const nlohmann::json& workspace);
    /// A line in the record of what left the building: for whom, what the checks said, what was withheld.
    [[nodiscard]] Expected<void> recordExport(const std::string& file, const nlohmann::json& recipe,
                                              const std::string& profile,
                                              const nlohmann::json& checks = nlohmann::json::array(),
                                              const std::vector<std::string>& withheld = {});
    [[nodiscard]] Expected<std::vector<ExportRecord>> exports() const; ///< the oldest first

    struct Connection;
    [[nodiscard]] Connection& connection() const { return *m_connection; } ///< for core/store alone

private:
    explicit Project(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> m_connection;
};

/// An import is one transaction: it is in the file after commit(), or nothing of it is (destruction rolls back; a
/// project file that did not exist before is removed again). Rows go in by appending; indexes, R-tree and column blocks
/// are made at commit.
class ImportTransaction {
public:
    /// Creates the project where there is none; `expectedBytes` of sources, as far as known, choose its page size.
    /// errors: as Project::create and Project::open
    [[nodiscard]] static Expected<ImportTransaction> begin(const std::filesystem::path& project,
                                                           std::uint64_t expectedBytes = 0);
    ~ImportTransaction();
    ImportTransaction(ImportTransaction&&) noexcept;

    [[nodiscard]] Expected<std::vector<DatasetInfo>> datasets() const; ///< those in the file and those of this import
    [[nodiscard]] std::optional<ProjectCrs> crs() const;
    [[nodiscard]] Expected<void> setCrs(const ProjectCrs& crs);
    [[nodiscard]] Expected<std::vector<KnownMapping>> mappings() const;
    [[nodiscard]] Expected<void> rememberMapping(const KnownMapping& mapping); ///< in the place of an older one
    [[nodiscard]] Expected<std::vector<CategoryEntry>> categories() const;
    /// Removes a dataset, whole, with its findings; returns how many rows.
    [[nodiscard]] Expected<std::size_t> removeDataset(std::int64_t id);
    /// Takes out of older datasets the rows of the months that a newer one holds (those of other months stay), and says
    /// what the newer rows change. An older dataset all of whose dated months are replaced goes, with its undated rows.
    /// cost: a pass over the rows
    [[nodiscard]] Expected<Replacement> replaceMonths(std::span<const std::int64_t> older, std::int64_t newer);
    /// Gives incidents positions; datasets count them as mapped. cost: all rows are read once more at commit
    [[nodiscard]] Expected<void> place(std::span<const Placement> placements);
    /// Gives a dataset another name, in its rows too.
    [[nodiscard]] Expected<void> renameDataset(std::int64_t id, const std::string& name);
    /// Rows that follow belong to it; counts and months are filled in at endDataset. Returns its id.
    [[nodiscard]] Expected<std::int64_t> beginDataset(const DatasetInfo& info);
    [[nodiscard]] Expected<void> add(std::span<const NewIncident> rows);
    [[nodiscard]] Expected<void> endDataset(const DatasetInfo& info, const std::vector<Finding>& findings);
    /// errors: database (disk full, said so), cancelled
    [[nodiscard]] Expected<void> commit(const TaskContext& task = {});

private:
    struct State;
    explicit ImportTransaction(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace patchlight
