#include "core/pipeline/workspace_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

#include "core/decide/rule_set.h"
#include "core/decide/rule_weights.h"
#include "core/pipeline/append.h"
#include "core/pipeline/attach_labels.h"
#include "core/pipeline/held_out.h"
#include "core/pipeline/live_scores.h"
#include "core/pipeline/score.h"
#include "core/store/source_store.h"

namespace abm {

namespace fs = std::filesystem;

namespace {

std::int64_t number_in(const std::optional<std::string>& text) {
    std::int64_t number = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), number);
    return std::max<std::int64_t>(number, 0);
}

}  // namespace

struct WorkspaceSession::State {
    State(Workspace opened, SessionOptions given)
        : workspace(std::move(opened)), sources(workspace), labels(workspace), registry(workspace), options(std::move(given)) {
        if (options.threads <= 0) options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        if (!options.rules) options.rules = &RuleSet::built_in();
    }

    bool writes() const { return options.access == Workspace::Access::read_write; }
    std::int64_t last_event() const { return events.empty() ? 0 : events.back().id; }
    const Investigation& shown() const { return *snapshot->investigation(); }

    void load(const Progress& progress);
    void offer_stored(StoredInvestigation stored);
    void use_current_model(const Progress& progress);
    void use(std::shared_ptr<const ModelSet> models, ModelId id, const Progress& progress);
    void first_model(const Progress& progress);
    void show(Investigation next);
    void show_again() { show(Investigation(shown())); }
    void take_events();
    void keep_scores();
    ModelInfo info_of(const ModelSet& models) const;
    std::optional<LabelOutcome> changed(const std::optional<StepChange>& change);

    Workspace workspace;
    SourceStore sources;
    LabelStore labels;
    ModelRegistry registry;
    SessionOptions options;
    std::vector<StoredSource> known;
    std::vector<SourceId> ids;
    std::vector<LabelEvent> events;
    std::shared_ptr<LiveScores> live;  ///< null: rules alone
    ModelId model{};                   ///< that scores; 0: none, or one from a file
    std::shared_ptr<const ScoredInvestigation> snapshot;
    std::vector<std::string> notes;
    bool scores_stored = true;
};

void WorkspaceSession::State::load(const Progress& progress) {
    known = sources.list();
    events = labels.events();
    const bool offers = static_cast<bool>(options.on_partial) && !snapshot;
    StoredInvestigation stored =
        sources.load(progress, offers ? [this](StoredInvestigation first) { offer_stored(std::move(first)); }
                                      : std::function<void(StoredInvestigation)>());
    ids = std::move(stored.ids);
    snapshot = std::make_shared<LiveScored>(std::make_shared<const Investigation>(std::move(stored.investigation)), nullptr);
    use_current_model(progress);
}

/// What was shown last, before movements and features are read: enough to look and to scroll.
void WorkspaceSession::State::offer_stored(StoredInvestigation stored) {
    Investigation& first = stored.investigation;
    attach_labels(first, stored.ids, standing_verdicts(events));
    const auto current = registry.current();
    if (!current || !sources.load_scores(first, stored.ids, current->id)) score_investigation(first, {});
    first.partial = true;
    options.on_partial(std::make_shared<const Investigation>(std::move(first)));
}

void WorkspaceSession::State::use_current_model(const Progress& progress) {
    notes.clear();
    const auto info = registry.current();
    // The one in use keeps what it said of rows that are known.
    auto current = info && live && info->id == model ? live->models() : nullptr;
    try {
        if (info && !current) current = std::make_shared<const ModelSet>(load_models(registry.document(info->id)));
        use(current, info ? info->id : ModelId{}, progress);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Mismatch && error.code() != ErrorCode::Corrupt) throw;
        notes.push_back(fmt::format("Model {} is not used: {}", raw(info->id), error.what()));
        use(nullptr, {}, progress);
    }
}

void WorkspaceSession::State::use(std::shared_ptr<const ModelSet> scoring, ModelId id, const Progress& progress) {
    live = scoring && shown().features.rows() > 0
               ? std::make_shared<LiveScores>(std::move(scoring), shown(), options.threads, progress, live.get())
               : nullptr;
    model = live ? id : ModelId{};
    show_again();
}

