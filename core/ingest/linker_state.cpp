#include "core/ingest/linker_state.h"

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/chrono.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/unordered_map.hpp>
#include <cereal/types/unordered_set.hpp>
#include <cereal/types/vector.hpp>
#include <sstream>

namespace abm {

template <class Archive>
void serialize(Archive& archive, HeaderStamp& header) {
    archive(header.event, header.number, header.day, header.minute);
}

template <class Archive>
void serialize(Archive& archive, HeaderIncident& incident) {
    archive(incident.kind, incident.record, incident.span, incident.missing, incident.repeated, incident.identical,
            incident.jump_s);
}

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
}

}  // namespace abm
