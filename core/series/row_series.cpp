#include "core/series/row_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "core/base/order_statistic.h"
#include "core/series/series_findings.h"

namespace abm {
namespace {

constexpr std::size_t kLeastRows = 100;
constexpr double kRegular = 0.9;   ///< of the steps are as long as the median, give or take a tenth
constexpr double kMostSame = 0.5;  ///< of the values equal: states and counters of rare events are no metric

using Rows = std::vector<std::size_t>;  ///< indices of records, by time

bool regular(const std::vector<Record>& records, const Rows& rows) {
    if (rows.size() < kLeastRows) return false;
    std::vector<double> steps;
    for (std::size_t i = 1; i < rows.size(); ++i)
        steps.push_back(std::chrono::duration<double>(records[rows[i]].start - records[rows[i - 1]].start).count());
    std::vector<double> sorted = steps;
    const double usual = upper_median(sorted);
    if (usual <= 0) return false;
    const auto alike =
        std::count_if(steps.begin(), steps.end(), [usual](double step) { return std::abs(step - usual) <= usual / 10; });
    return static_cast<double>(alike) >= kRegular * static_cast<double>(steps.size());
}

bool varies(const Series& series) {
    std::vector<double> values;
    for (const Sample& sample : series.samples) {
        if (!std::isnan(sample.value)) values.push_back(sample.value);
    }
    std::sort(values.begin(), values.end());
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; first < values.size(); first = last) {
        while (last < values.size() && values[last] == values[first]) ++last;
        most = std::max(most, last - first);
    }
    return !values.empty() && static_cast<double>(most) <= kMostSame * static_cast<double>(values.size());
}

class RowSeries {
public:
    RowSeries(const TableLayout& layout, const TableOptions& options, SourceReading& reading)
        : layout_(layout), options_(options), reading_(reading) {}

    void run(const Progress& progress) {
        std::vector<Rows> of_entity(reading_.entities.size());
        for (std::size_t i = 0; i < reading_.records.size(); ++i) {
            if (known(reading_.records[i].start)) of_entity[raw(reading_.records[i].machine)].push_back(i);
        }
        for (std::size_t entity = 0; entity < of_entity.size(); ++entity) {
            progress.checkpoint(-1, "series");
            Rows& rows = of_entity[entity];
            std::ranges::stable_sort(rows, {}, [&](std::size_t row) { return reading_.records[row].start; });
            if (regular(reading_.records, rows)) find(reading_.entities[entity], rows, progress);
        }
        keep();
    }

private:
    void find(const std::string& entity, const Rows& rows, const Progress& progress) {
        std::set<std::size_t> gaps;  // rows that are missing are missing in each column: said once
        const std::vector<std::size_t> features = layout_.features();
        for (std::size_t feature = 0; feature < features.size(); ++feature) {
            progress.checkpoint(-1, "series");
            const TableColumn& column = layout_.columns[features[feature]];
            if (column.type != CellType::number) continue;
            const Series series = series_of(entity + " " + column.name, rows, feature);
            if (!varies(series)) continue;
            const SeriesAnalysis analysis = analyse_series(series, options_.limits, reading_.source.last_time);
            for (const SeriesFault& fault : analysis.faults) {
                const bool whole_rows = fault.type == RecordType::missing_data && (fault.last <= fault.first + 1);
                if (whole_rows && !gaps.insert(fault.first).second) continue;
                Finding finding = finding_of(series, analysis, fault);
                finding.record = RecordIndex{static_cast<std::uint32_t>(rows[fault.peak])};
                found_.push_back(std::move(finding));
            }
        }
    }

    Series series_of(std::string name, const Rows& rows, std::size_t feature) const {
        Series series{std::move(name), {}};
        for (const std::size_t row : rows) {
            const auto value =
                static_cast<double>(reading_.features.values(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(feature)));
            series.samples.push_back({reading_.records[row].start,
                                      std::isfinite(value) ? value : std::numeric_limits<double>::quiet_NaN(),
                                      reading_.records[row].span});
        }
        return series;
    }

    // By record, gravest first.
    void keep() {
        std::ranges::stable_sort(found_, [](const Finding& one, const Finding& other) {
            return one.record != other.record ? one.record < other.record : one.severity > other.severity;
        });
        const std::size_t most = static_cast<std::size_t>(options_.most_findings);
        if (found_.size() > most) {
            reading_.source.problems.push_back(
                {-1, static_cast<std::int64_t>(found_.size() - most), false,
                 fmt::format("{} findings beyond the first {} were not kept", found_.size() - most, most)});
            found_.resize(most);
        }
        for (std::size_t i = 0; i < found_.size(); ++i) {
            Record& record = reading_.records[raw(found_[i].record)];
            if (record.finding_count++ > 0) continue;
            record.first_finding = static_cast<std::uint32_t>(i);
            record.type = found_[i].type;
            record.severity = found_[i].severity;
        }
        reading_.findings = std::move(found_);
    }

    const TableLayout& layout_;
    const TableOptions& options_;
    SourceReading& reading_;
    std::vector<Finding> found_;
};

}  // namespace

void find_in_rows(const TableLayout& layout, const TableOptions& options, SourceReading& reading, const Progress& progress) {
    if (!layout.time || reading.features.names.empty()) return;
    RowSeries(layout, options, reading).run(progress);
}

}  // namespace abm
