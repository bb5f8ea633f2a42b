// The journal of another disk image in the middle of this one: an old date, a serial of its own, a foreign currency.
#include <fmt/format.h>

#include "core/generate/incidents.h"

namespace abm::incidents {
namespace {

using enum RecordType;

constexpr std::int64_t kImageDay = 18172;  ///< 3 October 2019, days since the epoch

void task_block(Machine& machine, bool entered) {
    machine.header(false);
    machine.plain("\x1b)1TERMINALID: \x1b)1");
    const std::int64_t hour = machine.now % 86400 / 3600;
    machine.text.put(fmt::format("\x1b)110/3/2019 {}:{:02}:{:02} {}", hour > 12 ? hour - 12 : hour, machine.now % 3600 / 60,
                                 machine.now % 60, hour >= 12 ? "PM" : "AM"));
    machine.text.end_line();
    for (const std::string_view line :
         {"", "\x1b)1USERTYPE:   \x1b)1", "\x1b)1USERID:     \x1b)1", "", "\x1b)1TASKNAME:   \x1b)1CDMCASSETTEREPORTTASKS"})
        machine.plain(line);
    if (!entered) machine.plain("\x1b)1RESULT:     \x1b)1COMPLETED");
    machine.plain();
    machine.plain(entered ? "SUPERVISOR TASK ENTERED." : "SUPERVISOR TASK EXITED.");
    machine.plain();
    machine.plain("\x1b)1  ------------------------------------");
}

void foreign_cassettes(Machine& machine) {
    const Machine::Mark from = machine.mark();
    machine.header(false);
    machine.plain("CASSETTE INFORMATION");
    machine.plain("POSITION   CUR   VAL   TYPE  STATUS");
    for (const std::string_view line : {"TOP        GBP   5     1     LOW", "SECOND     GBP   10    2     LOW",
                                        "THIRD      GBP   20    3     LOW", "FOURTH     GBP   50    4     LOW"})
        machine.plain(line);
    machine.header(false);
    machine.plain("CASSETTE INFORMATION WAS NOT DISPLAYED");
    machine.interval(from, incident(config_change, Severity::medium, "the image carries cassettes of another currency"));
}

void foreign_cash(Machine& machine) {
    const Machine::Mark from = machine.mark();
    machine.header();
    machine.plain("\x1b[05pCASH ADDED");
    machine.plain("TYPE 1 =  2000  TYPE 2 =  2000");
    machine.plain("TYPE 3 =  2000  TYPE 4 =  2000\x1b[00p");
    machine.interval(from, incident(cash_added, Severity::medium, "fictitious counts of the image"));
}

void image_block(Machine& machine) {
    supervisor_entry(machine);
    supervisor_key(machine, "07");
    machine.reset_prefix();
    machine.component_versions();
    machine.step(600, 1800);
    machine.power_up_block();
    machine.step(30, 90);
    supervisor_entry(machine);
    supervisor_key(machine, "04");
    const Machine::Mark cleared = machine.mark();
    machine.cassettes = {};
    counts_cleared_block(machine, false);
    machine.interval(cleared, incident(counts_cleared, Severity::medium, "all counts zero, inside the image"));
    task_block(machine, true);
    foreign_cassettes(machine);
    machine.step(2, 5);
    task_block(machine, false);
    machine.step(20, 60);
    foreign_cash(machine);
    supervisor_key(machine, "07");
}

}  // namespace

void foreign_image(Machine& machine) {
    machine.step(300, 900);
    const std::int64_t clock = machine.now;
    const std::int64_t serial = machine.serial;
    const int header_number = machine.header_number;
    const auto cassettes = machine.cassettes;

    machine.now = kImageDay * 86400 + machine.random.between(17 * 3600, 19 * 3600);
    machine.serial = 9382;
    machine.header_number = 58;
    machine.configuration = "0748";
    const Machine::Mark from = machine.mark();
    image_block(machine);
    machine.interval(from,
                     incident(clock_jump, Severity::high, "dates and serials of another disk image inserted here, then back"));

    machine.now = clock + machine.random.between(1200, 2400);
    machine.serial = serial;
    machine.header_number = header_number;
    machine.configuration = machine.profile.configuration;
    machine.cassettes = cassettes;
    const Machine::Mark reset = machine.mark();
    abm::power_reset(machine);
    machine.interval(reset, incident(RecordType::power_reset, Severity::medium, "restart with the machine's own configuration"));
}

}  // namespace abm::incidents
