#include "core/series/read_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/series/row_entity.h"
#include "core/series/row_series.h"
#include "core/series/series_findings.h"
#include "core/series/series_reading.h"

namespace abm {
namespace {

void check(const TableOptions& options) {
    if (options.window.count() != 0 && options.window < std::chrono::seconds(1))
        throw Error(ErrorCode::Invalid, "The window of a series must be 1 s or more.");
    if (options.most_findings < 0) throw Error(ErrorCode::Invalid, "most_findings must not be negative.");
}

/// Cells that are no value of their column's type are unknown, and counted.
class FeatureRow {
public:
    explicit FeatureRow(const TableLayout& layout) : layout_(layout), columns_(layout.features()) {}

    void append(const std::vector<std::string_view>& cells, std::vector<float>& values) {
        for (const std::size_t column : columns_) {
            const auto value = value_of(layout_.columns[column], cells[column]);
            if (!value) ++odd_cells;
            values.push_back(static_cast<float>(value.value_or(std::numeric_limits<double>::quiet_NaN())));
        }
    }

    std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const std::size_t column : columns_) names.push_back(layout_.columns[column].name);
        return names;
    }

    std::int64_t odd_cells = 0;

private:
    static std::optional<double> value_of(const TableColumn& column, std::string_view cell) {
        if (column.type != CellType::boolean) return number_of(cell, column.decimal);
        if (is_unknown(cell)) return std::numeric_limits<double>::quiet_NaN();
        if (const auto yes = boolean_of(cell)) return *yes ? 1.0 : 0.0;
        return std::nullopt;
    }

    const TableLayout& layout_;
    std::vector<std::size_t> columns_;
};

Record row_record(const TableRow& row, std::size_t machine, Time time, std::size_t before) {
    Record record;
    record.kind = RecordKind::row;
    record.span = row.span;
    record.start = record.end = time;
    record.machine = MachineIndex{static_cast<std::uint32_t>(machine)};
    record.ordinal = static_cast<std::int32_t>(before + 1);
    record.feature_row = static_cast<std::int32_t>(before);
    return record;
}

void read_rows(const TableLayout& layout, SourceReading& reading, const Progress& progress) {
    Source& source = reading.source;
    TableInput input(source.path, layout.names);
    RowEntities entities(layout, source.name);
    FeatureRow features(layout);
    reading.features.names = features.names();
    std::vector<float> values;
    TableRow row;
    for (std::int64_t i = 0; input.next(row); ++i) {
        if (i % kRowsPerReport == 0) progress.checkpoint(0.5 + input.bytes().position_fraction() / 2, "rows");
        if (!row.understood) continue;  // counted by the first pass
        row.cells.resize(layout.columns.size());
        const Time time = layout.time ? row_time(layout, row.cells[*layout.time]) : kUnknownTime;
        source.take_time(time);
        features.append(row.cells, values);
        reading.records.push_back(row_record(row, entities.of(row), time, reading.records.size()));
    }
    reading.entities = entities.names();
    source.card_numbers_masked += entities.card_numbers_masked();
    reading.features.values = Eigen::Map<const RowMatrix>(values.data(), static_cast<Eigen::Index>(reading.records.size()),
                                                          static_cast<Eigen::Index>(reading.features.names.size()));
    if (reading.features.names.empty()) {
        for (Record& record : reading.records) record.feature_row = -1;
        if (!reading.records.empty())
            source.problems.push_back({-1, 1, false, fmt::format("{}: no column is a feature: no row is scored", source.name)});
    }
    if (features.odd_cells > 0)
        source.problems.push_back({-1, features.odd_cells, false, "cells of numeric columns are no number and count as unknown"});
}

}  // namespace

SourceReading read_table(const std::filesystem::path& path, const TableOptions& options, const Progress& progress) {
    check(options);
    SourceReading reading;
    reading.source.path = path;
    std::optional<TableLayout> layout = survey_table(reading.source, progress);
    if (!layout) return reading;
    try {
        if (options.always_rows) keep_rows(*layout);
        if (layout->series) {
            read_windows(*layout, options, reading, progress);
        } else {
            read_rows(*layout, reading, progress);
            if (!options.always_rows) find_in_rows(*layout, options, reading, progress);
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled) throw;
        reading.source.problems.push_back({-1, 1, true, error.what()});
    }
    if (reading.entities.size() == 1) reading.source.machine = reading.entities.front();
    return reading;
}

namespace {

std::vector<SeriesPoint> points_of(const TableLayout& layout, Source& source, std::string_view entity, TextSpan span,
                                   const Progress& progress) {
    std::vector<SeriesPoint> points;
    const std::vector<Series> all = collect_series(layout, source, entity, progress);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Series& series) { return series.entity == entity; });
    if (found == all.end()) return points;
    const UsualLevel level = UsualLevel::learn(*found);
    for (const Sample& sample : found->samples) {
        if (span.bytes > 0 && (sample.row.offset < span.offset || sample.row.offset >= span.end())) continue;
        const UsualRange range = usual_range(level, sample.time);
        points.push_back({sample.time, sample.value, range.low, range.high, sample.row});
    }
    return points;
}

TableLayout surveyed(Source& source, const Progress& progress) {
    auto layout = survey_table(source, progress);
    if (!layout) throw Error(ErrorCode::Io, source.problems.back().message);
    return std::move(*layout);
}

}  // namespace

std::vector<SeriesPoint> read_series(const std::filesystem::path& path, std::string_view entity, TextSpan span,
                                     const Progress& progress) {
    Source source;
    source.path = path;
    const TableLayout layout = surveyed(source, progress);
    if (!layout.series) return {};
    return points_of(layout, source, entity, span, progress);
}

std::vector<SeriesPoint> read_column(const std::filesystem::path& path, std::string_view entity, std::string_view column,
                                     const Progress& progress) {
    Source source;
    source.path = path;
    TableLayout layout = surveyed(source, progress);
    const auto found = std::ranges::find(layout.columns, column, &TableColumn::name);
    if (layout.series || !layout.time || found == layout.columns.end() || found->role != ColumnRole::feature) return {};
    layout.value = static_cast<std::size_t>(found - layout.columns.begin());
    return points_of(layout, source, entity, {}, progress);
}

}  // namespace abm
