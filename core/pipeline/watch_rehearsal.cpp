// A watched folder without a store: what would become of its files.
#include <algorithm>
#include <set>
#include <thread>

#include "core/decide/rule_set.h"
#include "core/pipeline/ingest.h"
#include "core/pipeline/score.h"
#include "core/pipeline/watch_report.h"

namespace abm {

struct WatchRehearsal::State {
    std::shared_ptr<const Investigation> known;  ///< of the workspace; may be null
    std::shared_ptr<const ModelSet> models;      ///< that score there; null: fitted on what is read
    int threads = 1;
    std::uint64_t seed = 1;
    ReadingChoice choice;
    std::set<std::string> seen;  ///< identities of this rehearsal

    bool has(const std::string& identity) const {
        return seen.contains(identity) ||
               (known && std::ranges::find(known->sources, identity, &Source::identity) != known->sources.end());
    }

    /// Scored as `detect` does it: by the model of the workspace, or by one of these files alone.
    void score(Investigation& read, const Progress& progress) const {
        std::vector<ModelEvidence> evidence;
        if (read.features.rows() > 0) {
            const ModelSet fitted = models ? ModelSet() : fit_models(read, seed, threads, progress);
            evidence = score_tables(read.features, models ? *models : fitted, threads, progress);
        }
        score_investigation(read, evidence);
    }

    WatchReport report(const SeenFile& file, const Investigation& read, SourceIndex index, const SourceIdentity& identity) {
        const Source& source = read.sources[raw(index)];
        if (source.format == "unknown" || source.bytes == 0) return failed_report(file, problems_of(source));
        if (has(source.identity)) return report_of(file, WatchOutcome::known);
        seen.insert(source.identity);
        const Source* const before = known ? grown_from(known->sources, identity) : nullptr;
        const WatchOutcome outcome = before ? WatchOutcome::grown : outcome_of_new(file);
        WatchReport report = report_of(file, outcome, reason_of_new(file, outcome));
        if (report.file.reason.empty()) report.file.reason = problems_of(source);
        sum_up(report, read, index, {.behind = before ? before->bytes : 0});
        return report;
    }
};

WatchRehearsal::WatchRehearsal(const WorkspaceSession* session, int threads, std::uint64_t seed, ReadingChoice choice)
    : state_(std::make_unique<State>()) {
    state_->threads = threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    state_->seed = seed;
    state_->choice = std::move(choice);
    if (!session) return;
    const TrainingInput now = session->training_input(seed);
    state_->known = now.investigation;
    state_->models = now.current;
}

WatchRehearsal::~WatchRehearsal() = default;

std::vector<WatchReport> WatchRehearsal::read(std::span<const SeenFile> files, const Progress& progress) {
    std::vector<WatchReport> reports;
    std::vector<const SeenFile*> to_read;
    std::vector<std::filesystem::path> paths;
    for (const SeenFile& file : files) {
        if (auto left_out = report_without_reading(file)) {
            reports.push_back(std::move(*left_out));
            continue;
        }
        to_read.push_back(&file);
        paths.push_back(file.path);
    }
    if (paths.empty()) return reports;
    std::vector<SourceTraces> traces;
    IngestOptions options;
    options.threads = state_->threads;
    options.rules = &RuleSet::built_in();
    options.traces = &traces;
    const ReadingChoice& choice = state_->choice;
    options.profile_of = [&](const std::filesystem::path&) { return choice.profile ? &*choice.profile : nullptr; };
    options.capture_options_of = [&](const std::filesystem::path&) { return choice.captures.value_or(CaptureOptions()); };
    for (std::size_t at = 0; state_->known && at < state_->known->sources.size(); ++at)
        options.known_lengths.push_back(state_->known->sources[at].bytes);
    Investigation read = ingest(paths, options, progress);
    state_->score(read, progress);
    for (std::size_t at = 0; at < to_read.size(); ++at) {
        if (stamp_of(to_read[at]->path) != to_read[at]->stamp) continue;  // it changed while it was read
        reports.push_back(state_->report(*to_read[at], read, static_cast<SourceIndex>(at), traces[at].identity));
    }
    return reports;
}

}  // namespace abm
