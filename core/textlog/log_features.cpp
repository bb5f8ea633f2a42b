#include "core/textlog/log_features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace abm {
namespace {

constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

float number(double value) { return static_cast<float>(value); }
float number(std::int64_t value) { return static_cast<float>(value); }
float share(std::int64_t part, std::int64_t whole) {
    return whole > 0 ? number(static_cast<double>(part) / static_cast<double>(whole)) : kUnknown;
}

/// Counts how often each key came; ordered, so that sums do not depend on a hash.
class Counts {
public:
    void add(std::int64_t key) { ++counts_[key]; }
    std::int64_t distinct() const { return static_cast<std::int64_t>(counts_.size()); }
    auto begin() const { return counts_.begin(); }
    auto end() const { return counts_.end(); }
    /// Shannon's entropy of the shares, in bits.
    double entropy(std::int64_t total) const {
        double bits = 0;
        for (const auto& [key, count] : counts_) {
            const double p = static_cast<double>(count) / static_cast<double>(total);
            bits -= p * std::log2(p);
        }
        return std::max(0.0, bits);
    }

private:
    std::map<std::int64_t, std::int64_t> counts_;
};

/// What happened: the event where the profile knows it, else the template.
double type_entropy(const RecordTally& record, const TemplateUse& use) {
    Counts types;
    for (const LineToken token : record.tokens) types.add(token.event >= 0 ? -1 - token.event : std::int64_t{use.of(token)});
    return types.entropy(record.lines());
}

FeatureMatrix empty_matrix(std::vector<std::string> names, std::size_t rows) {
    FeatureMatrix matrix;
    matrix.values.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(names.size()));
    matrix.names = std::move(names);
    return matrix;
}

std::vector<float> entity_row(const RecordTally& record, const TemplateUse& use) {
    const Intervals& gaps = record.intervals;
    const bool paced = gaps.count > 0;
    const double duration_s = record.duration_s();
    return {number(record.lines()),
            number(record.count(EventRole::attach)),
            number(record.count(EventRole::detach)),
            number(record.count(EventRole::attach_failed)),
            number(record.count(EventRole::attach_timeout)),
            number(record.count(EventRole::abnormal_detach)),
            number(record.count(EventRole::forced_detach)),
            number(record.failure_rate()),
            paced ? number(gaps.mean) : kUnknown,
            paced ? number(std::sqrt(gaps.squares / static_cast<double>(gaps.count))) : kUnknown,
            paced ? number(gaps.least) : kUnknown,
            record.timed > 0 ? number(gaps.rapid) : kUnknown,
            record.timed > 0 ? number(duration_s) : kUnknown,
            duration_s > 0 ? number(static_cast<double>(record.timed) * 60 / duration_s) : kUnknown,
            number(type_entropy(record, use))};
}

std::vector<float> window_row(const RecordTally& record, std::uint32_t index, const TemplateUse& use, double window_s) {
    Counts templates;
    for (const LineToken token : record.tokens) templates.add(use.of(token));
    double most_bits = 0, sum_bits = 0;
    std::int64_t fresh = 0;
    for (const auto& [id, count] : templates) {
        const double bits = use.surprise_bits(static_cast<TemplateId>(id));
        sum_bits += bits * static_cast<double>(count);
        most_bits = std::max(most_bits, bits);
        fresh += use.tally[static_cast<std::size_t>(id)].first_record == index ? 1 : 0;
    }
    const double span_s = window_s > 0 ? window_s : record.duration_s();
    return {number(record.lines()),
            number(templates.distinct()),
            number(fresh),
            number(most_bits),
            number(sum_bits / static_cast<double>(record.lines())),
            number(templates.entropy(record.lines())),
            number(record.errors),
            share(record.errors, record.lines()),
            number(record.warnings),
            number(record.not_understood),
            record.timed > 0 && span_s > 0 ? number(static_cast<double>(record.lines()) / span_s) : kUnknown,
            record.timed > 0 ? number(record.longest.seconds) : kUnknown};
}

void set_row(FeatureMatrix& matrix, std::size_t row, const std::vector<float>& values) {
    for (std::size_t column = 0; column < values.size(); ++column) {
        matrix.values(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column)) = values[column];
    }
}

}  // namespace

double TemplateUse::surprise_bits(TemplateId id) const {
    const std::int64_t lines = tally[id].lines;
    return lines > 0 ? std::log2(static_cast<double>(all_lines) / static_cast<double>(lines)) : 0;
}

TemplateUse template_use(Templates templates, const LogTally& tally) {
    TemplateUse use{std::move(templates), {}, tally.lines()};
    use.tally.resize(use.templates.texts.size());
    for (std::size_t shape = 0; shape < tally.shapes().size(); ++shape) {
        const ShapeTally& part = tally.shapes()[shape];
        if (part.lines == 0) continue;
        ShapeTally& whole = use.tally[use.templates.of(ShapeId{static_cast<std::uint32_t>(shape)})];
        const std::int64_t lines = whole.lines + part.lines;
        if (whole.lines == 0 || part.first_number < whole.first_number) whole = part;
        whole.lines = lines;
    }
    return use;
}

FeatureMatrix entity_features(std::span<const RecordTally> records, const TemplateUse& use) {
    FeatureMatrix matrix =
        empty_matrix({"events", "attaches", "detaches", "failed_attaches", "attach_timeouts", "abnormal_detaches",
                      "forced_detaches", "failure_rate", "interval_mean_s", "interval_std_s", "interval_min_s", "rapid_events",
                      "duration_s", "events_per_min", "type_entropy_bits"},
                     records.size());
    for (std::size_t i = 0; i < records.size(); ++i) set_row(matrix, i, entity_row(records[i], use));
    return matrix;
}

FeatureMatrix window_features(std::span<const RecordTally> records, const TemplateUse& use, double window_s) {
    FeatureMatrix matrix = empty_matrix(
        {"lines", "distinct_templates", "new_templates", "surprise_max_bits", "surprise_mean_bits", "template_entropy_bits",
         "error_lines", "error_share", "warning_lines", "lines_not_understood", "lines_per_s", "longest_gap_s"},
        records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        set_row(matrix, i, window_row(records[i], static_cast<std::uint32_t>(i), use, window_s));
    }
    return matrix;
}

TokenSequences template_sequences(std::span<const RecordTally> records, const TemplateUse& use) {
    TokenSequences sequences;
    sequences.words = use.templates.texts;
    for (const RecordTally& record : records) {
        for (const LineToken token : record.tokens) sequences.tokens.push_back(static_cast<Token>(use.of(token)));
        sequences.end_sequence();
    }
    return sequences;
}

}  // namespace abm
