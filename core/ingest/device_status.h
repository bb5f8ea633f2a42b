// Device status lines: *TSN*class*LETTER*status,M-code,R-code. Facts of the NDC protocol; see docs/journal-format.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ingest/event_kind.h"

namespace abm {

struct DeviceStatus {
    std::int32_t serial = -1;  ///< transaction serial; -1: blank
    char status_class = '1';   ///< '1' unsolicited, '2' solicited
    char device = '?';         ///< NDC device letter
    std::string_view status;   ///< what follows the letter, without escapes before it: "9,M-81,R-0"

    char digit() const { return status.empty() ? '\0' : status.front(); }
};

/// `text` begins at the first '*'. nullopt when it is not a status line.
std::optional<DeviceStatus> parse_device_status(std::string_view text);

EventKind device_kind(char device);

/// "card reader: chip failed in mid-transaction (9, M-84)". Empty for devices nobody knows.
std::string device_meaning(const DeviceStatus& status);

/// The number after "M-", e.g. 81; -1 when there is none.
std::int32_t m_code(std::string_view status);

}  // namespace abm
