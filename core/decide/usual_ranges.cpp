#include "core/decide/usual_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/unknown.h"
#include "core/features/session_features.h"

namespace abm {
namespace {

constexpr std::string_view kRangesKind = "usual-ranges";
constexpr int kRangesFormat = 1;

[[noreturn]] void corrupt(std::string_view what) {
    throw Error(ErrorCode::Corrupt, fmt::format("The saved usual ranges are damaged: {}. Train the model again.", what));
}

/// Of the values, as if they were sorted; linear interpolation.
double percentile(std::vector<float>& values, double share) {
    const double at = share * static_cast<double>(values.size() - 1);
    const auto below = values.begin() + static_cast<std::ptrdiff_t>(at);
    std::nth_element(values.begin(), below, values.end());
    const float above = below + 1 == values.end() ? *below : *std::min_element(below + 1, values.end());
    const double part = at - std::floor(at);
    return (1.0 - part) * static_cast<double>(*below) + part * static_cast<double>(above);
}

/// In natural units.
UsualRanges::Range range_of(std::vector<float>& values, std::string_view name) {
    if (values.empty()) return {kUnknown, kUnknown};
    const double low = percentile(values, 0.05);
    return {natural_value(name, low), natural_value(name, percentile(values, 0.95))};
}

/// From evenly spaced rows when there are many: percentiles for people need no more precision, sorting a million rows would take
/// seconds.
std::vector<UsualRanges::Range> ranges_of(const FeatureMatrix& data, std::span<const Eigen::Index> rows) {
    constexpr std::size_t kMostRows = 8192;
    const std::size_t stride = std::max<std::size_t>(1, rows.size() / kMostRows);
    std::vector<UsualRanges::Range> ranges;
    std::vector<float> known;
    for (Eigen::Index column = 0; column < data.columns(); ++column) {
        known.clear();
        for (std::size_t at = 0; at < rows.size(); at += stride) {
            if (const float value = data.values(rows[at], column); std::isfinite(value)) known.push_back(value);
        }
        ranges.push_back(range_of(known, data.names[static_cast<std::size_t>(column)]));
    }
    return ranges;
}

/// JSON knows no NaN: what is unknown is null.
Json saved(const std::vector<UsualRanges::Range>& ranges) {
    Json low = Json::array();
    Json high = Json::array();
    for (const UsualRanges::Range& range : ranges) {
        const bool known = std::isfinite(range.low) && std::isfinite(range.high);
        low.push_back(known ? Json(range.low) : Json());
        high.push_back(known ? Json(range.high) : Json());
    }
    return {{"low", std::move(low)}, {"high", std::move(high)}};
}

double number_or_unknown(const Json& value) {
    if (value.is_null()) return kUnknown;
    if (!value.is_number() || !std::isfinite(value.get<double>())) corrupt("a limit is not a number");
    return value.get<double>();
}

std::vector<UsualRanges::Range> loaded(const Json& document) {
    const Json& low = member(document, "low");
    const Json& high = member(document, "high");
    if (!low.is_array() || !high.is_array() || low.size() != high.size()) corrupt("limits do not come in pairs");
    std::vector<UsualRanges::Range> ranges;
    for (std::size_t at = 0; at < low.size(); ++at) {
        const UsualRanges::Range range{number_or_unknown(low[at]), number_or_unknown(high[at])};
        if (std::isnan(range.low) != std::isnan(range.high) || range.low > range.high) corrupt("a range ends before it begins");
        ranges.push_back(range);
    }
    return ranges;
}

}  // namespace

UsualRanges::UsualRanges(const FeatureMatrix& data, std::span<const MachineIndex> machines) {
    if (static_cast<Eigen::Index>(machines.size()) != data.rows())
        throw Error(ErrorCode::Invalid, fmt::format("{} machines for {} feature rows.", machines.size(), data.rows()));
    std::vector<Eigen::Index> every;
    std::vector<std::vector<Eigen::Index>> rows_of;
    for (Eigen::Index row = 0; row < data.rows(); ++row) {
        const std::size_t machine = raw(machines[static_cast<std::size_t>(row)]);
        if (machine >= rows_of.size()) rows_of.resize(machine + 1);
        rows_of[machine].push_back(row);
        every.push_back(row);
    }
    all_ = ranges_of(data, every);
    by_machine_.resize(rows_of.size());
    for (std::size_t machine = 0; machine < rows_of.size(); ++machine) {
        if (static_cast<Eigen::Index>(rows_of[machine].size()) >= kLeastRows)
            by_machine_[machine] = ranges_of(data, rows_of[machine]);
    }
}

UsualRanges::Range UsualRanges::of(MachineIndex machine, Eigen::Index feature) const {
    const auto column = static_cast<std::size_t>(feature);
    if (raw(machine) < by_machine_.size()) {
        const Ranges& own = by_machine_[raw(machine)];
        if (!own.empty() && std::isfinite(own[column].low)) return own[column];
    }
    return column < all_.size() ? all_[column] : Range{kUnknown, kUnknown};
}

Json UsualRanges::save() const {
    Json document = model_document(kRangesKind, kRangesFormat);
    document["all"] = saved(all_);
    Json& machines = document["machines"] = Json::array();
    for (const Ranges& own : by_machine_) machines.push_back(own.empty() ? Json() : saved(own));
    return document;
}

UsualRanges UsualRanges::load(const Json& document) {
    check_model_header(document, kRangesKind, kRangesFormat);
    UsualRanges ranges;
    ranges.all_ = loaded(member(document, "all"));
    const Json& machines = member(document, "machines");
    if (!machines.is_array()) corrupt("there is no list of machines");
    for (const Json& own : machines) {
        ranges.by_machine_.push_back(own.is_null() ? Ranges() : loaded(own));
        if (!own.is_null() && ranges.by_machine_.back().size() != ranges.all_.size()) corrupt("machines differ in features");
    }
    return ranges;
}

}  // namespace abm
