// What one types into "Go to": a time, a line, a byte, a session or a transaction.
#pragma once

#include <QString>
#include <optional>

#include "core/base/time.h"

namespace abm {

struct LogPlace {
    enum class Kind { line, byte, session, transaction, clock, time };
    Kind kind = Kind::line;
    std::int64_t number = 0;         ///< line, byte, ordinal or transaction
    std::int32_t second_of_day = 0;  ///< clock
    Time time = kUnknownTime;        ///< machine time
};

/// "1234" a line, "@1234" a byte, "#7" a session, "tran 408411" a transaction, "14:05" or "14:05:10" a clock,
/// "2025-06-13 14:05:10" a time; commas in numbers are allowed. nullopt: not understood.
std::optional<LogPlace> log_place(const QString& text);
/// "line 1,234", "session 7", "14:05:00 of the same day".
QString place_words(const LogPlace& place);

inline constexpr const char* kPlaceExamples = "14:05, 2025-06-13 14:05:10, line 1234, byte @5678, session #7, tran 408411";

}  // namespace abm
