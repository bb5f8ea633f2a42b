#include "core/series/series_reading.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/series/series_windows.h"

namespace abm {
namespace {

/// Windows of all series, by offset, become the records of the reading.
class Collector {
public:
    Collector(const TableOptions& options, SourceReading& reading) : options_(options), reading_(reading) {}

    void add(const Series& series) {
        const SeriesAnalysis analysis = analyse_series(series, options_.limits, reading_.source.last_time);
        if (analysis.wandering) ++wandering_;
        const auto length = options_.window.count() > 0 ? options_.window : default_window(analysis.interval_s);
        const MachineIndex machine{static_cast<std::uint32_t>(reading_.entities.size())};
        reading_.entities.push_back(series.entity);
        for (SeriesWindow& window : series_windows(series, analysis, length)) {
            window.record.machine = machine;
            windows_.push_back(std::move(window));
        }
    }

    void finish() {
        std::stable_sort(windows_.begin(), windows_.end(), [](const SeriesWindow& a, const SeriesWindow& b) {
            return a.record.span.offset < b.record.span.offset;
        });
        reading_.features.names = series_feature_names();
        reading_.features.values.resize(static_cast<Eigen::Index>(windows_.size()), kSeriesFeatures);
        for (std::size_t i = 0; i < windows_.size(); ++i) take(windows_[i], i);
        report();
    }

private:
    void take(SeriesWindow& window, std::size_t index) {
        for (std::size_t feature = 0; feature < kSeriesFeatures; ++feature)
            reading_.features.values(static_cast<Eigen::Index>(index), static_cast<Eigen::Index>(feature)) =
                window.features[feature];
        Record record = window.record;
        record.ordinal = static_cast<std::int32_t>(index + 1);
        record.feature_row = static_cast<std::int32_t>(index);
        record.first_finding = static_cast<std::uint32_t>(reading_.findings.size());
        for (Finding& finding : window.findings) {
            if (static_cast<std::int64_t>(reading_.findings.size()) >= options_.most_findings) {
                ++not_kept_;
                continue;
            }
            finding.record = RecordIndex{static_cast<std::uint32_t>(index)};
            if (record.finding_count++ == 0) {
                record.type = finding.type;
                record.severity = finding.severity;
            }
            reading_.findings.push_back(std::move(finding));
        }
        reading_.records.push_back(record);
    }

    void report() {
        auto& problems = reading_.source.problems;
        if (not_kept_ > 0)
            problems.push_back({-1, not_kept_, false,
                                fmt::format("{} findings beyond the first {} were not kept", not_kept_, options_.most_findings)});
        if (wandering_ > 0)
            problems.push_back(
                {-1, wandering_, false,
                 fmt::format("{} series have no steady level: what would be drifts of them is not reported", wandering_)});
    }

    const TableOptions& options_;
    SourceReading& reading_;
    std::vector<SeriesWindow> windows_;
    std::int64_t not_kept_ = 0, wandering_ = 0;
};

}  // namespace

void read_windows(const TableLayout& layout, const TableOptions& options, SourceReading& reading, const Progress& progress) {
    std::vector<Series> all = collect_series(layout, reading.source, {}, progress);
    Collector collector(options, reading);
    for (std::size_t i = 0; i < all.size(); ++i) {
        progress.checkpoint(0.85 + 0.15 * static_cast<double>(i) / static_cast<double>(all.size()), "series");
        collector.add(all[i]);
        all[i].samples = {};  // its rows are in the windows now
    }
    collector.finish();
}

void keep_rows(TableLayout& layout) {
    if (!layout.series) return;
    layout.series = false;
    layout.columns[*layout.value].role = ColumnRole::feature;
    if (layout.metric) layout.columns[*layout.metric].role = ColumnRole::text;
    layout.metric.reset();
}

}  // namespace abm
