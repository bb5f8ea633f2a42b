#include "core/ingest/linker_state.h"

#include <sstream>
#include <stdexcept>

#include "core/ingest/linker_archive.h"

namespace abm {

std::string state_of(const SourceLinker& linker) {
    std::ostringstream bytes;
    cereal::PortableBinaryOutputArchive archive(bytes);
    archive(linker);
    return std::move(bytes).str();
}

void restore(const std::string& state, SourceLinker& linker) {
    std::istringstream bytes(state);
    cereal::PortableBinaryInputArchive archive(bytes);
    archive(linker);
    if (bytes.peek() != std::istringstream::traits_type::eof())
        throw std::invalid_argument("there is more than the state of a linker");
}

}  // namespace abm
