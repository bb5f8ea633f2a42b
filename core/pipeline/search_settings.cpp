#include "core/pipeline/search_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>

#include "core/detect/isolation_forest.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/detect/one_class_svm.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/label_votes.h"
#include "core/pipeline/training_subjects.h"

namespace abm {
namespace {

using Clock = std::chrono::steady_clock;

/// One change of the current settings. Of those of one dimension only one can be part of the last candidate.
struct Change {
    std::string dimension;
    std::string words;
    std::function<void(ModelSettings&)> make;
};

Change assignment(const std::string& dimension, const std::string& words, const std::string& text) {
    return {dimension, words, [text](ModelSettings& settings) { set_param(settings, text); }};
}

Change added(std::string_view kind, const std::string& words, const ChannelSettings& channel) {
    return {std::string(kind), words, [channel](ModelSettings& settings) { settings.channels.push_back(channel); }};
}

/// The cheap ones first. Exact machines of 10,000 rows take seconds that cannot be interrupted, so they get fewer here.
std::vector<Change> changes_of(const ModelSettings& current) {
    std::vector<Change> changes;
    for (const ChannelSettings& channel : current.channels) {
        for (const double factor : {0.0, 0.5, 2.0}) {
            const double weight = std::min(kMostChannelWeight, channel.weight * factor);
            changes.push_back(assignment(channel.kind + " weight", fmt::format("{} weight {}", channel.kind, weight),
                                         fmt::format("{}.weight={}", channel.kind, weight)));
        }
    }
    if (has_channel(current, KnnDetector::kKind)) {
        for (const int k : {3, 5, 10, 20})
            changes.push_back(assignment("knn k", fmt::format("knn k {}", k), fmt::format("knn.k={}", k)));
    }
    for (const int trees : {50, 100, 200, 400})
        changes.push_back(assignment("trees", fmt::format("{} trees", trees), fmt::format("iforest.trees={}", trees)));
    for (const char* nu : {"0.1", "0.5"}) {
        if (has_channel(current, OneClassSvm::kKind))
            changes.push_back(assignment("ocsvm nu", fmt::format("ocsvm nu {}", nu), fmt::format("ocsvm.nu={}", nu)));
        else
            changes.push_back(added(OneClassSvm::kKind, fmt::format("with ocsvm, nu {}, weight 0.5", nu),
                                    {std::string(OneClassSvm::kKind), {{"nu", nu}, {"exact_rows", "2000"}}, 0.5}));
    }
    if (!has_channel(current, LofDetector::kKind))
        changes.push_back(added(LofDetector::kKind, "with lof, k 20, weight 0.5",
                                {std::string(LofDetector::kKind), {{"reference", "4096"}}, 0.5}));
    return changes;
}

/// What a parameter is when nothing is said of it makes no difference when it is said.
std::map<std::string, std::string> spelled_out(const ModelSettings& settings) {
    std::map<std::string, std::string> all;
    const auto spell = [&](std::string_view kind, const ParamTexts& params) {
        for (const ParamInfo& param : detector_info(kind)->params) {
            const std::string usual = param.words.empty() ? fmt::format("{}", param.absent) : std::string(param.words.front());
            const auto said = params.find(std::string(param.name));
            all[fmt::format("{}.{}", kind, param.name)] = said == params.end() ? usual : said->second;
        }
    };
    spell(IsolationForest::kKind, settings.forest_params);
    for (const ChannelSettings& channel : settings.channels) {
        if (channel.weight == 0) continue;
        spell(channel.kind, channel.params);
        all[channel.kind + ".weight"] = fmt::format("{}", channel.weight);
    }
    return all;
}

/// The population of labels and how a model with some settings scores it without having seen them.
class Judge {
public:
    Judge(const TrainingInput& input, SettingsSearch& search) : input_(input), subjects_(subjects_of(input)) {
        const std::vector<LearnedLabel> labels = labels_of(subjects_);
        Comparison counts;
        count_labels(labels, counts);
        search.labels = counts.labels;
        search.anomalies = counts.anomalies;
        search.normals = counts.normals;
        search.caveat = caveat_of(counts);
        folds_ = folds_of(labels);
        if (folds_.empty()) throw Error(ErrorCode::Invalid, "Settings cannot be compared. " + search.caveat);
        search.folds = *std::ranges::max_element(folds_) + 1;
        for (const LearnedLabel& label : labels) anomaly_.push_back(label.anomaly);
    }

    const std::vector<bool>& anomaly() const { return anomaly_; }

    /// [labels] displayed scores. The same seed draws the same rows and folds for every candidate.
    std::vector<double> scores(const ModelSettings& settings, const Progress& progress) const {
        std::vector<double> all;
        for (const Subject& subject : subjects_) {
            const Investigation& investigation = *input_.investigation;
            const Lessons& lessons = subject.lessons;
            JournalModel model = fit_table(investigation, subject.table, input_.seed, input_.threads, progress, settings);
            const std::vector<LearnedLabel> taught = lessons.all();
            model.votes = fit_votes(model, investigation.features[subject.table].features, taught, input_.threads, progress);
            const std::span<const int> own = std::span(folds_).subspan(all.size(), lessons.learned.size());
            const HeldOutScores found =
                held_out_scores(investigation, lessons.records, lessons.learned, own, model, taught, input_.threads, progress);
            all.insert(all.end(), found.displayed.begin(), found.displayed.end());
        }
        return all;
    }

private:
    const TrainingInput& input_;
    std::vector<Subject> subjects_;
    std::vector<int> folds_;
    std::vector<bool> anomaly_;
};

/// Stops the work of a candidate when the time is up, or the user wants it.
class Deadline {
public:
    Deadline(double seconds, const Progress& outer)
        : end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds))),
          outer_(outer),
          passed_on_(outer.stop_token(), [this] { stop_.request_stop(); }) {}

    bool over() const { return Clock::now() >= end_; }
    /// For one candidate of so many; without `bounded` only the user ends it.
    Progress progress(std::size_t at, std::size_t of, bool bounded) {
        const double share = static_cast<double>(at) / static_cast<double>(of);
        return {stop_.get_token(), [this, share, bounded](double, std::string_view) {
                    if (bounded && over()) stop_.request_stop();
                    outer_.checkpoint(share, "searching");
                }};
    }

