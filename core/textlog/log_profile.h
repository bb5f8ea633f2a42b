// How one kind of text log is read: a JSON file that says what names an entity, which events matter, what is a record, and from
// where on something is worth a finding. docs/text-logs.md describes the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/textlog/log_time.h"
#include "core/textlog/pattern.h"

namespace abm {

/// What the features and findings count an event as.
enum class EventRole : std::uint8_t {
    other,
    attach,           ///< asked for
    attach_accepted,  ///< got
    attach_failed,
    attach_timeout,
    detach,
    abnormal_detach,
    forced_detach,
    error,  ///< where lines do not say their level
};
inline constexpr int kEventRoleCount = 9;
std::string_view name_of(EventRole role);

/// What of the header names the entity where no pattern does.
enum class EntityField : std::uint8_t { none, host, component, pid, level };
std::string_view name_of(EntityField field);

struct ProfileEvent {
    std::string name;
    EventRole role = EventRole::other;
};

/// Numbers a profile must give; see the shipped files for what they mean and why they are as they are.
struct LogThresholds {
    double rapid_s = 1;
    double failed_attaches = 3, failed_attaches_high = 6, failure_rate = 0.5;
    double attach_timeouts = 1, attach_timeouts_high = 3;
    double abnormal_detaches = 1, abnormal_detaches_high = 3;
    double forced_detaches = 1, forced_detaches_high = 3;
    double error_lines = 20, error_factor = 5;
    double silence_min_s = 1800, silence_factor = 20, silence_gaps = 100;
    double backwards_s = 5;
    double rare_after_lines = 2000, rare_most = 5;
};

/// Immutable once read; copies are cheap and share the compiled patterns. Thread-safe.
struct LogProfile {
    std::string name, title;
    std::string text;    ///< the JSON it was read from
    std::string format;  ///< Source::format
    std::vector<Pattern> recognised_by;
    double weight = 1;  ///< of the share of lines recognised, in the comparison of profiles

    std::vector<Pattern> time_patterns;  ///< one group: the text of the time. Asked where the header shows no full time
    DateOrder date_order = DateOrder::unknown;
    std::optional<int> year;  ///< of the first line, where lines do not say it

    std::string noun = "log";              ///< what an entity is called in sentences
    std::vector<Pattern> entity_patterns;  ///< one group: the whole id
    EntityField entity_field = EntityField::none;
    /// Ids of up to 15 digits are subscriber numbers (3GPP TS 23.003): shown whole even if they look like card numbers.
    bool subscriber_ids = false;

    bool journal = false;    ///< read by the reader of electronic journals: nothing else of the profile counts
    bool by_entity = false;  ///< one record for each entity; else windows
    double window_s = 60;    ///< of windows
    int window_lines = 200;  ///< of windows in logs that do not say when

    std::vector<ProfileEvent> events;
    PatternSet event_patterns;  ///< the same order; the first that matches counts
    LogThresholds thresholds;
};

/// Throws Error{Invalid}: "file:line: what is wrong, what is allowed".
LogProfile parse_log_profile(std::string_view json, std::string_view file_name);
/// Throws Error{Io} too.
LogProfile read_log_profile(const std::filesystem::path& file);

/// The profiles that come with the program, read once.
std::span<const LogProfile> shipped_log_profiles();
/// Throws Error{Invalid} with the names there are.
const LogProfile& shipped_log_profile(std::string_view name);

struct LogSniff {
    const LogProfile* profile = nullptr;  ///< a shipped one; never that of journals
    double confidence = 0;                ///< 0..1: profile weight x share of the lines it knows; generic: .25, with times .5
};

/// head: the first bytes of a source, 64 kB say; a last line that is cut off does no harm. nullopt for what is empty or no text
/// (also UTF-16). Any other text is at least generic with .25: ask those who know journals, captures and tables first.
std::optional<LogSniff> sniff_text_log(std::string_view head);

}  // namespace abm
