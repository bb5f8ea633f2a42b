#include "app/workbench/series_reader.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/series/read_table.h"
#include "widgets/format.h"
#include "widgets/log_panel.h"

namespace abm {
namespace {

bool is_table(const Source& source) { return source.format == "csv" || source.format == "jsonl"; }

bool has_series(const Investigation& all, const Record& record) {
    if (!is_table(all.source_of(record)) || !known(record.start)) return false;
    return record.kind == RecordKind::window || (record.kind == RecordKind::row && record.feature_row >= 0);
}

/// The column in which the row is farthest from the others of its source, in standard deviations.
std::string oddest_column(const Investigation& all, const Record& row) {
    const std::vector<std::string>& names = all.features.names_of(row.feature_row);
    const std::span<const float> here = all.features.values_of(row.feature_row);
    std::vector<double> sum(names.size()), squares(names.size()), count(names.size());
    const auto records = all.records_of(row.source);
    const std::size_t step = std::max<std::size_t>(records.size() / 20'000, 1);  // a sample of them is enough to choose
    for (std::size_t at = 0; at < records.size(); at += step) {
        if (records[at].feature_row < 0) continue;
        const std::span<const float> values = all.features.values_of(records[at].feature_row);
        for (std::size_t column = 0; column < std::min(names.size(), values.size()); ++column) {
            if (std::isnan(values[column])) continue;
            const auto value = static_cast<double>(values[column]);
            sum[column] += value, squares[column] += value * value, count[column] += 1;
        }
    }
    std::size_t oddest = 0;
    double farthest = -1;
    for (std::size_t column = 0; column < names.size(); ++column) {
        if (count[column] < 2 || std::isnan(here[column])) continue;
        const double mean = sum[column] / count[column];
        const double spread = std::sqrt(std::max(squares[column] / count[column] - mean * mean, 1e-12));
        const double distance = std::abs(static_cast<double>(here[column]) - mean) / spread;
        if (distance > farthest) farthest = distance, oddest = column;
    }
    return names.empty() ? std::string() : names[oddest];
}

ShownSeries marks_of_series(const Investigation& all, const Record& record) {
    ShownSeries shown;
    shown.record = {record.start, known(record.end) ? record.end : record.start};
    for (const Record& other : all.records_of(record.source)) {
        if (other.machine != record.machine || other.severity == Severity::none || !known(other.start)) continue;
        const auto at = static_cast<std::uint32_t>(&other - all.records.data());
        shown.flags.push_back({{other.start, known(other.end) ? other.end : other.start},
                               other.severity,
                               QStringLiteral("%1, %2").arg(qstring(display_name(other.type)), qstring(name_of(other.severity))),
                               at});
    }
    std::ranges::stable_sort(shown.flags, {}, [](const SeriesFlag& flag) { return flag.range.begin; });
    for (const Finding& finding : all.findings_of(record))
        shown.evidence.insert(shown.evidence.end(), finding.evidence.begin(), finding.evidence.end());
    if (record.kind == RecordKind::row) {
        shown.evidence.push_back({record.span, "the row"});
        for (const std::string& name : all.features.names_of(record.feature_row)) shown.columns.append(qstring(name));
    }
    return shown;
}

}  // namespace

SeriesReader::SeriesReader(LogPanel& panel, Selection& selection, QObject* parent)
    : QObject(parent), panel_(panel), selection_(selection) {
    connect(panel_.series(), &SeriesChart::columnWanted, this, &SeriesReader::choose);
    connect(panel_.series(), &SeriesChart::recordWanted, this,
            [this](std::uint32_t record) { selection_.selectRecord(RecordIndex(record)); });
}

void SeriesReader::clear() {
    job_.cancel();
    panel_.series()->hide();
}

void SeriesReader::follow(const Snapshot& snapshot, RecordIndex record) {
    const Record& shown = snapshot->records[raw(record)];
    if (!has_series(*snapshot, shown)) return clear();
    const bool other =
        !snapshot_ || snapshot_->source_of(snapshot_->records[raw(record_)]).path != snapshot->source_of(shown).path;
    if (other) column_.clear();
    snapshot_ = snapshot;
    record_ = record;
    read();
}

void SeriesReader::choose(const QString& column) {
    if (!snapshot_) return;
    column_ = column.toStdString();
    read();
}

void SeriesReader::read() {
    if (!panel_.series()->shown().data) panel_.series()->showMessage("Reading the series…");
    const auto work = [snapshot = snapshot_, record = record_, chosen = column_, data = data_, had = key_](std::stop_token stop) {
        const Record& row = snapshot->records[raw(record)];
        const Source& source = snapshot->source_of(row);
        ShownSeries shown = marks_of_series(*snapshot, row);
        Key key{source.path.string(), source.identity, snapshot->machine_of(row), {}};
        if (row.kind == RecordKind::row) key.column = chosen.empty() ? oddest_column(*snapshot, row) : chosen;
        shown.data = data;
        if (!data || key != had) {
            const Progress progress(stop, {});
            shown.data = SeriesData::of(qstring(key.column.empty() ? key.entity : key.column),
                                        key.column.empty() ? read_series(source.path, key.entity, {}, progress)
                                                           : read_column(source.path, key.entity, key.column, progress));
        }
        return std::pair(std::move(shown), std::move(key));
    };
    job_.start(
        work,
        [this](std::pair<ShownSeries, Key> read) {
            data_ = read.first.data;
            key_ = std::move(read.second);
            panel_.series()->show(std::move(read.first), true);
        },
        [this](const Error& error) { panel_.series()->showMessage(QString::fromUtf8(error.what())); });
}

}  // namespace abm
