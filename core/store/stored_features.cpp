// Feature rows of sources that may have been read by different versions of the reader.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "core/data/sequence_joiner.h"
#include "core/store/blob.h"
#include "core/store/course_blob.h"
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

/// By source. The blobs themselves are not touched.
std::vector<std::int32_t> row_counts(SQLite::Database& database, const StoredSources& sources) {
    std::vector<std::int32_t> rows(sources.ids.size(), 0);
    SQLite::Statement query(database,
                            "SELECT source_id, sum(row_count) FROM features WHERE source_id BETWEEN ? AND ? GROUP BY source_id");
    sources.bind(query);
    while (query.executeStep()) rows[sources.index_of(query.getColumn(0).getInt64())] = query.getColumn(1).getInt();
    return rows;
}

/// Sources whose rows lie in one table.
struct Family {
    const std::vector<std::string>* names = nullptr;  ///< of the source that was read last
    std::int64_t read_at = 0;
    std::int32_t rows = 0;
};

/// The share of names in both among the names in either.
bool versions_of_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const auto both = static_cast<std::size_t>(
        std::ranges::count_if(a, [&](const std::string& name) { return std::ranges::find(b, name) != b.end(); }));
    return 2 * both >= a.size() + b.size() - both;
}

/// Which sources share a table. Sources without rows only have a say where no source has any.
class Families {
public:
    Families(const StoredSources& sources, const Schemas& schemas, const std::vector<std::int32_t>& rows)
        : of_source_(sources.ids.size()) {
        const bool any = std::ranges::any_of(rows, [](std::int32_t count) { return count > 0; });
        for (std::size_t source = 0; source < rows.size(); ++source) {
            if (rows[source] > 0 || !any) take(source, names_of(schemas, sources.feature_schemas[source]), sources, rows[source]);
        }
    }
    const std::vector<Family>& all() const { return families_; }
    std::size_t of_source(std::size_t source) const { return of_source_[source]; }

private:
    void take(std::size_t source, const std::vector<std::string>& names, const StoredSources& sources, std::int32_t rows) {
        auto family = std::ranges::find_if(families_, [&](const Family& known) { return versions_of_one(*known.names, names); });
        if (family == families_.end()) family = families_.insert(family, Family{&names, sources.read_at[source], 0});
        if (sources.read_at[source] >= family->read_at) {
            family->names = &names;
            family->read_at = sources.read_at[source];
        }
        of_source_[source] = static_cast<std::size_t>(family - families_.begin());
        family->rows += rows;
    }

    std::vector<Family> families_;
    std::vector<std::size_t> of_source_;
};

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

/// Of `rows` records of a source; empty when it was read before workspaces kept courses.
TokenSequences read_courses(SQLite::Database& database, SourceId source, std::size_t rows) {
    TokenSequences courses;
    SQLite::Statement words(database, "SELECT words FROM course_words WHERE source_id = ?");
    words.bind(1, raw(source));
    if (!words.executeStep()) return courses;
    courses.words = names_from_text(words.getColumn(0).getString());
    SQLite::Statement query(database, "SELECT first_row, row_count, data FROM courses WHERE source_id = ? ORDER BY first_row");
    query.bind(1, raw(source));
    while (query.executeStep()) {
        if (query.getColumn(0).getInt64() != static_cast<std::int64_t>(courses.size()))
            throw Error(ErrorCode::Corrupt, "the blocks of courses do not follow each other");
        const SQLite::Column data = query.getColumn(2);
        const auto count = static_cast<std::size_t>(std::max<std::int64_t>(query.getColumn(1).getInt64(), 0));
        if (count > rows - courses.size()) break;
        read_course_blob(data.getBlob(), static_cast<std::size_t>(data.getBytes()), count, courses);
    }
    if (courses.size() != rows) throw Error(ErrorCode::Corrupt, "a source has other courses than feature rows");
    return courses;
}

}  // namespace

StoredFeatures read_features(SQLite::Database& database, const StoredSources& sources, const RowsRead& rows_read) {
    StoredFeatures all;
    all.rows = row_counts(database, sources);
    const Schemas schemas = read_schemas(database);
    const Families families(sources, schemas, all.rows);
    std::vector<FeatureMatrix> tables;
    for (const Family& family : families.all()) {
        FeatureMatrix& table = tables.emplace_back();
        table.names = *family.names;
        table.values.resize(family.rows, static_cast<Eigen::Index>(family.names->size()));
    }
    std::vector<std::int32_t> next(tables.size(), 0), first_in_table;
    for (std::size_t source = 0; source < all.rows.size(); ++source)
        first_in_table.push_back(
            std::exchange(next[families.of_source(source)], next[families.of_source(source)] + all.rows[source]));

    std::map<std::string, ColumnMap> maps;
    std::size_t done = 0;
    SQLite::Statement query(database,
                            "SELECT source_id, first_row, row_count, data FROM features WHERE source_id BETWEEN ? AND ? ORDER BY "
                            "source_id, first_row");
    sources.bind(query);
    while (query.executeStep()) {
        const std::size_t source = sources.index_of(query.getColumn(0).getInt64());
        const std::string& schema = sources.feature_schemas[source];
        FeatureMatrix& table = tables[families.of_source(source)];
        const auto map = maps.try_emplace(schema, names_of(schemas, schema), table.names).first;
        const auto rows = static_cast<std::size_t>(query.getColumn(2).getInt64());
        const std::int64_t row = query.getColumn(1).getInt64();
        if (row < 0 || row + static_cast<std::int64_t>(rows) > all.rows[source])
            throw Error(ErrorCode::Corrupt, "the blocks of feature rows do not follow each other");
        map->second.place(query.getColumn(3), rows, table.values.row(first_in_table[source] + row).data());
        rows_read(done += rows);
    }
    std::vector<SequenceJoiner> courses(tables.size());
    for (std::size_t source = 0; source < all.rows.size(); ++source) {
        if (all.rows[source] == 0) continue;
        const auto count = static_cast<std::size_t>(all.rows[source]);
        courses[families.of_source(source)].take(read_courses(database, sources.ids[source], count), count);
    }
    for (std::size_t table = 0; table < tables.size(); ++table)
        all.tables.add({std::move(tables[table]), courses[table].finish()});
    for (std::size_t source = 0; source < all.rows.size(); ++source) {
        const std::size_t table = families.of_source(source);
        all.first.push_back((tables.empty() ? 0 : all.tables.first_row(table)) + first_in_table[source]);
    }
    return all;
}

}  // namespace abm
