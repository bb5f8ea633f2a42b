// The feature rows of an investigation: a table for each kind of record, rows counted through all of them.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/shared.h"
#include "core/data/dataset.h"
#include "core/data/feature_matrix.h"
#include "core/data/token_sequences.h"

namespace abm {

/// Records of one feature schema: what one model looks at.
struct FeatureTable {
    FeatureMatrix features;
    TokenSequences sequences;  ///< of each row, or empty when nothing is known of what happened in it

    Dataset dataset() const { return {features, sequences.size() == 0 ? nullptr : &sequences}; }
};

/// Tables differ in their feature names. Copies are cheap. Record::feature_row counts through the tables in their order.
class FeatureTables {
public:
    FeatureTables() = default;
    FeatureTables(FeatureMatrix only) { add({std::move(only), {}}); }  // NOLINT: one kind of record is the common case

    std::size_t size() const { return tables_.size(); }
    const FeatureTable& operator[](std::size_t table) const { return *tables_[table]; }
    const Shared<FeatureTable>& shared(std::size_t table) const { return tables_[table]; }
    std::int32_t rows() const { return first_.back(); }
    std::int32_t first_row(std::size_t table) const { return first_[table]; }
    void add(FeatureTable table);
    /// The table with these feature names.
    std::optional<std::size_t> find(const std::vector<std::string>& names) const;

    struct Place {
        std::size_t table = 0;
        std::int32_t row = 0;  ///< within the table
    };
    /// row: 0 to rows() - 1.
    Place place_of(std::int32_t row) const;
    std::span<const float> values_of(std::int32_t row) const;
    const std::vector<std::string>& names_of(std::int32_t row) const { return tables_[place_of(row).table]->features.names; }

private:
    std::vector<Shared<FeatureTable>> tables_;
    std::vector<std::int32_t> first_{0};  ///< by table, and one past the end
};

inline void FeatureTables::add(FeatureTable table) {
    first_.push_back(first_.back() + static_cast<std::int32_t>(table.features.rows()));
    tables_.emplace_back(std::move(table));
}

inline std::optional<std::size_t> FeatureTables::find(const std::vector<std::string>& names) const {
    for (std::size_t table = 0; table < tables_.size(); ++table) {
        if (tables_[table]->features.names == names) return table;
    }
    return std::nullopt;
}

inline FeatureTables::Place FeatureTables::place_of(std::int32_t row) const {
    assert(row >= 0 && row < rows());
    std::size_t table = 0;
    while (row >= first_[table + 1]) ++table;  // a handful of tables
    return {table, row - first_[table]};
}

inline std::span<const float> FeatureTables::values_of(std::int32_t row) const {
    const Place place = place_of(row);
    const RowMatrix& values = tables_[place.table]->features.values;
    return {values.row(place.row).data(), static_cast<std::size_t>(values.cols())};
}

}  // namespace abm
