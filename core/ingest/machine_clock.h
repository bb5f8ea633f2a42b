// The only dates of a journal stand in its headers. Follows their numbers and times, resolves the seconds on other lines to
// full times, and reports what cannot be: gaps, repeated blocks, a clock that jumps.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/ingest/journal_lexer.h"

namespace abm {

struct HeaderIncident {
    enum class Kind : std::uint8_t { gap, duplicates, clock_jump };
    Kind kind = Kind::gap;
    std::int32_t record = 0;  ///< index within the source, of the record it began in
    TextSpan span;
    std::int32_t missing = 0;   ///< gap: headers that are not there
    std::int32_t repeated = 0;  ///< duplicates: how many
    bool identical = false;     ///< duplicates: same dates and times, too
    std::int64_t jump_s = 0;    ///< clock_jump: how far, negative is backward
};

/// A jump of the clock that has not returned.
struct ClockJump {
    HeaderIncident incident;
    std::int64_t before_minutes = 0;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(incident, before_minutes);
    }
};

class MachineClock {
public:
    /// Headers must come in the order of the source. `line` is the header's line, `record` the record it lies in.
    void follow(const HeaderStamp& header, TextSpan line, std::int32_t record);
    /// Ends what is still open at the end of the source.
    void finish(std::int64_t source_end);

    /// The time of a line that says only HH:MM:SS, by the last header before it; unknown when there was none.
    static Time resolve(const std::optional<HeaderStamp>& header, std::int32_t second);
    static Time time_of(const HeaderStamp& header);

    const std::optional<HeaderStamp>& last() const { return last_; }
    bool in_foreign_time() const { return jump_.has_value(); }
    /// Whether the byte lies between a jump of the clock and its return: text of another time, perhaps of another machine.
    bool foreign_at(std::int64_t offset) const;
    /// Incidents found since the last call.
    std::vector<HeaderIncident> take_incidents();

    /// See linker_state.h.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(last_, seen_, order_, jump_, foreign_, duplicates_, incidents_);
    }

private:
    void check_time(const HeaderStamp& header, TextSpan line, std::int32_t record);
    void check_number(const HeaderStamp& header, TextSpan line, std::int32_t record, bool jumped);
    void end_duplicates();

    struct Seen {
        std::int64_t order = -1;  ///< how many headers had come before it
        std::int64_t minutes = 0;
        template <class Archive>
        void serialize(Archive& archive) {
            archive(order, minutes);
        }
    };
    std::optional<HeaderStamp> last_;
    std::array<Seen, 1000> seen_{};
    std::int64_t order_ = 0;
    std::optional<ClockJump> jump_;
    std::vector<TextSpan> foreign_;  ///< jumps that have returned
    std::optional<HeaderIncident> duplicates_;
    std::vector<HeaderIncident> incidents_;
};

}  // namespace abm
