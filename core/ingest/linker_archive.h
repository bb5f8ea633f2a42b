// How small values of journals are written by cereal (libcereal): what a class cannot say itself in serialize().
#pragma once

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/chrono.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/unordered_map.hpp>
#include <cereal/types/unordered_set.hpp>
#include <cereal/types/vector.hpp>

#include "core/ingest/journal_blocks.h"
#include "core/ingest/machine_clock.h"

namespace abm {

template <class Archive>
void serialize(Archive& archive, TextSpan& span) {
    archive(span.offset, span.bytes);
}

template <class Archive>
void serialize(Archive& archive, BlockPlace& place) {
    archive(place.offset, place.bytes_read, place.forced_cuts);
}

template <class Archive>
void serialize(Archive& archive, HeaderStamp& header) {
    archive(header.event, header.number, header.day, header.minute);
}

template <class Archive>
void serialize(Archive& archive, HeaderIncident& incident) {
    archive(incident.kind, incident.record, incident.span, incident.missing, incident.repeated, incident.identical,
            incident.jump_s);
}

}  // namespace abm
