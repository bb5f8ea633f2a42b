// One score out of what rules proved and what models find odd.
#pragma once

#include "core/data/record_type.h"

namespace abm {

/// A record nothing was found about is called `unusual` when fewer than one in 200 training records look so odd, and it is
/// distinct.
inline constexpr double kUnusualTail = 0.005;

/// Half open [low, high) of the displayed score of a tier.
struct Band {
    double low;
    double high;
};
Band band_of(Severity severity);  ///< none [0,.5)  low [.5,.65)  medium [.65,.85)  high [.85,.95)  critical [.95,1)

struct ModelEvidence {
    double tail_probability = 1;  ///< 1: no evidence, or not scored by models
    double surprise = 0;          ///< -log10 of it, without a floor; >= 0
    bool distinct = true;         ///< odd in itself, not only by rank: in any large file some record is the oddest of 1,000
    bool provisional = false;     ///< of a model fitted on fewer records than Calibration::kFirmReference
};

struct Verdict {
    RecordType type = RecordType::normal;
    Severity severity = Severity::none;
    double score = 0;
};

/// The tier decides the band, the evidence the place inside: strictly within it and rising with surprise, so that a proven fault
/// always stands above what is merely odd, and equal tiers are ordered by their probability.
double displayed_score(Severity severity, double surprise);

/// `type` and `severity` are what the findings say. Only an ordinary record (normal, none) can become `unusual`, low: a decline
/// or a cancellation already says what happened.
///
/// The displayed score is a place in an order, not a probability. Models without labels know how rare something is, never how
/// likely it is a fault; so their evidence alone never claims more than an even chance: it moves a record within [0,.5), and the
/// step into the low tier is a name for the queue ("look at this one day"), not a probability of .5 or more.
Verdict combine(RecordType type, Severity severity, const ModelEvidence& evidence);

}  // namespace abm
