// Why a record stands where it stands, as one text for a table.
#pragma once

#include <string>

#include "core/pipeline/investigate.h"

namespace abm {

/// The sentences of its findings joined with "; ", a repeated one once with its count. Without findings, from the low band on,
/// what the models found odd. Empty for what nothing speaks against: explaining costs a walk through the whole forest.
std::string reasons_of(const ScoredInvestigation& scored, RecordIndex record);

}  // namespace abm
