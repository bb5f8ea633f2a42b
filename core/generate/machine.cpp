#include "core/generate/machine.h"

#include <fmt/format.h>

#include <chrono>
#include <numeric>

namespace abm {
namespace {

constexpr std::string_view kPrefix = "\x1b[020t";
constexpr std::string_view kReset =
    "\x1b[0r\x1b(1\x1b)2\x1b[000p\x1b[040q\x0f\x1b"
    "e1\x1bw3\x1bh162";

}  // namespace

int total(const NoteCounts& notes) { return std::accumulate(notes.begin(), notes.end(), 0); }
int total_bills(const BillCounts& bills) { return std::accumulate(bills.begin(), bills.end(), 0); }

Machine::Machine(int machine_number, const MachineProfile& machine_profile, Random numbers, std::int64_t first_second,
                 PartFile& journal, LineEnd line_end, TruthLog& truth_log)
    : number(machine_number),
      profile(machine_profile),
      random(numbers),
      cards(machine_profile, random),
      text(journal, line_end),
      truth(truth_log),
      configuration(machine_profile.configuration),
      now(first_second),
      header_number(random.between(0, 999)),
      serial(random.between(100000, 700000)) {
    for (Cassette& cassette : cassettes) {
        cassette.dispensed = random.between(50, 700);
        cassette.remaining = 2000 - cassette.dispensed;
        cassette.rejected = random.between(0, 8);
    }
    // One cassette is nearly empty, so that even a short journal shows a replenishment.
    Cassette& low = cassettes[random.below(kCassettes)];
    low.remaining = random.between(110, 220);
    low.dispensed = 2000 - low.remaining;
    if (!profile.acceptor) return;
    for (int index = 0; index < profile.accepted_count(); ++index)
        accepted_notes[static_cast<std::size_t>(index)] = random.between(1, 180);
    pocket1 = random.between(0, 9);
    pocket2 = random.between(0, 6);
}

void Machine::date() {
    if (const std::int64_t day = now / 86400; day != day_) {
        day_ = day;
        const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
        date_ = fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                            static_cast<int>(date.year()));
    }
    text.put(date_);
}

void Machine::header(bool with_prefix) {
    if (with_prefix) text.put(kPrefix);
    text.put("*").number(header_number, 3).put("*");
    date();
    text.put("*").number(now % 86400 / 3600, 2).put(":").number(now % 3600 / 60, 2).line("*");
    header_number = (header_number + 1) % 1000;
}

void Machine::timed(std::string_view what) {
    saw_time();
    text.put(" ").clock(now).put(" ").line(what);
}

void Machine::prefixed(std::string_view what) {
    saw_time();
    text.put(kPrefix).put(" ").clock(now).put(" ").line(what);
}

void Machine::device(std::string_view what) {
    saw_time();
    text.clock(now).put("*").line(what);
}

void Machine::device_line(std::string_view what) {
    saw_time();
    text.clock(now).line(what);
}

void Machine::opcode(std::string_view keys) {
    saw_time();
    text.put(kPrefix).put(" ").clock(now).put(" OPCODE = ").left(keys, 8).end_line();
}

void Machine::tsn() { text.number(serial % 10000, 4); }

void Machine::reader_activated() {
    header();
    plain("     *PRIMARY CARD READER ACTIVATED*");
}

void Machine::reset_prefix() { text.put(kReset); }

void Machine::component_versions() {
    for (const std::string_view line : {"COMPONENT VERSIONS", "  ICC 04.00.00", "  CAM 04.00.00", "  INT 04.00.02",
                                        "EMV KERNEL CHECKSUM", "D726EB0C96302BF18E28", "EMV LEVEL 2 CONFIG CHECKSUM",
                                        "788214FDD34AF47915D0", "CURRENT CONFIG CHECKSUM", "5D76D625B4DF0EDD53F6"})
        plain(line);
}

