// The verb behind the window, `abm detect` and `abm ledger`: files in, a scored investigation out.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/capture/capture_options.h"
#include "core/data/explanation.h"
#include "core/data/investigation.h"
#include "core/data/log_line.h"
#include "core/pipeline/model_settings.h"

namespace abm {

class RuleSet;
struct LogProfile;

struct InvestigateOptions {
    int threads = 0;  ///< 0: as many as the machine has; results are the same for any number
    std::uint64_t seed = 1;
    const RuleSet* rules = nullptr;       ///< null: the rules built into the program
    bool models = true;                   ///< false: rules and ledger only
    ModelSettings settings = {};          ///< of the models
    const LogProfile* profile = nullptr;  ///< of all text that is no journal; null: its content says
    CaptureOptions captures = {};         ///< of all captures
    /// Called from a worker thread with what is known so far (partial = true), at growing distances.
    std::function<void(std::shared_ptr<const Investigation>)> on_partial;
};

/// A file that is named twice, or by itself and by its folder, or through a link, is one file: its first name stays.
void drop_repeated(std::vector<std::filesystem::path>& files);
/// Files, folders (recursively, sorted) or "-" become the list of files to read, each once. Workspaces (*.abmw and
/// what lies beside them) that stand in a folder are left out. So are tables (*.csv, *.tsv, *.jsonl) in a folder that holds
/// anything else: labels and truth lie beside what they are about; left_out, when given, gets them.
/// A folder that cannot be listed stays in the list as it is; reading it gives a source with the reason.
/// Throws Error{Io} for a path that does not exist, naming it.
std::vector<std::filesystem::path> expand_inputs(std::span<const std::filesystem::path> inputs,
                                                 std::vector<std::filesystem::path>* left_out = nullptr);

class ScoredInvestigation;

/// Reads, links, judges and scores. A source that cannot be read is kept in `sources` with its problem; the others go on.
/// Throws Error{Cancelled} at a checkpoint.
std::shared_ptr<const ScoredInvestigation> investigate(std::span<const std::filesystem::path> inputs, const InvestigateOptions&,
                                                       const Progress&);

/// An investigation with the model that scored it: can explain any record.
class ScoredInvestigation {
public:
    virtual ~ScoredInvestigation() = default;
    virtual std::shared_ptr<const Investigation> investigation() const = 0;
    /// Path attribution of the forest for one record; no contributions for records that models do not score.
    virtual Explanation explain(RecordIndex record) const = 0;
    /// [findings of the record] what labels made of each: RuleWeights::note(); empty where the rule's word stands. O(labels).
    virtual std::vector<std::string> rule_notes(RecordIndex) const { return {}; }
    /// The records most like it, labelled ones included, nearest first, never more than `most`: those models put in the same
    /// place (see kMuchAlike); for what models do not look at, those with the same gravest rule. None without live models.
    /// O(records).
    virtual std::vector<AlikeRecord> nearest(RecordIndex, std::size_t) const { return {}; }
};

/// The lines of a span of a source, read from the file at this moment. Long lines are cut for display at 4,096 characters.
/// Throws Error{Io} when the source vanished or became shorter (names the file and what to do).
std::vector<LogLine> read_log(const Source& source, TextSpan span);
/// Whether its file still begins with what was read of the source: its front is hashed. False when it cannot be read.
bool still_holds(const Source& source);
/// The whole lines that hold the span. context: where the record begins that holds its first byte, so that lines are understood
/// as they are within it; negative: unknown. first_line is 0. Throws as read_log does.
LogPage read_log_page(const Source& source, TextSpan span, std::int64_t context);

}  // namespace abm
