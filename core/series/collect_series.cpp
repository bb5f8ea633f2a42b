#include <chrono>
#include <cmath>
#include <limits>

#include "core/base/order_statistic.h"
#include "core/series/row_entity.h"
#include "core/series/series.h"

namespace abm {
namespace {

double value_of(const TableColumn& column, std::string_view cell) {
    const double value = number_of(cell, column.decimal).value_or(std::numeric_limits<double>::quiet_NaN());
    return std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN();
}

void not_understood(Source& source, TextSpan span) {
    ++source.lines_not_understood;
    if (source.first_not_understood.size() < kMostNotUnderstood) source.first_not_understood.push_back(span);
}

void sort_by_time(std::vector<Series>& all) {
    const auto earlier = [](const Sample& a, const Sample& b) { return a.time < b.time; };
    for (Series& series : all) {
        if (!std::is_sorted(series.samples.begin(), series.samples.end(), earlier))
            std::stable_sort(series.samples.begin(), series.samples.end(), earlier);
    }
    std::erase_if(all, [](const Series& series) { return series.samples.empty(); });
}

}  // namespace

double sampling_interval_s(const Series& series) {
    std::vector<double> intervals;
    for (std::size_t i = 1; i < series.samples.size(); ++i) {
        const std::chrono::duration<double> step = series.samples[i].time - series.samples[i - 1].time;
        if (step.count() > 0) intervals.push_back(step.count());
    }
    return intervals.empty() ? 1 : upper_median(intervals);
}

std::vector<Series> collect_series(const TableLayout& layout, Source& source, std::string_view only, const Progress& progress) {
    TableInput input(source.path, layout.names);
    RowEntities entities(layout, source.name);
    std::vector<Series> all;
    TableRow row;
    for (std::int64_t i = 0; input.next(row); ++i) {
        if (i % kRowsPerReport == 0) progress.checkpoint(0.5 + input.bytes().position_fraction() / 3, "rows");
        if (!row.understood) continue;  // counted by the first pass
        row.cells.resize(layout.columns.size());
        const Time time = row_time(layout, row.cells[*layout.time]);
        if (!known(time)) {
            not_understood(source, row.span);
            continue;
        }
        const std::size_t entity = entities.of(row);
        while (all.size() <= entity) all.push_back({entities.names()[all.size()], {}});
        if (!only.empty() && all[entity].entity != only) continue;
        source.take_time(time);
        all[entity].samples.push_back({time, value_of(layout.columns[*layout.value], row.cells[*layout.value]), row.span});
    }
    source.card_numbers_masked += entities.card_numbers_masked();
    sort_by_time(all);
    return all;
}

}  // namespace abm