/// Models without labels need no expert's decision: the first one of each kind of record is taken as it comes.
void WorkspaceSession::State::first_model(const Progress& progress) {
    const auto before = live ? live->models() : std::make_shared<const ModelSet>();
    const bool unused = registry.current() && model == ModelId{};  // it does not fit, or another one is on trial
    if (!writes() || unused || !lacks_models(shown(), *before)) return;
    progress.checkpoint(0.0, "fitting the model");
    const auto fitted = std::make_shared<const ModelSet>(
        fit_models(shown(), options.seed, options.threads, progress, *before, before->settings()));
    ModelInfo info = info_of(*fitted);
    info.seed = options.seed;
    Comparison nothing_to_compare;
    nothing_to_compare.after = no_metrics();
    nothing_to_compare.detectors = settings_text(fitted->settings());
    info.metrics = comparison_text(nothing_to_compare);
    const ModelId id = registry.add(info, save_models(*fitted));
    registry.adopt(id, options.who);
    use(fitted, id, progress);
}

void WorkspaceSession::State::show(Investigation next) {
    if (const std::int64_t lost = attach_labels(next, ids, standing_verdicts(events)); lost > 0 && notes.empty())
        notes.push_back(fmt::format("{} labels belong to records that are not in this workspace any more; they are kept.", lost));
    const RuleWeights weights = live ? live->rule_weights(next) : RuleWeights::of(next, next.labels);
    const std::vector<ModelEvidence> evidence = live ? live->evidence(next) : std::vector<ModelEvidence>();
    score_investigation(next, evidence, weights);
    next.partial = false;
    next.scored_by = {model, live ? live->new_labels(next) : 0};
    snapshot = std::make_shared<LiveScored>(std::make_shared<const Investigation>(std::move(next)), live);
    scores_stored = false;
}

void WorkspaceSession::State::take_events() {
    const std::vector<LabelEvent> more = labels.events(last_event());
    events.insert(events.end(), more.begin(), more.end());
}

ModelInfo WorkspaceSession::State::info_of(const ModelSet& models) const {
    ModelInfo info;
    info.who = options.who;
    info.seed = models.seed();
    for (const auto& part : models.parts) {
        FeatureMatrix named;
        named.names = part->forest.names();
        info.feature_schema += (info.feature_schema.empty() ? "" : " ") + hex_text(named.schema());
    }
    info.records = models.records();
    info.labels = models.labels();
    return info;
}

void WorkspaceSession::State::keep_scores() {
    if (!writes() || scores_stored || model == ModelId{}) return;
    sources.put_scores(shown(), ids, {model, last_event()});
    scores_stored = true;
}

std::optional<LabelOutcome> WorkspaceSession::State::changed(const std::optional<StepChange>& change) {
    if (!change) return std::nullopt;
    take_events();
    show_again();
    LabelOutcome outcome{change->step, {}, change->label};
    for (const RecordKey& key : change->keys) {
        if (const auto record = record_of(shown(), ids, key)) outcome.records.push_back(*record);
    }
    return outcome;
}

WorkspaceSession::WorkspaceSession(std::unique_ptr<State> state) : state_(std::move(state)) {}

WorkspaceSession::~WorkspaceSession() {
    try {
        state_->keep_scores();
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): they only make the next start faster
    }
}

std::unique_ptr<WorkspaceSession> WorkspaceSession::open(const fs::path& path, SessionOptions options, const Progress& progress) {
    const Workspace::Access access = options.access;
    auto state = std::make_unique<State>(Workspace::open(path, access), std::move(options));
    state->load(progress);
    state->scores_stored = true;  // those of the last time, but for what a kill cost: then they are made again
    return std::unique_ptr<WorkspaceSession>(new WorkspaceSession(std::move(state)));
}

std::shared_ptr<const ScoredInvestigation> WorkspaceSession::snapshot() const { return state_->snapshot; }
const fs::path& WorkspaceSession::path() const { return state_->workspace.path(); }
const std::vector<SourceId>& WorkspaceSession::source_ids() const { return state_->ids; }
ModelId WorkspaceSession::scored_with() const { return state_->model; }
const std::vector<std::string>& WorkspaceSession::notes() const { return state_->notes; }
Workspace& WorkspaceSession::workspace() { return state_->workspace; }

