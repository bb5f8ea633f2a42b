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
    Scored(std::shared_ptr<const Investigation> investigation, std::optional<JournalModel> model)
        : investigation_(std::move(investigation)), model_(std::move(model)) {}

    std::shared_ptr<const Investigation> investigation() const override { return investigation_; }
    Explanation explain(RecordIndex record) const override {
        return explain_record(*investigation_, model_ ? &*model_ : nullptr, record);
    }

private:
    std::shared_ptr<const Investigation> investigation_;
    std::optional<JournalModel> model_;
};

// Partial snapshots carry no model: their scores are those of their tiers.
std::function<void(std::shared_ptr<const Investigation>)> scored_partials(const InvestigateOptions& options) {
    if (!options.on_partial) return {};
    return [&options](const std::shared_ptr<const Investigation>& partial) {
        auto scored = std::make_shared<Investigation>(*partial);
        score_investigation(*scored, {}, false);
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
    auto investigation = std::make_shared<Investigation>(ingest(files, reading, progress));

    std::optional<JournalModel> model;
    if (options.models && investigation->features->rows() > 0) {
        progress.checkpoint(0.0, "fitting the model");
        model = fit_journal_model(*investigation->features, machines_of_rows(*investigation), investigation->machines,
                                  options.seed, reading.threads, progress);
    }
    progress.checkpoint(0.5, "scoring");
    std::vector<ModelEvidence> evidence;
    if (model) evidence = score_records(*investigation->features, *model, reading.threads, progress);
    score_investigation(*investigation, evidence, model && model->calibration.provisional());
    return std::make_shared<Scored>(std::move(investigation), std::move(model));
}

}  // namespace abm
