// How well sequences of events tell normal sessions from anomalous ones.
#pragma once

#include "core/data/token_sequences.h"
#include "core/pipeline/evaluate.h"

namespace abm {

/// Fitted on `train` alone; scores `normal` and `anomalous`. Rows "sequence" and "auto", which for sequences without features is
/// the same. Throws Error{Invalid} for a set without sequences, Error{Cancelled}.
std::vector<DetectorFigures> evaluate_sequences(const TokenSequences& train, const TokenSequences& normal,
                                                const TokenSequences& anomalous, int threads, const Progress& progress);

}  // namespace abm