std::optional<SourceIndex> WorkspaceSession::index_of(SourceId id) const {
    const auto found = std::ranges::find(state_->ids, id);
    return found == state_->ids.end() ? std::nullopt : std::optional(static_cast<SourceIndex>(found - state_->ids.begin()));
}

std::vector<ImportedSource> WorkspaceSession::import(std::span<const fs::path> inputs, const Progress& progress,
                                                     const ReadingChoice& choice,
                                                     const std::function<bool(const fs::path&)>& stands) {
    State& state = *state_;
    ImportOptions options;
    options.threads = state.options.threads;
    options.rules = state.options.rules;
    options.who = state.options.who;
    options.choice = choice;
    options.stands = stands;
    if (state.options.on_partial && !stands) {  // nobody waits for files that are watched
        options.on_partial = [&state,
                              before = state.snapshot->investigation()](const std::shared_ptr<const Investigation>& part) {
            Investigation scored = *part;
            score_investigation(scored, {});
            auto combined = std::make_shared<Investigation>(*before);
            append(*combined, scored);
            combined->partial = true;
            state.options.on_partial(std::move(combined));
        };
    }
    const std::vector<fs::path> files = expand_inputs(inputs);
    std::vector<ImportedSource> imported;
    std::exception_ptr failure;
    try {
        imported = import_files(state.workspace, files, options, progress);
    } catch (...) {
        failure = std::current_exception();  // what was stored before is shown all the same
    }
    refresh(failure ? Progress() : progress);
    if (failure) std::rethrow_exception(failure);
    state.first_model(progress);
    state.keep_scores();
    return imported;
}

ReadingChoice WorkspaceSession::chosen_reading(SourceIndex source) const {
    return abm::chosen_reading(state_->workspace, state_->ids.at(raw(source)));
}

std::vector<WorkspaceSession::SourceState> WorkspaceSession::look_at_sources() const {
    std::vector<SourceState> states;
    for (const StoredSource& source : state_->known) {
        const auto index = index_of(source.id);
        if (!index) continue;
        const auto stamp = stamp_of(source.path);
        states.push_back({*index, !stamp, stamp && *stamp != FileStamp{source.file_bytes, source.file_time}});
    }
    return states;
}

void WorkspaceSession::set_who(std::string who) { state_->options.who = std::move(who); }

LabelOutcome WorkspaceSession::label(std::span<const RecordIndex> records, const LabelRequest& request) {
    State& state = *state_;
    std::vector<NewLabel> labels;
    for (const RecordIndex record : records) {
        NewLabel& label = labels.emplace_back();
        label.key = key_of(state.shown(), state.ids, record);
        label.label = {request.label, request.type, request.note, state.options.who, kUnknownTime};
        const Suggestion proposed = suggestion(record);
        label.context = {state.model, proposed.type.empty() ? std::string(name_of(proposed.label)) : proposed.type,
                         request.decided_ms};
    }
    const StepId step = state.labels.append(labels);
    state.take_events();
    state.show_again();
    return {step, {records.begin(), records.end()}, labels.front().label};
}

std::optional<LabelOutcome> WorkspaceSession::undo() { return state_->changed(state_->labels.undo(state_->options.who)); }
std::optional<LabelOutcome> WorkspaceSession::redo() { return state_->changed(state_->labels.redo(state_->options.who)); }
bool WorkspaceSession::can_undo() const { return abm::can_undo(state_->events); }
bool WorkspaceSession::can_redo() const { return abm::can_redo(state_->events); }

bool WorkspaceSession::refresh(const Progress& progress) {
    State& state = *state_;
    const auto same = [](const StoredSource& a, const StoredSource& b) {
        return a.id == b.id && a.identity == b.identity && a.path == b.path && a.read_at == b.read_at;
    };
    auto now = state.sources.list();
    if (!std::ranges::equal(now, state.known, same)) {
        state.load(progress);
        return true;
    }
    state.known = std::move(now);
    const auto current = state.registry.current();
    if (current && current->id != state.model) {
        state.take_events();
        state.use_current_model(progress);
        return true;
    }
    if (state.labels.last_event() == state.last_event()) return false;
    state.take_events();
    state.show_again();
    return true;
}

