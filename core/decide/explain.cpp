#include "core/decide/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "core/base/unknown.h"
#include "core/detect/sequence_model.h"
#include "core/features/session_features.h"

namespace abm {
namespace {

bool is_hour(std::string_view feature) { return feature == "hour_sin" || feature == "hour_cos"; }

/// The hour lies in two features; both are needed to say it.
std::optional<std::string> hour_text(const std::vector<Contribution>& contributions) {
    double sine = kUnknown;
    double cosine = kUnknown;
    for (const Contribution& part : contributions) {
        if (part.feature == "hour_sin") sine = part.value;
        if (part.feature == "hour_cos") cosine = part.value;
    }
    if (!std::isfinite(sine) || !std::isfinite(cosine)) return std::nullopt;
    const double turns = std::atan2(sine, cosine) / (2.0 * std::numbers::pi);
    const auto minutes = (static_cast<int>(std::lround(turns * 1440.0)) + 1440) % 1440;
    return fmt::format("it began about {:02}:{:02}, a rare hour here", minutes / 60, minutes % 60);
}

std::string usual_text(const Contribution& part) {
    const std::string low = feature_text(part.feature, part.usual_low);
    std::string high = feature_text(part.feature, part.usual_high);
    if (low == high) return high;
    // "4-21 s": the unit once.
    const bool seconds = low.ends_with(" s") && high.ends_with(" s");
    return fmt::format("{}-{}", seconds ? low.substr(0, low.size() - 2) : low, high);
}

bool outside(const Contribution& part) { return part.value < part.usual_low || part.value > part.usual_high; }

std::optional<std::string> clause_of(const Contribution& part, const std::vector<Contribution>& contributions) {
    if (part.margin <= 0 || !std::isfinite(part.value) || !std::isfinite(part.usual_low)) return std::nullopt;
    if (is_hour(part.feature)) return outside(part) ? hour_text(contributions) : std::nullopt;
    if (!outside(part)) return std::nullopt;
    if (part.feature.ends_with("_flag"))
        return fmt::format("{} {} (usual here: {})", feature_phrase(part.feature), part.value > 0.5 ? "was seen" : "was missing",
                           part.value > 0.5 ? "not" : "seen");
    // Rounding can make an odd value look like its usual range; saying "3 (usual here 1-3)" would help nobody.
    const std::string value = feature_text(part.feature, part.value);
    const std::string usual = usual_text(part);
    if (value == usual) return std::nullopt;
    return fmt::format("{} was {} (usual here {})", feature_phrase(part.feature), value, usual);
}

/// What stands out by itself.
std::vector<std::string> clauses_of(const std::vector<Contribution>& contributions, std::size_t most) {
    std::vector<std::string> clauses;
    for (const Contribution& part : contributions) {
        if (clauses.size() == most) break;
        const std::optional<std::string> clause = clause_of(part, contributions);
        if (clause && std::find(clauses.begin(), clauses.end(), *clause) == clauses.end()) clauses.push_back(*clause);
    }
    return clauses;
}

/// " and " between; empty when nothing pushes towards anomalous.
std::string leading_phrases(const std::vector<Contribution>& contributions, std::size_t most) {
    std::vector<std::string> phrases;
    for (const Contribution& part : contributions) {
        if (phrases.size() == most || part.margin <= 0) break;
        const std::string phrase = feature_phrase(part.feature);
        if (std::find(phrases.begin(), phrases.end(), phrase) == phrases.end()) phrases.push_back(phrase);
    }
    return fmt::format("{}", fmt::join(phrases, " and "));
}

std::string combination_of(const std::vector<Contribution>& contributions) {
    const std::string phrases = leading_phrases(contributions, 2);
    if (phrases.empty()) return "no single value stands out";
    return fmt::format("no single value stands out; the combination is rare here, above all {}", phrases);
}

std::string forest_sentence(const std::vector<Contribution>& contributions) {
    const std::vector<std::string> clauses = clauses_of(contributions, 2);
    return fmt::format("Unusual course: {}.",
                       clauses.empty() ? combination_of(contributions) : fmt::format("{}", fmt::join(clauses, ", and ")));
}

}  // namespace

std::vector<Contribution> contributions_of(const Detector& detector, const UsualRanges& ranges, const Dataset& data,
                                           Eigen::Index row, MachineIndex machine) {
    std::vector<Contribution> contributions;
    const Eigen::VectorXd margins = detector.contributions(data, row);
    const double positive = margins.cwiseMax(0.0).sum();
    for (Eigen::Index feature = 0; feature < margins.size(); ++feature) {
        const std::string& name = data.features.names[static_cast<std::size_t>(feature)];
        Contribution part;
        part.feature = natural_name(name);
        part.value = natural_value(name, data.features.values(row, feature));
        const auto [low, high] = ranges.of(machine, feature);
        part.usual_low = low;
        part.usual_high = high;
        part.margin = margins[feature];
        part.share = positive > 0 ? std::max(0.0, part.margin) / positive : 0.0;
        contributions.push_back(std::move(part));
    }
    std::stable_sort(contributions.begin(), contributions.end(),
                     [](const Contribution& a, const Contribution& b) { return a.margin > b.margin; });
    return contributions;
}

std::string channel_sentence(std::string_view heading, const std::vector<Contribution>& contributions, std::size_t most) {
    const std::vector<std::string> clauses = clauses_of(contributions, most);
    if (!clauses.empty()) return fmt::format("{}: {}.", heading, fmt::join(clauses, ", and "));
    const std::string phrases = leading_phrases(contributions, most);
    return phrases.empty() ? fmt::format("{}.", heading) : fmt::format("{}: above all {}.", heading, phrases);
}

std::string channel_words(std::string_view name) {
    if (name == "stats") return "single extreme value";
    if (name == "knn") return "distance to its nearest";
    return name == "sequence" ? "order of its lines" : std::string(name);
}

std::string sequence_sentence(std::string_view heading, const OddStep& step) {
    const Transition said{step.position, step.from, step.to, step.bits, step.expected, step.expected_share};
    return fmt::format("{}: {}.", heading, sentence_of(said));
}

std::string unusual_sentence(const Explanation& explanation, bool provisional) {
    const bool raised = !explanation.channels.empty() && !explanation.channels.front().sentence.empty() &&
                        explanation.raised - explanation.deviations > explanation.deviations;
    std::string sentence = raised ? explanation.channels.front().sentence : forest_sentence(explanation.contributions);
    if (provisional) sentence.insert(sentence.size() - 1, " (provisional: few sessions to compare with)");
    return sentence;
}

}  // namespace abm