private:
    Clock::time_point end_;
    const Progress& outer_;
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> passed_on_;
};

class Search {
public:
    Search(const TrainingInput& input, double seconds, const Progress& progress)
        : judge_(input, found_), deadline_(seconds, progress), outer_(progress) {}

    SettingsSearch run(const ModelSettings& current) {
        const std::vector<Change> changes = different(current);
        found_.planned = changes.size() + 2;  // beside the current settings the best of each together
        consider(current, "current settings", false);
        std::vector<const Change*> tried;
        for (const Change& change : changes) {
            ModelSettings settings = current;
            change.make(settings);
            if (!consider(std::move(settings), change.words, true)) return finished();
            tried.push_back(&change);
        }
        together(current, tried);
        return finished();
    }

private:
    static std::vector<Change> different(const ModelSettings& current) {
        std::vector<Change> changes = changes_of(current);
        std::erase_if(changes, [&](const Change& change) {
            ModelSettings settings = current;
            change.make(settings);
            return spelled_out(settings) == spelled_out(current);
        });
        return changes;
    }

    /// False when the time was up before it was ready.
    bool consider(ModelSettings settings, std::string words, bool bounded) {
        if (bounded && deadline_.over()) return false;
        const Progress progress = deadline_.progress(found_.candidates.size(), found_.planned, bounded);
        try {
            scores_.push_back(judge_.scores(settings, progress));
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Cancelled || outer_.cancelled()) throw;
            return false;
        }
        const HeldOutMetrics metrics = held_out_metrics(scores_.back(), judge_.anomaly(), 0.5, 1);
        found_.candidates.push_back({std::move(settings), std::move(words), metrics, {}, false});
        return true;
    }

    /// The best change of each dimension that gained anything at all, if there are several.
    void together(const ModelSettings& current, const std::vector<const Change*>& tried) {
        const double now = found_.candidates.front().metrics.average_precision.value;
        std::map<std::string, std::pair<double, const Change*>> best;
        for (std::size_t at = 0; at < tried.size(); ++at) {
            const double gained = found_.candidates[at + 1].metrics.average_precision.value - now;
            auto& known = best[tried[at]->dimension];
            if (gained > known.first) known = {gained, tried[at]};
        }
        ModelSettings settings = current;
        std::vector<std::string> words;
        for (const auto& [dimension, change] : best) {
            if (change.second == nullptr) continue;
            change.second->make(settings);
            words.push_back(change.second->words);
        }
        if (words.size() < 2)
            --found_.planned;
        else
            consider(std::move(settings), fmt::format("{}", fmt::join(words, ", ")), true);
    }

    SettingsSearch finished() {
        const std::vector<Estimate> differences = precision_differences(scores_, judge_.anomaly(), 1);
        double most = 0;
        for (std::size_t at = 0; at < differences.size(); ++at) {
            SearchCandidate& candidate = found_.candidates[at];
            candidate.difference = differences[at];
            candidate.better = at > 0 && candidate.difference.low > 0;
            if (!candidate.better || candidate.difference.value <= most) continue;
            most = candidate.difference.value;
            found_.suggested = at;
        }
        found_.verdict = verdict();
        return std::move(found_);
    }

    std::string verdict() const {
        if (found_.suggested > 0) {
            const SearchCandidate& best = found_.candidates[found_.suggested];
            return fmt::format(
                "{} finds more than the current settings, beyond chance: average precision {:+.3f} ({:+.3f} to {:+.3f}).",
                best.change, best.difference.value, best.difference.low, best.difference.high);
        }
        if (found_.candidates.size() == 1) return "There was no time to try another: the current settings stay.";
        const auto best =
            std::ranges::max_element(found_.candidates, {}, [](const SearchCandidate& c) { return c.difference.value; });
        if (best->difference.value <= 0) return "No other settings find more: the current ones stay.";
        return fmt::format(
            "The largest gain, {:+.3f} with {}, may be chance (interval {:+.3f} to {:+.3f}): the current settings stay.",
            best->difference.value, best->change, best->difference.low, best->difference.high);
    }

    SettingsSearch found_;  // before judge_, which fills a part of it
    Judge judge_;
    Deadline deadline_;
    const Progress& outer_;
    std::vector<std::vector<double>> scores_;  // [candidates][labels]
};

}  // namespace

SettingsSearch search_settings(const TrainingInput& input, double seconds, const Progress& progress) {
    progress.checkpoint(0.0, "searching");
    const ModelSettings current = settings_of(input);
    check_settings_to_keep(current);
    return Search(input, seconds, progress).run(current);
}

}  // namespace abm
