// What can happen at a machine: whole sessions and intervals, ordinary ones and incidents. Each adds its rows to the truth.
#pragma once

#include <span>
#include <string_view>

#include "core/generate/session_steps.h"

namespace abm {

// ordinary traffic (ordinary_sessions.cpp, cheques.cpp)
void ordinary_session(Machine& machine);
void withdraw(Machine& machine, Card& card, Outcome outcome);  ///< an uneventful withdrawal with this outcome
void inquire_balance(Machine& machine, Card& card, bool leak_card_number);
void deposit_cheque(Machine& machine, Card& card, bool faulty);
Outcome settled(ChipRead read, Outcome usual);  ///< a stripe session is a chip_fallback whatever came of it

// routine (maintenance.cpp)
bool needs_cash(const Machine& machine);
void replenish(Machine& machine);
void routine_visit(Machine& machine);
void supervisor_entry(Machine& machine);
void supervisor_key(Machine& machine, std::string_view menu);
void supervisor_exit(Machine& machine);
void counts_cleared_block(Machine& machine, bool show_full_cassettes);
void configuration_dump(Machine& machine, std::string_view currency, std::span<const int> denominations);
void start_devices(Machine& machine);  ///< INIT DEPOS, where there is one
void power_reset(Machine& machine);

enum class Needs { nothing, acceptor, cheques };

/// A kind of incident: how often it comes among all, what the machine must have, and the scene itself.
struct IncidentKind {
    std::string_view name;
    int weight;
    bool severe;  ///< medium or worse
    Needs needs;
    bool daytime;  ///< a long silence that means something only by day
    void (*play)(Machine&);
};

std::span<const IncidentKind> session_incidents();   ///< incidents of sessions
std::span<const IncidentKind> interval_incidents();  ///< incidents between sessions
bool can_happen(const IncidentKind& kind, const Machine& machine);

}  // namespace abm