std::optional<FirstScore> WorkspaceSession::first_score(RecordIndex index) const {
    const Record& record = state_->shown().records.at(raw(index));
    return state_->sources.first_score(state_->ids.at(raw(record.source)), record.kind, record.span.offset);
}

Suggestion WorkspaceSession::suggestion(RecordIndex record) const {
    return suggest(state_->shown(), record, state_->snapshot->explain(record).labels);
}

std::vector<RecordIndex> WorkspaceSession::alike(RecordIndex record, std::size_t most) const {
    return alike_records(state_->shown(), state_->live.get(), record, most);
}

std::vector<QueueEntry> WorkspaceSession::queue(const QueueMix& mix, std::size_t count) const {
    const std::vector<double> margins = state_->live ? state_->live->margins() : std::vector<double>();
    return label_queue(state_->shown(), margins, mix, count, state_->options.seed);
}

TrainingInput WorkspaceSession::training_input(std::uint64_t seed) const {
    TrainingInput input;
    input.investigation = state_->snapshot->investigation();
    input.current = state_->live ? state_->live->models() : nullptr;
    input.seed = seed;
    input.threads = state_->options.threads;
    return input;
}

ModelId WorkspaceSession::keep(const TrainedModel& trained) {
    ModelInfo info = state_->info_of(*trained.models);
    info.last_event = state_->last_event();
    info.metrics = comparison_text(trained.comparison);
    return state_->registry.add(info, save_models(*trained.models));
}

ModelId WorkspaceSession::import_model(std::string_view document) {
    ModelInfo info = state_->info_of(load_models(document));
    info.metrics = "{}";
    return state_->registry.add(info, std::string(document));
}

void WorkspaceSession::adopt(ModelId id, const Progress& progress) {
    load_models(state_->registry.document(id));  // refused before anything changes
    progress.checkpoint(0.0, "adopting");
    state_->registry.adopt(id, state_->options.who);
    state_->use_current_model({});  // from here on there is nothing left to cancel
    state_->keep_scores();
}

void WorkspaceSession::discard(ModelId id) { state_->registry.discard(id, state_->options.who); }

ModelId WorkspaceSession::roll_back(const Progress& progress) {
    progress.checkpoint(0.0, "rolling back");
    const ModelId id = state_->registry.roll_back(state_->options.who);
    state_->use_current_model({});
    state_->keep_scores();
    return id;
}

std::vector<ModelInfo> WorkspaceSession::models() const { return state_->registry.list(); }
std::string WorkspaceSession::model_document(ModelId id) const { return state_->registry.document(id); }

void WorkspaceSession::score_with(ModelId id, const Progress& progress) {
    state_->use(std::make_shared<const ModelSet>(load_models(state_->registry.document(id))), id, progress);
}

void WorkspaceSession::score_with(std::shared_ptr<const ModelSet> models, const Progress& progress) {
    state_->use(std::move(models), {}, progress);
}

WorkspaceSession::RetrainRule WorkspaceSession::retrain_rule() const {
    const Workspace& workspace = state_->workspace;
    return {number_in(workspace.setting("retrain.labels")), number_in(workspace.setting("retrain.days"))};
}

void WorkspaceSession::set_retrain_rule(const RetrainRule& rule) {
    state_->workspace.set_setting("retrain.labels", std::to_string(rule.labels), state_->options.who);
    state_->workspace.set_setting("retrain.days", std::to_string(rule.days), state_->options.who);
}

bool WorkspaceSession::retrain_due() const {
    const RetrainRule rule = retrain_rule();
    const std::vector<ModelInfo> all = models();
    if (all.empty()) return false;
    const ModelInfo& latest = all.back();  // a candidate that waits for its decision counts too
    const std::int64_t since = std::ranges::count_if(state_->events, [&](const LabelEvent& event) {
        return event.id > latest.last_event && event.action == LabelEvent::Action::set;
    });
    return since > 0 && ((rule.labels > 0 && since >= rule.labels) ||
                         (rule.days > 0 && utc_now() - latest.created >= std::chrono::days(rule.days)));
}

}  // namespace abm
