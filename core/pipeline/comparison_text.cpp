// What a workspace keeps of a comparison beside the model it is about.
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/features/model_document.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/train.h"

namespace abm {
namespace {

[[noreturn]] void corrupt_figures(std::string_view what) {
    throw Error(ErrorCode::Corrupt, fmt::format("The kept figures of a model are damaged: {}.", what));
}

/// JSON knows no NaN: what cannot be told is null.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json saved(const Estimate& estimate) {
    return {{"value", number(estimate.value)}, {"low", number(estimate.low)}, {"high", number(estimate.high)}};
}

Json saved(const HeldOutMetrics& metrics) {
    return {{"auroc", saved(metrics.auroc)},
            {"average_precision", saved(metrics.average_precision)},
            {"found_in_first", saved(metrics.found_in_first)},
            {"false_alarms", saved(metrics.false_alarms)},
            {"true_positives", metrics.true_positives},
            {"false_positives", metrics.false_positives},
            {"true_negatives", metrics.true_negatives},
            {"false_negatives", metrics.false_negatives}};
}

const Json* find(const Json& object, const char* name) {
    if (!object.is_object()) corrupt_figures(fmt::format("\"{}\" has nothing around it", name));
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

void read(const Json& object, const char* name, double& into) {
    const Json* value = find(object, name);
    if (value == nullptr) return;
    if (!value->is_number()) corrupt_figures(fmt::format("\"{}\" is not a number", name));
    into = value->get<double>();
}

void read(const Json& object, const char* name, std::int64_t& into) {
    if (find(object, name) != nullptr) into = integer(object, name, 0, std::numeric_limits<std::int64_t>::max());
}

void read(const Json& object, const char* name, std::string& into) {
    const Json* value = find(object, name);
    if (value == nullptr) return;
    if (!value->is_string()) corrupt_figures(fmt::format("\"{}\" is not text", name));
    into = value->get<std::string>();
}

void read(const Json& object, const char* name, Estimate& into) {
    const Json* value = find(object, name);
    if (value == nullptr) return;
    read(*value, "value", into.value);
    read(*value, "low", into.low);
    read(*value, "high", into.high);
}

HeldOutMetrics loaded(const Json* object) {
    HeldOutMetrics metrics = no_metrics();
    if (object == nullptr) return metrics;
    read(*object, "auroc", metrics.auroc);
    read(*object, "average_precision", metrics.average_precision);
    read(*object, "found_in_first", metrics.found_in_first);
    read(*object, "false_alarms", metrics.false_alarms);
    read(*object, "true_positives", metrics.true_positives);
    read(*object, "false_positives", metrics.false_positives);
    read(*object, "true_negatives", metrics.true_negatives);
    read(*object, "false_negatives", metrics.false_negatives);
    return metrics;
}

}  // namespace

std::string comparison_text(const Comparison& comparison) {
    const Json document{{"labels", comparison.labels},
                        {"anomalies", comparison.anomalies},
                        {"normals", comparison.normals},
                        {"folds", comparison.folds},
                        {"threshold", number(comparison.threshold)},
                        {"before", comparison.has_before ? saved(comparison.before) : Json()},
                        {"after", saved(comparison.after)},
                        {"changed_sides", comparison.changed_sides},
                        {"caveat", comparison.caveat},
                        {"detectors", comparison.detectors}};
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Comparison comparison_from_text(std::string_view text) {
    const Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded() || !document.is_object()) corrupt_figures("they are not a JSON object");
    Comparison comparison;
    read(document, "labels", comparison.labels);
    read(document, "anomalies", comparison.anomalies);
    read(document, "normals", comparison.normals);
    if (find(document, "folds") != nullptr) comparison.folds = static_cast<int>(integer(document, "folds", 0, 1'000));
    read(document, "threshold", comparison.threshold);
    const Json* before = find(document, "before");
    comparison.has_before = before != nullptr;
    comparison.before = loaded(before);
    comparison.after = loaded(find(document, "after"));
    read(document, "changed_sides", comparison.changed_sides);
    read(document, "caveat", comparison.caveat);
    read(document, "detectors", comparison.detectors);
    return comparison;
}

}  // namespace abm
