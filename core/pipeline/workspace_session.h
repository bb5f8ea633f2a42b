// The verbs of an open workspace: what the window and `abm --workspace` call.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/decide/queue.h"
#include "core/decide/suggest.h"
#include "core/pipeline/investigate.h"
#include "core/pipeline/train.h"
#include "core/pipeline/workspace_import.h"
#include "core/store/label_store.h"
#include "core/store/model_registry.h"

namespace abm {

class RuleSet;

/// Where the workspace lies that needs no setup: $XDG_DATA_HOME/abm-workbench/default.abmw.
std::filesystem::path default_workspace();
/// The name of the user, as the system knows it; "expert" when it does not.
std::string system_user();

struct SessionOptions {
    int threads = 0;
    std::uint64_t seed = 1;
    const RuleSet* rules = nullptr;  ///< null: the rules built into the program
    std::string who = system_user();
    Workspace::Access access = Workspace::Access::read_write;
    /// Called from the calling thread while files are read and while the workspace is loaded: partial = true.
    std::function<void(std::shared_ptr<const Investigation>)> on_partial;
};

struct LabelRequest {
    LabelClass label = LabelClass::none;
    std::string type, note;
    std::int32_t decided_ms = -1;
};

/// What a label, undo or redo changed; the new scores are in snapshot().
struct LabelOutcome {
    StepId step{};
    std::vector<RecordIndex> records;
    Label label;
};

/// One open workspace. Not thread-safe: one worker at a time calls it; snapshots it hands out are immutable and may be read
/// anywhere. Every change is stored before the call returns, and the snapshot is new afterwards. All throw Error; then nothing
/// was changed.
class WorkspaceSession {
public:
    /// Opens, loads, scores with the current model and the labels that stand.
    static std::unique_ptr<WorkspaceSession> open(const std::filesystem::path& path, SessionOptions options,
                                                  const Progress& progress);
    ~WorkspaceSession();  ///< keeps the scores for the next start

    std::shared_ptr<const ScoredInvestigation> snapshot() const;
    const std::filesystem::path& path() const;
    const std::vector<SourceId>& source_ids() const;  ///< parallel to the sources of the snapshot
    std::optional<SourceIndex> index_of(SourceId id) const;
    ModelId scored_with() const;  ///< 0: no model, rules alone
    /// Why the current model is not used, or labels are not shown; one sentence each.
    const std::vector<std::string>& notes() const;

    /// Reads files and folders into the workspace. Known content is not read twice; grown, moved and renamed files keep their
    /// labels. The first import also makes and adopts the first model. Stored source by source: what was finished stays after
    /// Error{Cancelled}.
    /// choice: how they are read from now on; a file that was read otherwise is read again. stands: see ImportOptions.
    std::vector<ImportedSource> import(std::span<const std::filesystem::path> inputs, const Progress& progress,
                                       const ReadingChoice& choice = {},
                                       const std::function<bool(const std::filesystem::path&)>& stands = {});
    ReadingChoice chosen_reading(SourceIndex source) const;  ///< how somebody wanted the source to be read
    /// Files that are gone or have changed since they were read; looks at names, sizes and times only.
    struct SourceState {
        SourceIndex source{};
        bool gone = false, changed = false;
    };
    std::vector<SourceState> look_at_sources() const;

    void set_who(std::string who);  ///< whose name stands on what is stored from now on; not empty
    LabelOutcome label(std::span<const RecordIndex> records, const LabelRequest& request);  ///< one step
    std::optional<LabelOutcome> undo();
    std::optional<LabelOutcome> redo();
    bool can_undo() const;
    bool can_redo() const;
    /// Takes over what other programs, or calls on workspace(), have stored since. True when something changed.
    bool refresh(const Progress& progress);

    /// The first score a record ever had in this workspace: it stays when its source grows. nullopt when nothing was stored yet.
    std::optional<FirstScore> first_score(RecordIndex record) const;
    Suggestion suggestion(RecordIndex record) const;
    /// Unlabelled records so alike that one verdict may serve for all, most alike first; never more than `most`.
    std::vector<RecordIndex> alike(RecordIndex record, std::size_t most) const;
    std::vector<QueueEntry> queue(const QueueMix& mix, std::size_t count) const;

    /// Training runs beside labelling: take the input here, call train_models() anywhere, hand the result to keep().
    TrainingInput training_input(std::uint64_t seed) const;
    ModelId keep(const TrainedModel& trained);        ///< a candidate
    ModelId import_model(std::string_view document);  ///< a candidate
    void adopt(ModelId id, const Progress& progress);
    void discard(ModelId id);
    ModelId roll_back(const Progress& progress);
    std::vector<ModelInfo> models() const;
    std::string model_document(ModelId id) const;
    /// Another model for this session only: nothing is adopted.
    void score_with(ModelId id, const Progress& progress);
    void score_with(std::shared_ptr<const ModelSet> models, const Progress& progress);  ///< from a file

    /// After how many new labels, or days, a new model shall be trained by itself; 0: never, the default.
    struct RetrainRule {
        std::int64_t labels = 0, days = 0;
    };
    RetrainRule retrain_rule() const;
    void set_retrain_rule(const RetrainRule& rule);
    bool retrain_due() const;

    Workspace& workspace();  ///< for label files and exports; refresh() afterwards when something was written

private:
    struct State;
    explicit WorkspaceSession(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace abm
