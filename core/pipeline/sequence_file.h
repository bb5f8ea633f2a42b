// Sequences as text: one session a line, its events separated by blanks.
#pragma once

#include <filesystem>

#include "core/base/progress.h"
#include "core/data/token_sequences.h"

namespace abm {

/// Events are any words; blank lines are passed over; gzip is read as it is.
/// Throws Error{Io} when the file cannot be opened or breaks off; Error{Invalid} for a file without sessions, one that is no
/// text, and for more than kMostTokens different events, with the line; Error{Cancelled}.
TokenSequences read_sequences(const std::filesystem::path& file, const Progress& progress);

}  // namespace abm
