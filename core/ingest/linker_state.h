// What a linker carries from one block to the next, as bytes: to go on with a journal that has grown, in another run of the
// program. Each class lists its members in serialize(); cereal (libcereal) writes them.
#pragma once

#include <string>

#include "core/ingest/linker.h"

namespace abm {

/// Means something only to a program with the same members: who keeps the bytes keeps reader_stamp() with them.
std::string state_of(const SourceLinker& linker);
/// Throws cereal::Exception, a std::exception, or std::bad_alloc for bytes that are no such state; the linker is of no use then.
void restore(const std::string& state, SourceLinker& linker);

}  // namespace abm
