// What an analyst calls a record, and how bad it is. Source: docs/journal-format.md, "Record types".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace abm {

enum class Severity : std::uint8_t { none, low, medium, high, critical };
inline constexpr int kSeverityCount = 5;

std::string_view name_of(Severity severity);  ///< "none" .. "critical"
std::optional<Severity> severity_from_name(std::string_view name);

// clang-format off
#define ABM_RECORD_TYPES(X)                                                                                      \
    X(normal) X(customer_cancelled) X(host_declined) X(chip_fallback) X(repeated_attempts) X(host_unavailable)   \
    X(acceptor_unavailable) X(deposit_fault) X(cheque_fault) X(card_fault) X(dispense_fault) X(cash_at_risk)      \
    X(session_truncated) X(unusual) X(supervisor_mode) X(supervisor_loop) X(power_reset) X(counts_cleared)        \
    X(counts_printed) X(acceptor_counts_zero) X(cash_added) X(cassette_handling) X(config_change) X(clock_jump)   \
    X(duplicate_block) X(journal_gap) X(out_of_service) X(acceptor_outage) X(note_recovery)                      \
    X(note_recovery_failed) X(low_activity)                                                                      \
    X(missing_responses) X(late_response) X(silence) X(packet_loss) X(jitter_burst) X(packet_flood)               \
    X(address_scan) X(connection_burst)                                                                          \
    X(card_number_in_log)
// clang-format on

enum class RecordType : std::uint8_t {
#define ABM_X(name) name,
    ABM_RECORD_TYPES(ABM_X)
#undef ABM_X
};

std::string_view name_of(RecordType type);  ///< "cash_at_risk": the word of tables and exports
std::optional<RecordType> record_type_from_name(std::string_view name);
std::string display_name(RecordType type);  ///< "cash at risk": the word of the window

}  // namespace abm
