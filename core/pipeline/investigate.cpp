#include "core/pipeline/investigate.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "core/decide/rule_set.h"
#include "core/pipeline/ingest.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

class Scored final : public ScoredInvestigation {
public:
    Scored(std::shared_ptr<const Investigation> investigation, std::optional<ModelSet> models)
        : investigation_(std::move(investigation)), models_(std::move(models)) {}

    std::shared_ptr<const Investigation> investigation() const override { return investigation_; }
    Explanation explain(RecordIndex record) const override {
        return explain_record(*investigation_, models_ ? &*models_ : nullptr, record);
    }

private:
    std::shared_ptr<const Investigation> investigation_;
    std::optional<ModelSet> models_;
};

// Partial snapshots carry no model: their scores are those of their tiers.
std::function<void(std::shared_ptr<const Investigation>)> scored_partials(const InvestigateOptions& options) {
    if (!options.on_partial) return {};
    return [&options](const std::shared_ptr<const Investigation>& partial) {
        auto scored = std::make_shared<Investigation>(*partial);
        score_investigation(*scored, {});
        options.on_partial(std::move(scored));
    };
}

}  // namespace

std::shared_ptr<const ScoredInvestigation> investigate(std::span<const std::filesystem::path> inputs,
                                                       const InvestigateOptions& options, const Progress& progress) {
    const std::vector<std::filesystem::path> files = expand_inputs(inputs);
    IngestOptions reading;
    reading.threads = options.threads > 0 ? options.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    reading.rules = options.rules ? options.rules : &RuleSet::built_in();
    reading.on_partial = scored_partials(options);
    if (options.profile) reading.profile_of = [&options](const std::filesystem::path&) { return options.profile; };
    reading.capture_options_of = [&options](const std::filesystem::path&) { return options.captures; };
    auto investigation = std::make_shared<Investigation>(ingest(files, reading, progress));

    std::optional<ModelSet> models;
    if (options.models && investigation->features.rows() > 0) {
        progress.checkpoint(0.0, "fitting the model");
        models = fit_models(*investigation, options.seed, reading.threads, progress, {}, options.settings);
    }
    progress.checkpoint(0.5, "scoring");
    std::vector<ModelEvidence> evidence;
    if (models) evidence = score_tables(investigation->features, *models, reading.threads, progress);
    score_investigation(*investigation, evidence);
    return std::make_shared<Scored>(std::move(investigation), std::move(models));
}

}  // namespace abm
