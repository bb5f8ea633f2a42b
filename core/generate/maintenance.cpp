// Supervisor visits, replenishments and resets.
#include <fmt/format.h>

#include "core/generate/scenes.h"

namespace abm {
namespace {

constexpr int kFull = 2000;   ///< notes of a full cassette
constexpr int kLowCash = 90;  ///< usable notes at which the cash centre comes

void type_rows(Machine& machine, std::string_view title, const std::array<int, kCassettes>& counts, std::string_view after = {}) {
    machine.plain(title);
    machine.text.put(fmt::format("TYPE 1 = {:05}  TYPE 2 = {:05}", counts[0], counts[1])).end_line();
    machine.text.put(fmt::format("TYPE 3 = {:05}  TYPE 4 = {:05}", counts[2], counts[3])).line(after);
}

void status_line(Machine& machine, std::string_view what) {
    machine.text.put("     *");
    machine.tsn();
    machine.text.put("*1*").line(what);
}

void add_cash(Machine& machine) {
    std::array<int, kCassettes> added{};
    for (std::size_t index = 0; index < added.size(); ++index) {
        Cassette& cassette = machine.cassettes[index];
        added[index] = kFull - cassette.remaining;
        cassette = {0, 0, kFull};
    }
    machine.header();
    machine.plain("\x1b[05pCASH ADDED");
    machine.text.put(fmt::format("TYPE 1 = {:5}  TYPE 2 = {:5}", added[0], added[1])).end_line();
    machine.text.put(fmt::format("TYPE 3 = {:5}  TYPE 4 = {:5}\x1b[00p", added[2], added[3])).end_line();
}

}  // namespace

bool needs_cash(const Machine& machine) {
    for (const Cassette& cassette : machine.cassettes) {
        if (cassette.usable() < kLowCash) return true;
    }
    return false;
}

void supervisor_entry(Machine& machine) {
    machine.books_shown = false;
    machine.text.put("\x1b[020t");
    status_line(machine, "P*21,M-");
    machine.header(false);
    machine.plain("\x1b[05pSUPERVISOR MODE ENTRY\x1b[00p");
    machine.step(20, 60);
}

void supervisor_key(Machine& machine, std::string_view menu) {
    machine.text.put("\x1b[020t");
    status_line(machine, fmt::format("R*{}", menu));
    machine.step(10, 40);
}

void supervisor_exit(Machine& machine) {
    machine.header();
    machine.plain("\x1b[05pSUPERVISOR MODE EXIT\x1b[00p");
    status_line(machine, "P*20,M-");
    machine.step(10, 60);
    machine.reader_activated();
}

void start_devices(Machine& machine) {
    if (!machine.profile.acceptor) return;
    machine.device("INIT DEPOS STARTED");
    machine.step(33, 36);
    if (machine.profile.cheques) machine.device("CHEQUE RECOVERY: SUCCESS");
    machine.device("INIT DEPOS END");
    machine.step(2, 9);
}

// Clearing zeroes DISPENSED and REJECTED. REMAINING stays what the books say, unless the terminal shows full cassettes in error.
void counts_cleared_block(Machine& machine, bool show_full_cassettes) {
    std::array<int, kCassettes> remaining{};
    for (std::size_t index = 0; index < remaining.size(); ++index) {
        Cassette& cassette = machine.cassettes[index];
        cassette = {0, 0, show_full_cassettes ? kFull : cassette.remaining};
        remaining[index] = cassette.remaining;
    }
    machine.header();
    machine.plain("\x1b[05pCASH COUNTS CLEARED");
    type_rows(machine, "CASH DISPENSED      ", {});
    machine.plain();
    type_rows(machine, "CASH REMAINING", remaining);
    machine.plain();
    type_rows(machine, "CASH REJECTED", {}, "\x1b[00p");
}

void replenish(Machine& machine) {
    const Machine::Mark from = machine.mark();
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    machine.step(120, 400);
    supervisor_key(machine, "04");
    counts_cleared_block(machine, false);
    machine.step(60, 240);
    add_cash(machine);
    supervisor_key(machine, "09");
    start_devices(machine);
    supervisor_exit(machine);
    machine.interval(from, ordinary(RecordType::cash_added,
                                    "routine replenishment: counts cleared with the counts of the books, cassettes filled up"));
}

void routine_visit(Machine& machine) {
    const Machine::Mark from = machine.mark();
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    supervisor_key(machine, "09");
    start_devices(machine);
    supervisor_exit(machine);
    machine.interval(from, ordinary(RecordType::supervisor_mode, "routine visit"));
}

void configuration_dump(Machine& machine, std::string_view currency, std::span<const int> denominations) {
    supervisor_key(machine, "05");
    for (const std::string_view line :
         {"\x1b[020t\x1b[05p*CONFIGURATION DATA*", "ROLL WIDTH   = 25    JRNL=DISK", "LEFT COLUMN  =  8    JRNL LVL=3",
          "TRACK 1 TYPE = ISO     EJ LVL=3", "MESSAGE MODE = 10030000000000000"})
        machine.plain(line);
    machine.text.put("MACHINE NO   = 00").number(machine.number, 4).end_line();
    for (const std::string_view line :
         {"COUNT PRNTR  = BOTH", "RESTART MODE = DEFAULT", "EJ BKUP=MULTIPLE  NO. BKUPS=100", "VOLUME SST=0   VOLUME JACK=0",
          "POWERUP MSG = ENABLED", "MAX ST LEN = 28 RCT TOP MGN =  \x1b[00p"})
        machine.plain(line);
    machine.plain();
    machine.plain("\x1b[020t\x1b[05p TYPE CURR VALUE CUID  DISP");
    for (std::size_t index = 0; index < denominations.size(); ++index)
        machine.text.put(fmt::format(" {}    {}  {:<6}{}     OK", index + 1, currency, denominations[index], index + 1))
            .end_line();
    machine.plain("                        ");
    machine.plain(" REJECT BIN THRESHOLD = 0\x1b[00p");
}

void power_reset(Machine& machine) {
    machine.step(60, 240);
    machine.reset_prefix();
    machine.component_versions();
    machine.power_up_block();
    machine.step(20, 70);
    machine.reader_activated();
}

}  // namespace abm
