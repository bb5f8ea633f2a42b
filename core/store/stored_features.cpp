// Feature rows of sources that may have been read by different versions of the reader.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <limits>

#include "core/store/blob.h"
#include "core/store/source_text.h"
#include "core/store/stored_rows.h"

namespace abm {
namespace {

using Schemas = std::map<std::string, std::vector<std::string>>;

Schemas read_schemas(SQLite::Database& database) {
    SQLite::Statement query(database, "SELECT schema, names FROM feature_schemas");
    Schemas schemas;
    while (query.executeStep()) schemas.emplace(query.getColumn(0).getString(), names_from_text(query.getColumn(1).getString()));
    return schemas;
}

const std::vector<std::string>& names_of(const Schemas& schemas, const std::string& schema) {
    const auto found = schemas.find(schema);
    if (found == schemas.end())
        throw Error(ErrorCode::Corrupt, fmt::format("the feature names of schema {} are missing", schema));
    return found->second;
}

/// By source, and one past the end. The blobs themselves are not touched.
std::vector<std::size_t> first_rows(SQLite::Database& database, const StoredSources& sources) {
    std::vector<std::size_t> first(sources.ids.size() + 1, 0);
    SQLite::Statement query(database, "SELECT source_id, sum(row_count) FROM features GROUP BY source_id");
    while (query.executeStep()) {
        first[sources.index_of(query.getColumn(0).getInt64()) + 1] = static_cast<std::size_t>(query.getColumn(1).getInt64());
    }
    for (std::size_t at = 1; at < first.size(); ++at) first[at] += first[at - 1];
    return first;
}

/// The columns of one schema within the matrix; equal lists need no rearranging.
class ColumnMap {
public:
    ColumnMap(const std::vector<std::string>& from, const std::vector<std::string>& to)
        : columns_(from.size()), same_(from == to) {
        for (const std::string& name : to) {
            const auto found = std::find(from.begin(), from.end(), name);
            source_of_.push_back(found == from.end() ? -1 : found - from.begin());
        }
    }
    std::size_t columns() const { return columns_; }

    void place(const SQLite::Column& data, std::size_t rows, float* into) const {
        const auto bytes = static_cast<std::size_t>(data.getBytes());
        if (same_) {
            from_blob(data.getBlob(), bytes, std::span(into, rows * columns_));
            return;
        }
        std::vector<float> block(rows * columns_);
        from_blob(data.getBlob(), bytes, std::span(block));
        for (std::size_t row = 0; row < rows; ++row) {
            for (const std::ptrdiff_t source : source_of_) {
                *into++ = source < 0 ? std::numeric_limits<float>::quiet_NaN()
                                     : block[row * columns_ + static_cast<std::size_t>(source)];
            }
        }
    }

private:
    std::size_t columns_;
    bool same_;
    std::vector<std::ptrdiff_t> source_of_;  ///< by column of the matrix; -1: the source does not have it
};

}  // namespace

StoredFeatures read_features(SQLite::Database& database, const StoredSources& sources, const RowsRead& rows_read) {
    StoredFeatures all;
    all.first = first_rows(database, sources);
    if (sources.ids.empty()) return all;
    const Schemas schemas = read_schemas(database);
    const auto newest = std::max_element(sources.read_at.begin(), sources.read_at.end()) - sources.read_at.begin();
    all.matrix.names = names_of(schemas, sources.feature_schemas[static_cast<std::size_t>(newest)]);
    const std::size_t columns = all.matrix.names.size();
    all.matrix.values.resize(static_cast<Eigen::Index>(all.first.back()), static_cast<Eigen::Index>(columns));

    std::map<std::string, ColumnMap> maps;
    SQLite::Statement query(database, "SELECT source_id, first_row, row_count, data FROM features ORDER BY source_id, first_row");
    while (query.executeStep()) {
        const std::size_t source = sources.index_of(query.getColumn(0).getInt64());
        const std::string& schema = sources.feature_schemas[source];
        const auto map = maps.try_emplace(schema, names_of(schemas, schema), all.matrix.names).first;
        const auto rows = static_cast<std::size_t>(query.getColumn(2).getInt64());
        const std::size_t row = all.first[source] + static_cast<std::size_t>(query.getColumn(1).getInt64());
        if (row + rows > all.first[source + 1])
            throw Error(ErrorCode::Corrupt, "the blocks of feature rows do not follow each other");
        map->second.place(query.getColumn(3), rows, all.matrix.values.data() + row * columns);
        rows_read(row + rows);
    }
    return all;
}

}  // namespace abm
