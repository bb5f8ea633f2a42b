// One machine while its journal is written: clock, books, and the lines every scene is made of.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/random.h"
#include "core/generate/card_population.h"
#include "core/generate/journal_text.h"
#include "core/generate/machine_profile.h"
#include "core/generate/truth.h"

namespace abm {

/// Books of one cassette. dispensed + remaining is constant between replenishments, rejects included.
struct Cassette {
    int dispensed = 0, rejected = 0, remaining = 0;
    int usable() const { return remaining - rejected; }
};

using NoteCounts = std::array<int, kCassettes>;          ///< notes of each cassette
using BillCounts = std::array<int, kMostDenominations>;  ///< notes of each accepted denomination

class Machine {
public:
    Machine(int number, const MachineProfile& profile, Random random, std::int64_t first_second, PartFile& journal,
            LineEnd line_end, TruthLog& truth);

    const int number;
    const MachineProfile& profile;
    Random random;
    CardPopulation cards;
    JournalText text;
    TruthLog& truth;

    std::string_view configuration;  ///< id told at a restart
    std::int64_t now;                ///< the machine's clock, second since the epoch
    int header_number;
    std::int64_t serial;  ///< last host serial: TRAN NO, its last four digits are the TSN
    std::array<Cassette, kCassettes> cassettes{};
    BillCounts accepted_notes{};  ///< books of the acceptor
    int retracted_unknown = 0;
    int pocket1 = 0, pocket2 = 0;  ///< cheques
    bool books_shown = false;      ///< a counter block was printed since the last supervisor visit
    bool own_chip_seen = false;    ///< a card of the own bank was read by chip in this journal

    // clock
    void step(int least_s, int most_s) { now += random.between(least_s, most_s); }

    // lines
    void header(bool prefixed = true);
    void plain(std::string_view line = {}) { text.line(line); }
    void timed(std::string_view what);                        ///< " 05:51:48 GENAC 1 : ARQC"
    void prefixed(std::string_view what);                     ///< ESC[020t 05:51:39 PIN ENTERED
    void device(std::string_view what);                       ///< "07:02:49*CIM-DEPOSIT ACTIVATED"
    void device_line(std::string_view what);                  ///< "07:02:49" and what follows
    void cancelled() { device_line(" CUSTOMER CANCELLED"); }  ///< "04:53:23 CUSTOMER CANCELLED"
    void opcode(std::string_view keys);                       ///< padded to the eight characters of the buffer
    void tsn();                                               ///< appends the four digits
    void reader_activated();
    void reset_prefix();        ///< no line end: glued to what follows
    void component_versions();  ///< goes on in the line of the reset prefix
    void power_up_block();
    void image(std::string_view kind);  ///< header and image-name line, where the machine takes images
    void counters();
    void acceptor_table(int counterfeit = -1);  ///< with the row of counterfeits unless negative

    // sessions
    void begin_session(Card* card, bool cardless = false);
    void end_session(const Outcome& outcome);    ///< END line, truth, READER ACTIVATED
    void close_session(const Outcome& outcome);  ///< truth only: for sessions that lack END
    std::int64_t session_count() const { return truth.sessions; }
    Card& card() { return *card_; }

    // intervals
    struct Mark {
        std::int64_t offset, second;
    };
    Mark mark() const { return {text.offset(), now}; }
    void interval(const Mark& from, const Outcome& outcome);

    // books
    Money value(const NoteCounts& notes) const;
    Money value(const BillCounts& bills) const;
    void take_serial() { serial = serial >= 999999 ? 1 : serial + 1; }

private:
    void date();
    void saw_time() {
        if (first_second_ == 0) first_second_ = now;
    }

    Card* card_ = nullptr;
    std::int64_t session_start_ = 0, first_second_ = 0;
    std::int64_t day_ = -1;
    std::string date_;  ///< MM/DD/YYYY of day_
};

int total(const NoteCounts& notes);
int total_bills(const BillCounts& bills);

}  // namespace abm
