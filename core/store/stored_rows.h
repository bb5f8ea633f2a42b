// Reads the rows of all sources of a workspace, or of one, in their order. Each reader works on the connection of one thread.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/data/investigation.h"
#include "core/store/words.h"

namespace abm {

/// Called every few thousand rows; throws to stop.
using RowsRead = std::function<void(std::size_t rows)>;

/// The sources of an investigation, and where their rows begin in it.
struct StoredSources {
    std::vector<Source> sources;
    std::vector<SourceId> ids;                 ///< parallel, rising
    std::vector<std::string> feature_schemas;  ///< parallel
    std::vector<std::int64_t> read_at;         ///< parallel
    std::size_t expected_records = 0;
    std::int64_t first_id = INT64_MIN,
                 last_id = INT64_MAX;  ///< whose rows are read; those of a source that is not here are refused

    /// The first two parameters of a query: whose rows.
    void bind(auto& query) const {
        query.bind(1, first_id);
        query.bind(2, last_id);
    }
    /// Throws Error{Corrupt} when there is no such source.
    std::size_t index_of(std::int64_t id) const;
};
/// only: of this source alone, when given.
StoredSources read_sources(SQLite::Database& database, const Words& words, std::optional<SourceId> only = {});

struct StoredRecords {
    std::vector<Record> records;        ///< feature_row counts within the source
    std::vector<std::string> machines;  ///< in the order of their first records
    std::vector<std::size_t> first;     ///< by source, and one past the end
};
StoredRecords read_records(SQLite::Database& database, const Words& words, const StoredSources& sources,
                           const RowsRead& rows_read);

struct StoredFindings {
    std::vector<Finding> findings;         ///< record counts within the source
    std::vector<std::size_t> first;        ///< by source, and one past the end
    std::vector<Finding> source_findings;  ///< record is the index of the source
};
StoredFindings read_findings(SQLite::Database& database, const Words& words, const StoredSources& sources,
                             const RowsRead& rows_read);

/// record counts within the source; machine is not set.
std::vector<CashMovement> read_movements(SQLite::Database& database, const Words& words, const StoredSources& sources,
                                         const RowsRead& rows_read);

struct StoredFeatures {
    FeatureTables tables;
    std::vector<std::int32_t> first;  ///< by source: row of its first, through all tables
    std::vector<std::int32_t> rows;   ///< by source
};
/// Schemas that share at least half of their names are versions of one: a table has the columns of its source that was read last,
/// and what older ones do not have of them is NaN.
StoredFeatures read_features(SQLite::Database& database, const StoredSources& sources, const RowsRead& rows_read);

}  // namespace abm
