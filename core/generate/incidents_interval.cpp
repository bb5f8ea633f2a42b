// Incidents between sessions: recoveries, resets, visits and silences.
#include "core/generate/incidents.h"

namespace abm::incidents {
namespace {

using enum RecordType;

void hours(Machine& machine, int least, int most) { machine.step(least * 3600, most * 3600); }

void restart_lines(Machine& machine) {
    machine.component_versions();
    machine.power_up_block();
    machine.step(20, 60);
    machine.reader_activated();
}

}  // namespace

void recovery_failed(Machine& machine) {
    machine.step(120, 600);
    const Machine::Mark from = machine.mark();
    machine.reset_prefix();
    machine.device("CASHIN RECOVERY STARTED - CASSETTES ");
    machine.step(6, 8);
    machine.device("NOTES DETECTED IN THE STACKER");
    machine.device("MONEY FOUND (ENCASH AUTHORISED) ");
    machine.step(6, 8);
    machine.device("CASHIN RETRACT STARTED - CASSETTES");
    machine.device("CIM-RESET CALLED - CASSETTES");
    machine.step(30, 35);
    machine.device("CASHIN RECOVERY FAILED - HARDWARE ERROR");
    machine.retracted_unknown += machine.random.between(1, 8);
    machine.interval(from, incident(note_recovery_failed, Severity::critical,
                                    "notes found at rest and not recovered: whose they are is unknown"));
    const Machine::Mark reset = machine.mark();
    restart_lines(machine);
    machine.interval(reset, incident(RecordType::power_reset, Severity::medium, "restart after the failed recovery"));
}

void recovery_by_supervisor(Machine& machine) {
    machine.step(60, 300);
    supervisor_entry(machine);
    supervisor_key(machine, "09");
    const Machine::Mark from = machine.mark();
    machine.device("INIT BNA STARTED - RETRACT BIN ");
    machine.device("CASHIN RETRACT STARTED - RETRACT BIN");
    machine.step(34, 38);
    machine.device("CIM-RESET CALLED - RETRACT BIN");
    machine.step(34, 38);
    machine.device("MONEY FOUND ");
    machine.device("CASHIN RECOVERY OK  ");
    machine.interval(
        from, incident(note_recovery, Severity::high, "money found goes to the retract bin without count or denomination"));
    start_devices(machine);
    supervisor_exit(machine);
}

void cheque_recovery_failed(Machine& machine) {
    machine.step(120, 600);
    machine.reset_prefix();
    const Machine::Mark from = machine.mark();
    machine.device("CHEQUE RECOVERY: HARDWAREERROR");
    machine.plain("         POCKET1  POCKET2  ");
    machine.text.put("TOTALS   ").number(machine.pocket1).put("        ").number(machine.pocket2).line("        ");
    machine.header(false);
    for (const std::string_view line : {"     CHEQUE CAPTURE FAILED", "     TSN:      ", "     CARD: ", "",
                                        "\x1b[000p\x1b[040q\x1b(I     *    *1*q\x1b(1*2N,M-65,R-100011\x1bS", ""})
        machine.plain(line);
    machine.interval(from, incident(cheque_fault, Severity::high, "cheque recovery failed at power-up, no customer is named"));
    const Machine::Mark reset = machine.mark();
    restart_lines(machine);
    machine.interval(reset, incident(RecordType::power_reset, Severity::medium, "restart after the failed cheque recovery"));
}

void supervisor_loop(Machine& machine) {
    machine.step(60, 300);
    const Machine::Mark from = machine.mark();
    for (int round = machine.random.between(5, 8); round > 0; --round) {
        supervisor_entry(machine);
        supervisor_key(machine, "07");
        supervisor_key(machine, "09");
        supervisor_exit(machine);
    }
    machine.interval(from, incident(RecordType::supervisor_loop, Severity::medium, "supervisor mode entered again and again"));
}

void reset_at_rest(Machine& machine) {
    const Machine::Mark from = machine.mark();
    abm::power_reset(machine);
    machine.interval(from,
                     incident(RecordType::power_reset, Severity::medium, "power lost or restarted at rest, nothing to recover"));
}

void acceptor_outage(Machine& machine) {
    const Machine::Mark from = machine.mark();
    recovery_failed(machine);
    machine.step(300, 1500);
    acceptor_refuses(machine);
    machine.step(300, 1800);
    acceptor_refuses(machine);
    machine.step(600, 1800);
    supervisor_entry(machine);
    supervisor_key(machine, "09");
    start_devices(machine);
    supervisor_exit(machine);
    machine.interval(from, incident(RecordType::acceptor_outage, Severity::medium,
                                    "note acceptor down from the failed recovery until the visit"));
}

void out_of_service(Machine& machine) {
    const Machine::Mark from = machine.mark();
    machine.step(1200, 3600);
    abm::power_reset(machine);
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    hours(machine, 2, 4);
    supervisor_key(machine, "09");
    start_devices(machine);
    supervisor_exit(machine);
    machine.step(1200, 3600);
    abm::power_reset(machine);
    machine.interval(
        from, incident(RecordType::out_of_service, Severity::high, "no customer for hours by day, resets and a visit inside"));
}

// The silence itself writes nothing; the reader is activated once more in it.
void low_activity(Machine& machine) {
    const Machine::Mark from = machine.mark();
    hours(machine, 2, 3);
    machine.reader_activated();
    hours(machine, 1, 2);
    machine.interval(from,
                     incident(RecordType::low_activity, Severity::low, "no customer for hours by day, nothing else happened"));
}

}  // namespace abm::incidents
