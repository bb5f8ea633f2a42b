// Small journals as text, read through the whole ingest.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
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
    std::string time = "09:06";  ///< of the header; lines follow within the minute
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
           fmt::format(
               "     *TRANSACTION START*\n\x1B[020t CARD INSERTED\n {0}:01 ATR RECEIVED T=0\n\x1B[020t {0}:05 PIN ENTERED\n"
               "\x1B[020t {0}:09 OPCODE = BBD     \n {0}:10 GENAC 1 : ARQC\n {0}:12 GENAC 2 : TC\n\x1B[020t {0}:20 NOTES "
               "STACKED\n"
               "\x1B[020t {0}:22 CARD TAKEN\n\n  PAN 0004506********{1}\n  ---START OF TRANSACTION---\n \n"
               "\x1B[020t {0}:25 NOTES PRESENTED {2}\n{3}\x1B[020t\nCASH TOTAL       TYPE1 TYPE2 TYPE3 TYPE4\n"
               "DENOMINATION      20    50   100     5\nDISPENSED        {4}\nREJECTED         {5}\nREMAINING        {6}\n\n\n"
               "       TESTBANK EFT\n     DATE        TIME\n   2026/03/14   {0}:30\n   MACHINE       0777\n   TRAN NO       {7}\n"
               "   AUTHORIZATION 204417\n   ************{1}\n   WITHDRAWAL    {8}\n   FROM SAVINGS\n         THANK YOU\n"
               "\x1B[020t {0}:40 TRANSACTION END\n",
               w.time, w.card, w.presented, w.taken ? fmt::format("\x1B[020t {}:26 NOTES TAKEN\n", w.time) : std::string(),
               w.dispensed, w.rejected, w.remaining, w.serial, w.amount);
}

inline std::string reader_activated(int number, const std::string& time) {
    return header(number, time) + "     *PRIMARY CARD READER ACTIVATED*\n";
}

inline Withdrawal first() { return {}; }

// After first(): two notes of 100.
inline Withdrawal second() {
    return {.time = "09:14",
            .presented = "0,0,2,0",
            .dispensed = "00121 00081 00302 00010",
            .remaining = "01879 01919 01698 01990",
            .amount = "200.00",
            .card = "3138",
            .serial = "614102"};
}

inline Investigation read(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += part;
    return ingest_text(text);
}

inline const Record& session(const Investigation& investigation, int ordinal) {
    for (const Record& record : investigation.records) {
        if (record.kind == RecordKind::session && record.ordinal == ordinal) return record;
    }
    throw std::runtime_error("no such session");
}

inline void expect(const Record& record, RecordType type, Severity severity, Money amount) {
    EXPECT_EQ(name_of(record.type), name_of(type));
    EXPECT_EQ(name_of(record.severity), name_of(severity));
    EXPECT_EQ(money_text(record.at_risk), money_text(amount));
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in the text: " + from);
    return text.replace(at, from.size(), to);
}

// A deposit of five notes of 100; `steps` come after the escrow block.
inline std::string deposit(const std::string& steps) {
    return header(102, "09:20") +
           "     *TRANSACTION START*\n\x1B[020t CARD INSERTED\n 09:20:01 ATR RECEIVED T=0\n\x1B[020t 09:20:05 PIN ENTERED\n"
           "\x1B[020t 09:20:09 OPCODE = IB      \n 09:20:10 GENAC 1 : ARQC\n 09:20:11 GENAC 2 : TC\n\n  PAN 0004506********7712\n"
           "  ---START OF TRANSACTION---\n \n09:20:14*CIM-DEPOSIT ACTIVATED\n09:20:16*CIM-SHUTTER OPENED\n09:20:20*CIM-ITEMS "
           "INSERTED\n" +
           header(103, "09:20") +
           "*4105*1*\x1B(Iw\x1B(1*0, M-00, R-10011\nA/C \nOPERATION OK\nESC: 005\nCAD50-000,\nCAD100-005\nVAL: 000\nREF: "
           "000\nREJECTS:000*\x1B(1\n\x1BS\n" +
           steps + "\x1B[020t 09:21:30 CARD TAKEN\n\x1B[020t 09:21:32 TRANSACTION END\n";
}

inline std::string acceptor_block(char status, const std::string& counts) {
    return header(104, "09:20") +
           fmt::format("*4105*1*\x1B(Iw\x1B(1*{}, M-00, R-10011\nA/C \nOPERATION OK\n{}REJECTS:000*\x1B(1\n\x1BS\n", status,
                       counts);
}

inline const std::string kVaulted = "ESC: 000\nVAL: 005\nCAD50-000,\nCAD100-005\nREF: 000\n";
inline const std::string kReturned = "ESC: 000\nVAL: 000\nREF: 005\nCAD50-000,\nCAD100-005\n";

inline std::string deposit_receipt(const std::string& bills, const std::string& value) {
    return fmt::format(
        "\n  PAN 0004506********7712\n  ---START OF TRANSACTION---\n \n       TESTBANK EFT\n   2026/03/14   09:20:50\n   MACHINE "
        "      0777\n"
        "   TRAN NO       614105\n   AUTHORIZATION 204417\n   ************7712\n   NO.OF BILLS DEPOSITED\n            {}  X $ "
        "100\n"
        " DEPOSIT AC #   VALUE CAD\n               {}\n",
        bills, value);
}

}  // namespace abm::test
