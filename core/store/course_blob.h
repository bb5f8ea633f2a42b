// The courses of a block of records as a blob: resources/workspace/schema-3.sql.
#pragma once

#include <cstddef>
#include <string>

#include "core/data/token_sequences.h"

namespace abm {

/// Of sequences [first, first + count).
std::string course_blob(const TokenSequences& sequences, std::size_t first, std::size_t count);
/// Adds `count` sequences of the words `into` has. Throws Error{Corrupt} for a blob of another length and for steps that are no
/// words.
void read_course_blob(const void* data, std::size_t bytes, std::size_t count, TokenSequences& into);

}  // namespace abm
