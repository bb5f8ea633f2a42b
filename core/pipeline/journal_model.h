// One version of what scores journal sessions: immutable, portable.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/investigation.h"
#include "core/decide/calibration.h"
#include "core/decide/explain.h"
#include "core/decide/probability_calibration.h"
#include "core/detect/isolation_forest.h"
#include "core/detect/ranked_votes.h"
#include "core/features/scaler.h"
#include "core/pipeline/channel.h"

namespace abm {

/// A label remembers no longer course than this: its model says nothing of the order of that record then.
inline constexpr std::size_t kMostRememberedSteps = 1'000;

/// A label the model was trained with, with all it needs to act where the record itself is not known.
struct LearnedLabel {
    std::string source;  ///< identity of the source
    RecordKind kind{};
    std::int64_t start_offset = 0;
    bool anomaly = false;
    std::vector<float> features;           ///< [d]; empty: models do not look at such records, the label weighed rules only
    std::vector<std::string> rules;        ///< that had a finding about the record
    std::vector<std::string> course = {};  ///< what happened in the record, step after step; empty: not known, or too long
};

/// Immutable once fitted; may be shared between threads.
struct JournalModel {
    RecordKind kind = RecordKind::session;  ///< that it looks at
    IsolationForest forest;
    Calibration calibration;  ///< of the raised scores of its training rows (see raised_scores()), at most 32,768 evenly spaced
    double prior_mean = 0;    ///< of the forest's scores of those rows: z = (score - mean) / deviation
    double prior_deviation = 1;
    std::vector<Channel> channels = {};  ///< beside the forest; none in models of versions before 0.2
    Scaler scaler;                       ///< z-scores of the training rows, for the linear part of the kernel
    UsualRanges ranges;
    std::vector<std::string> machines;  ///< names of the machines in the order of `ranges`
    std::vector<LearnedLabel> labels;   ///< what it was trained with
    std::uint64_t seed = 0;
    std::int64_t records = 0;                                          ///< it was fitted on
    std::optional<RankedVotes> votes = std::nullopt;                   ///< of `labels`; none: too few of a class
    std::optional<ProbabilityCalibration> probability = std::nullopt;  ///< of margins of held-out labels; none: too few labels
    ModelSettings settings = {};                                       ///< what was chosen of it
};

/// data: features [n, d] and, where it is known, what happened in each row; machines: [n], of each row, into machine_names. Works
/// from one row on; below Calibration::kFirmReference rows it is provisional. Throws Error{Invalid} when there are no rows or no
/// value is known and as check_settings(), Error{Cancelled}.
JournalModel fit_journal_model(const Dataset& data, std::span<const MachineIndex> machines,
                               const std::vector<std::string>& machine_names, std::uint64_t seed, int threads,
                               const Progress& progress, const ModelSettings& settings = {});

}  // namespace abm