void Machine::power_up_block() {
    header();
    plain("\x1b[05pPOWER-UP/RESET");
    plain("APTRA ADVANCE NDC 05.01.00\x1b[00p");
    text.put("     *    *1*B*").put(configuration).line(",M-");
}

void Machine::image(std::string_view kind) {
    if (!profile.images) return;
    header();
    text.put("00").number(number, 4).put("_");
    tsn();
    text.put("_").put({date_.data(), 2}).put({date_.data() + 3, 2}).put({date_.data() + 8, 2}).put("_");
    text.number(now % 86400 / 3600, 2).number(now % 3600 / 60, 2).number(now % 60, 2).put(".").number(random.below(1000), 3);
    text.put("_").number(card_->last_digits, 4).put("_").line(kind);
}

void Machine::counters() {
    books_shown = true;
    text.line(kPrefix);
    plain("CASH TOTAL       TYPE1 TYPE2 TYPE3 TYPE4");
    text.put("DENOMINATION    ");
    for (const int denomination : profile.denominations) text.number(denomination, 6, ' ');
    text.end_line();
    const auto row = [&](std::string_view name, int Cassette::*field) {
        text.put(name);
        for (const Cassette& cassette : cassettes) text.put(" ").number(cassette.*field, 5);
        text.end_line();
    };
    row("DISPENSED       ", &Cassette::dispensed);
    row("REJECTED        ", &Cassette::rejected);
    row("REMAINING       ", &Cassette::remaining);
    plain();
}

void Machine::acceptor_table(int counterfeit) {
    const bool retract = profile.acceptor_retract;
    const auto row = [&](std::string_view name, int notes, int unknown) {
        text.left(name, 8);
        text.put(fmt::format("{:<8}0       ", notes));
        retract ? text.put(fmt::format("{:<8}", unknown)) : text.put("0       0       ");
        text.end_line();
    };
    plain(retract ? "DENOM   CASS1   CASS2   RETRACT " : "DENOM   CASS1   CASS2   CASS3   CASS4   ");
    for (std::size_t index = 0; index < accepted_notes.size(); ++index) {
        if (accepted_notes[index] > 0)
            row(fmt::format("{}{}", profile.currency, profile.accepted[index]), accepted_notes[index], 0);
    }
    if (retract && retracted_unknown > 0) row("UNKNOWN", 0, retracted_unknown);
    row("TOTAL", total_bills(accepted_notes), retracted_unknown);
    if (counterfeit >= 0) {
        plain("DENOM   REJECT  CNTRFEIT");
        text.put(fmt::format("TOTAL   0       {:<8}", counterfeit)).end_line();
    }
    plain();
}

void Machine::begin_session(Card* card, bool cardless) {
    card_ = card;
    if (card != nullptr) card->last_used = now;
    header();
    session_start_ = text.offset();
    first_second_ = 0;
    plain(cardless ? "     *CARDLESS TRANSACTION START*" : "     *TRANSACTION START*");
    if (!cardless) text.put(kPrefix).line(" CARD INSERTED");
}

void Machine::end_session(const Outcome& outcome) {
    prefixed("TRANSACTION END");
    close_session(outcome);
    step(0, 1);
    reader_activated();
}

void Machine::close_session(const Outcome& outcome) {
    if (card_ != nullptr) card_->last_used = now;
    truth.add({"session", truth.sessions + 1, session_start_, text.offset(), first_second_ != 0 ? first_second_ : now}, outcome);
}

void Machine::interval(const Mark& from, const Outcome& outcome) {
    truth.add({"interval", truth.sessions, from.offset, text.offset(), from.second}, outcome);
}

Money Machine::value(const NoteCounts& notes) const {
    Money sum = 0;
    for (std::size_t index = 0; index < notes.size(); ++index) sum += Money{notes[index]} * profile.denominations[index] * 100;
    return sum;
}

Money Machine::value(const BillCounts& bills) const {
    Money sum = 0;
    for (std::size_t index = 0; index < bills.size(); ++index) sum += Money{bills[index]} * profile.accepted[index] * 100;
    return sum;
}

}  // namespace abm
