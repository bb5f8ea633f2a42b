#include "core/generate/traffic.h"

#include <algorithm>
#include <array>

#include "core/generate/scenes.h"

namespace abm {
namespace {

/// Customers an hour, for hours 0 .. 23; about 88 a day.
constexpr std::array<double, 24> kCustomersPerHour{.25, .15, .1,  .1,  .2,  .8,  2.8, 5, 5.6, 5.2, 4.8, 5.2,
                                                   6.2, 5.6, 5.2, 5.2, 5.8, 6.6, 6,   5, 3.6, 2.4, 1.4, .7};
constexpr std::int64_t kDaySeconds = 86400;

// Next arrival of a Poisson process whose rate follows the hours: exponential work used up hour by hour.
std::int64_t next_arrival(Machine& machine, double busy) {
    double work = machine.random.exponential();
    std::int64_t at = machine.now + 7;
    for (;;) {
        const double per_second = kCustomersPerHour[static_cast<std::size_t>(at % kDaySeconds / 3600)] * busy / 3600.0;
        const std::int64_t hour_end = at - at % 3600 + 3600;
        const double room = per_second * static_cast<double>(hour_end - at);
        if (work < room) return at + static_cast<std::int64_t>(work / per_second);
        work -= room;
        at = hour_end;
    }
}

class Traffic {
public:
    Traffic(Machine& machine, const TrafficPlan& plan)
        : machine_(machine),
          plan_(plan),
          first_(machine.now),
          leaks_(plan.leaks),
          busy_(machine.random.between(85, 115) / 100.0) {}

    // One customer, or what comes in a customer's place. False at the end of the plan.
    bool go_on() {
        if (plan_.most_bytes > 0 && machine_.text.offset() >= plan_.most_bytes) return false;
        const std::int64_t arrival = midnight_customer(next_arrival(machine_, busy_));
        if (plan_.most_bytes == 0 && arrival >= plan_.last_second) return false;
        machine_.now = arrival;
        // No incident right after a visit: it could explain what must stay unexplained.
        if (!visited() && (play_planned() || play_random())) return true;
        if (leaks_ > 0 && fraction() > 0.3) {
            --leaks_;
            inquire_balance(machine_, machine_.cards.pick_of(machine_.random, machine_.now, Issuer::Kind::own), true);
            return true;
        }
        ordinary_session(machine_);
        return true;
    }

    double fraction() const {
        if (plan_.most_bytes > 0) return static_cast<double>(machine_.text.offset()) / static_cast<double>(plan_.most_bytes);
        return static_cast<double>(machine_.now - first_) / static_cast<double>(plan_.last_second - first_);
    }

private:
    // Somebody is always served over the first midnight, so that every journal of two days has such a session.
    std::int64_t midnight_customer(std::int64_t arrival) {
        const std::int64_t before_midnight = first_ - first_ % kDaySeconds + kDaySeconds - 25;
        if (served_midnight_ || arrival < before_midnight) return arrival;
        served_midnight_ = true;
        return machine_.now < before_midnight ? before_midnight : arrival;
    }

    bool visited() {
        const std::int64_t hour = machine_.now % kDaySeconds / 3600;
        if (hour < 6 || hour > 20) return false;
        if (needs_cash(machine_)) {
            replenish(machine_);
        } else if (machine_.random.chance(0.004)) {
            routine_visit(machine_);
        } else {
            return false;
        }
        machine_.step(60, 400);
        return true;
    }

    bool play_planned() {
        if (next_planned_ >= plan_.planned.size() || fraction() < plan_.planned[next_planned_].at) return false;
        const IncidentKind* const kind = find(plan_.planned[next_planned_].name);
        if (kind == nullptr || !can_happen(*kind, machine_)) return false;  // waits for the day
        ++next_planned_;
        kind->play(machine_);
        return true;
    }

    bool play_random() {
        if (!machine_.random.chance(plan_.small ? plan_.incident_rate / 2 : plan_.incident_rate)) return false;
        const bool between_sessions = !plan_.small && machine_.random.chance(0.25);
        const auto kinds = between_sessions ? interval_incidents() : session_incidents();
        std::array<int, 32> weights{};
        for (std::size_t index = 0; index < kinds.size(); ++index) {
            const bool allowed = can_happen(kinds[index], machine_) && !(plan_.small && kinds[index].severe);
            weights[index] = allowed ? kinds[index].weight : 0;
        }
        kinds[machine_.random.pick(std::span(weights).first(kinds.size()))].play(machine_);
        return true;
    }

    static const IncidentKind* find(std::string_view name) {
        for (const auto kinds : {session_incidents(), interval_incidents()}) {
            const auto found =
                std::find_if(kinds.begin(), kinds.end(), [&](const IncidentKind& kind) { return kind.name == name; });
            if (found != kinds.end()) return &*found;
        }
        return nullptr;
    }

    Machine& machine_;
    const TrafficPlan& plan_;
    std::int64_t first_;
    int leaks_;
    double busy_;
    std::size_t next_planned_ = 0;
    bool served_midnight_ = false;
};

}  // namespace

void run_traffic(Machine& machine, const TrafficPlan& plan, const std::function<void(double)>& between) {
    Traffic traffic(machine, plan);
    for (std::int64_t turn = 0; traffic.go_on(); ++turn) {
        if (turn % 64 == 0) between(std::min(1.0, traffic.fraction()));
    }
}

}  // namespace abm
