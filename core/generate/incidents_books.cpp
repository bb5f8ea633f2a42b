// Incidents of the books: counts cleared wrongly, cassettes, configuration, and parts of the journal that are missing or doubled.
#include "core/generate/incidents.h"

namespace abm::incidents {
namespace {

using enum RecordType;

void counter_line(Machine& machine, std::string_view name) { machine.text.put(name).line("0"); }

void visit_block(Machine& machine) {
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    supervisor_key(machine, "05");
    supervisor_key(machine, "09");
    start_devices(machine);
    supervisor_exit(machine);
}

}  // namespace

void counts_cleared_wrongly(Machine& machine) {
    supervisor_entry(machine);
    supervisor_key(machine, "04");
    const Machine::Mark from = machine.mark();
    counts_cleared_block(machine, true);
    machine.interval(
        from, incident(counts_cleared, Severity::high, "cleared counts say full cassettes instead of what the books held"));
    supervisor_key(machine, "09");
    supervisor_exit(machine);
}

void acceptor_counts_zeroed(Machine& machine) {
    supervisor_entry(machine);
    supervisor_key(machine, "04");
    const Machine::Mark from = machine.mark();
    machine.header();
    for (const std::string_view line :
         {"\x1b[05p", "           BNA CNTRS", "  LAST CLEARED : 00/00/00 00:00", "                 COUNT "})
        machine.plain(line);
    for (const std::string_view name :
         {"  ENCASHED       ", "  REJECTED       ", "  RETRACTED       ", "  NOTES IN TRANSPORT    ", "  ESCRW DEPS     ",
          "  ESCRW RFND     ", "  TOTAL COUNTERFEIT     "})
        counter_line(machine, name);
    machine.plain("  TOTAL SUSPECT         0\x1b[00p");
    machine.accepted_notes = {};
    machine.retracted_unknown = 0;
    machine.interval(from, incident(acceptor_counts_zero, Severity::high, "acceptor counters wiped without a printed total"));
    supervisor_key(machine, "09");
    supervisor_exit(machine);
}

void wrong_currency_configured(Machine& machine) {
    static constexpr int kForeign[] = {5, 10, 20, 50};
    supervisor_entry(machine);
    configuration_dump(machine, machine.profile.currency, machine.profile.denominations);
    machine.step(300, 900);
    const Machine::Mark from = machine.mark();
    configuration_dump(machine, "GBP", kForeign);
    machine.interval(from,
                     incident(config_change, Severity::high, "the type table shows another currency and other denominations"));
    supervisor_exit(machine);
}

void cassette_handled(Machine& machine) {
    static constexpr std::string_view kNames[] = {"TOP", "SECOND", "THIRD", "FOURTH"};
    const std::string_view name = kNames[machine.random.below(kCassettes)];
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    const Machine::Mark from = machine.mark();
    for (const std::string_view what : {" CASSETTE REMOVED", " CASSETTE INSERTED"}) {
        machine.plain();
        machine.header(false);
        machine.text.put("\t").put(name).line(what);
        machine.text.put("     *");
        machine.tsn();
        machine.plain("*1*P*        0");
        machine.step(15, 50);
    }
    machine.interval(from,
                     incident(cassette_handling, Severity::medium, "a cassette was taken out and put back, no cash was added"));
    supervisor_exit(machine);
}

void sessions_missing(Machine& machine) {
    machine.step(300, 1200);
    const int sessions = machine.random.between(1, 2);
    for (int lost = 0; lost < sessions * 2; ++lost) machine.take_serial();
    machine.header_number = (machine.header_number + sessions * machine.random.between(3, 5)) % 1000;
    const Machine::Mark from = machine.mark();
    machine.reader_activated();
    machine.interval(from, incident(journal_gap, Severity::critical,
                                    "header numbers and host serials jump: sessions are missing from the journal"));
}

// The same bytes twice: clock, numbers and the random stream are put back in between.
void duplicate_block(Machine& machine) {
    machine.step(120, 900);
    const Random same_draws = machine.random;
    const std::int64_t same_clock = machine.now;
    const int same_header = machine.header_number;
    const Machine::Mark original = machine.mark();
    visit_block(machine);
    machine.interval(original, ordinary(supervisor_mode, "routine visit"));
    machine.random = same_draws;
    machine.now = same_clock;
    machine.header_number = same_header;
    const Machine::Mark from = machine.mark();
    visit_block(machine);
    machine.interval(from, incident(RecordType::duplicate_block, Severity::high,
                                    "byte for byte the block before it: the journal was written twice"));
}

}  // namespace abm::incidents
