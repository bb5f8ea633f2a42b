#include "app/workbench/model_words.h"

#include <algorithm>
#include <cmath>

#include "widgets/format.h"

namespace abm {
namespace {

QString figure(double value) {
    return std::isnan(value) ? QStringLiteral("–") : score_text(static_cast<float>(std::clamp(value, 0.0, 1.0)));
}

QString with_interval(const Estimate& estimate) {
    if (std::isnan(estimate.value)) return QStringLiteral("–");
    if (std::isnan(estimate.low) || std::isnan(estimate.high)) return figure(estimate.value);
    return QStringLiteral("%1 ±%2").arg(figure(estimate.value), figure((estimate.high - estimate.low) / 2));
}

QString interval_words(const Estimate& estimate) {
    if (std::isnan(estimate.low) || std::isnan(estimate.high)) return {};
    return QStringLiteral("95 % interval: %1 to %2").arg(figure(estimate.low), figure(estimate.high));
}

QString signed_figure(double value) {
    const long hundredths = std::lround(value * 100);
    if (hundredths == 0) return QStringLiteral("±.00");
    return (hundredths > 0 ? "+" : "−") + score_text(static_cast<float>(std::abs(value)));
}

ShownMeasure measure(const QString& name, const Comparison& all, Estimate HeldOutMetrics::*which, bool more_is_better) {
    const Estimate& before = all.before.*which;
    const Estimate& after = all.after.*which;
    ShownMeasure shown{name, all.has_before ? with_interval(before) : QString(), with_interval(after), {}, interval_words(after),
                       0};
    const double difference = after.value - before.value;
    if (!all.has_before || std::isnan(difference)) return shown;
    shown.difference = signed_figure(difference);
    if (std::lround(difference * 100) != 0) shown.better = (difference > 0) == more_is_better ? 1 : -1;
    return shown;
}

ShownConfusion confusion(const Comparison& all) {
    const HeldOutMetrics& after = all.after;
    const HeldOutMetrics& before = all.before;
    ShownConfusion shown;
    shown.anomaly_found = after.true_positives;
    shown.anomaly_missed = after.false_negatives;
    shown.normal_flagged = after.false_positives;
    shown.normal_passed = after.true_negatives;
    if (all.has_before) {
        shown.found_change = after.true_positives - before.true_positives;
        shown.missed_change = after.false_negatives - before.false_negatives;
        shown.flagged_change = after.false_positives - before.false_positives;
        shown.passed_change = after.true_negatives - before.true_negatives;
    }
    return shown;
}

ShownModelState shown_state(ModelState state) {
    switch (state) {
        case ModelState::candidate:
            return ShownModelState::candidate;
        case ModelState::current:
            return ShownModelState::current;
        case ModelState::earlier:
            return ShownModelState::earlier;
        case ModelState::discarded:
            break;
    }
    return ShownModelState::discarded;
}

// What was stored by a newer program, or damaged, is no reason to hide the model itself.
Comparison stored_comparison(const std::string& text) {
    try {
        return comparison_from_text(text);
    } catch (const Error& error) {
        Comparison unreadable;
        unreadable.caveat = std::string("The figures of this model cannot be read: ") + error.what();
        return unreadable;
    }
}

}  // namespace

ShownComparison shown_comparison(const Comparison& comparison, ModelId model, ModelId before) {
    ShownComparison shown;
    shown.caveat = qstring(comparison.caveat);
    shown.after_name = QStringLiteral("model %1").arg(raw(model));
    if (comparison.has_before && raw(before) > 0) shown.before_name = QStringLiteral("model %1").arg(raw(before));
    shown.changed_sides = comparison.changed_sides;
    for (const ChangedRecord& change : comparison.changed)
        shown.changes.push_back({change.record, change.before, change.after, qstring(change.because)});
    if (comparison.folds == 0) {
        if (shown.caveat.isEmpty() && comparison.labels > 0)
            shown.caveat =
                QStringLiteral("%1: too few of one class to hold any out. Label at least %2 anomalies and %2 normal ones.")
                    .arg(counted(comparison.labels, "label", "labels"))
                    .arg(kLeastOfEach);
        return shown;
    }
    shown.summary = QStringLiteral("On held-out labels: %1 × anomaly, %2 ✓ normal · %3 folds · ± half of the 95 % interval")
                        .arg(count_text(comparison.anomalies), count_text(comparison.normals))
                        .arg(comparison.folds);
    shown.measures = {measure("average precision", comparison, &HeldOutMetrics::average_precision, true),
                      measure("area under ROC", comparison, &HeldOutMetrics::auroc, true),
                      measure("found in the first", comparison, &HeldOutMetrics::found_in_first, true),
                      measure("false alarms of normal", comparison, &HeldOutMetrics::false_alarms, false)};
    shown.confusion = confusion(comparison);
    return shown;
}

ShownModel shown_model(const ModelInfo& info, const Comparison* comparison) {
    ShownModel shown;
    shown.version = raw(info.id);
    shown.created = info.created;
    shown.who = qstring(info.who);
    shown.records = info.records;
    shown.labels = info.labels;
    shown.state = shown_state(info.state);
    const Comparison figures = comparison ? *comparison : stored_comparison(info.metrics);
    shown.detectors = qstring(figures.detectors);
    shown.held_out = figures.folds == 0 ? (info.labels == 0 ? QStringLiteral("no labels") : QStringLiteral("too few labels"))
                                        : with_interval(figures.after.average_precision);
    shown.comparison = shown_comparison(figures, info.id, info.parent);
    return shown;
}

}  // namespace abm
