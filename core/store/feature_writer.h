// Within core/store: the feature rows of a source, and what happened in the same records step after step.
#pragma once

#include <span>

#include "core/data/token_sequences.h"
#include "core/store/row_sink.h"

namespace abm {

/// values: [rows, columns] row-major. See RowSink for what is left as it is.
void write_features(const RowSink& sink, std::span<const float> values, std::size_t columns);
/// Of the source alone. The same.
void write_courses(const RowSink& sink, const TokenSequences& courses);

}  // namespace abm
