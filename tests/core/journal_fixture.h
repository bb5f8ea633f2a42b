// Small journals as text, read through the whole ingest.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/decide/rule_set.h"
#include "core/pipeline/ingest.h"
#include "tests/core/temporary_folder.h"

namespace abm::test {

inline Investigation ingest_files(const std::vector<std::filesystem::path>& files, int threads = 1) {
    IngestOptions options;
    options.threads = threads;
    options.rules = &RuleSet::built_in();
    return ingest(files, options, Progress());
}

inline Investigation ingest_text(std::string_view text) {
    const TemporaryFolder folder;
    return ingest_files({folder.write("ABM0777EJ_20260314.txt", text)});
}

/// What a scenario changes of an ordinary withdrawal.
struct Withdrawal {
    std::string time = "09:06";                 ///< of the header; lines follow within the minute
    std::string presented = "1,1,0,0";
    std::string dispensed = "00121 00081 00300 00010";
    std::string rejected = "00001 00000 00002 00000";
    std::string remaining = "01879 01919 01700 01990";
    std::string amount = "70.00";
    std::string card = "3101";
    std::string serial = "614101";
    bool taken = true;
};

inline std::string header(int number, const std::string& time, const std::string& date = "03/14/2026") {
    return fmt::format("\x1B[020t*{:03}*{}*{}*\n", number, date, time);
}

/// From the header to END; `number` is the header's.
inline std::string withdrawal(int number, const Withdrawal& w) {
    return header(number, w.time) +
           fmt::format("     *TRANSACTION START*\n\x1B[020t CARD INSERTED\n {0}:01 ATR RECEIVED T=0\n\x1B[020t {0}:05 PIN ENTERED\n"
                       "\x1B[020t {0}:09 OPCODE = BBD     \n {0}:10 GENAC 1 : ARQC\n {0}:12 GENAC 2 : TC\n\x1B[020t {0}:20 NOTES STACKED\n"
                       "\x1B[020t {0}:22 CARD TAKEN\n\n  PAN 0004506********{1}\n  ---START OF TRANSACTION---\n \n"
                       "\x1B[020t {0}:25 NOTES PRESENTED {2}\n{3}\x1B[020t\nCASH TOTAL       TYPE1 TYPE2 TYPE3 TYPE4\n"
                       "DENOMINATION      20    50   100     5\nDISPENSED        {4}\nREJECTED         {5}\nREMAINING        {6}\n\n\n"
                       "       TESTBANK EFT\n     DATE        TIME\n   2026/03/14   {0}:30\n   MACHINE       0777\n   TRAN NO       {7}\n"
                       "   AUTHORIZATION 204417\n   ************{1}\n   WITHDRAWAL    {8}\n   FROM SAVINGS\n         THANK YOU\n"
                       "\x1B[020t {0}:40 TRANSACTION END\n",
                       w.time, w.card, w.presented, w.taken ? fmt::format("\x1B[020t {}:26 NOTES TAKEN\n", w.time) : std::string(), w.dispensed,
                       w.rejected, w.remaining, w.serial, w.amount);
}

inline std::string reader_activated(int number, const std::string& time) {
    return header(number, time) + "     *PRIMARY CARD READER ACTIVATED*\n";
}

}  // namespace abm::test
