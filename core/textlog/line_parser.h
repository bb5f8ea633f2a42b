// What one line of a log says, as its profile understands it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/textlog/log_header.h"
#include "core/textlog/log_profile.h"

namespace abm {

/// Views into the line and the profile.
struct ParsedLine {
    HeaderFields header;
    TimeText time_text;        ///< size 0: the line has no time
    Time time = kUnknownTime;  ///< unknown when the line does not say all of it
    std::string_view entity;   ///< the whole id; empty: none
    int event = -1;            ///< of the profile; -1: none
    EventRole role = EventRole::other;
    bool error = false, warning = false;  ///< by its level, else by its event
    bool blank = false;
    /// A line of the kind the profile is about: with an entity where records are entities; else with the header of the log, or
    /// indented below one that has it.
    bool understood = false;
};

/// Immutable; thread-safe. profile outlives it.
class LineParser {
public:
    /// The layout of the header is learnt from the lines, the first of the log; and whether the profile finds a full time in
    /// lines whose header has one that lacks something (a year). If it does in none, it is not asked about such lines again.
    LineParser(const LogProfile& profile, std::span<const std::string_view> first_lines);

    ParsedLine parse(std::string_view line) const;

private:
    void find_time(std::string_view line, ParsedLine& parsed) const;
    std::string_view find_entity(std::string_view line, const HeaderFields& header) const;

    const LogProfile& profile_;
    LogHeader header_;
    bool asks_patterns_ = true;  ///< also about lines whose header has a time that lacks something
};

/// A line as an editor of profiles shows it. Card numbers are masked.
struct UnderstoodLine {
    Time time = kUnknownTime;
    std::string entity, host, level;
    std::string event;  ///< name in the profile; empty: none
    std::string message_template;
    bool understood = false;
};

/// [lines] The header is learnt from the lines themselves, as reading does from the first of a log.
std::vector<UnderstoodLine> preview(const LogProfile& profile, std::span<const std::string_view> lines);

/// An entity as it is shown and stored: printable, card numbers masked (but see LogProfile::subscriber_ids).
std::string entity_name(const LogProfile& profile, std::string_view entity);

}  // namespace abm
