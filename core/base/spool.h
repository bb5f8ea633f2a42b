// Copies of pipes in temporary files, so that they can be read at any position.
#pragma once

#include <string>

namespace abm {

/// Copies everything `descriptor` still gives to a temporary file without a name and returns the descriptor of that file,
/// which the caller owns. `name` is for messages. Throws Error{Io} when reading or writing fails, e.g. for want of room.
int spool_to_temporary(int descriptor, const std::string& name);

}  // namespace abm
