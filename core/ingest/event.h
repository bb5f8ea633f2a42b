// One line of a journal, understood.
#pragma once

#include <cstdint>

#include "core/base/ids.h"
#include "core/ingest/event_kind.h"

namespace abm {

inline constexpr std::int32_t kNoSecond = -1;

struct Event {
    std::int64_t offset = 0;          ///< first byte of the line in the source
    std::int32_t bytes = 0;           ///< of the line without its line end
    std::int32_t second = kNoSecond;  ///< second of the day written on the line; kNoSecond: none
    std::int32_t value = 0;           ///< what the kind says: a count, a status digit, a header number
    EventKind kind = EventKind::not_understood;

    TextSpan span() const { return {offset, bytes}; }
};

}  // namespace abm
