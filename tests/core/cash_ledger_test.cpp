// What the books prove, one situation each, read from journal text to finding.
#include "tests/core/journal_fixture.h"

namespace abm {
namespace {

using test::header;
using test::ingest_text;
using test::reader_activated;
using test::withdrawal;
using test::Withdrawal;

Withdrawal first() { return {}; }

// After first(): two notes of 100.
Withdrawal second() {
    return {.time = "09:14", .presented = "0,0,2,0", .dispensed = "00121 00081 00302 00010", .remaining = "01879 01919 01698 01990",
            .amount = "200.00", .card = "3138", .serial = "614102"};
}

Investigation read(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += part;
    return ingest_text(text);
}

const Record& session(const Investigation& investigation, int ordinal) {
    for (const Record& record : investigation.records) {
        if (record.kind == RecordKind::session && record.ordinal == ordinal) return record;
    }
    throw std::runtime_error("no such session");
}

void expect(const Record& record, RecordType type, Severity severity, Money amount) {
    EXPECT_EQ(name_of(record.type), name_of(type));
    EXPECT_EQ(name_of(record.severity), name_of(severity));
    EXPECT_EQ(money_text(record.at_risk), money_text(amount));
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not in the text: " + from);
    return text.replace(at, from.size(), to);
}

const std::string kUnableToDispense = "   UNABLE TO DISPENSE\n";

TEST(CashLedger, WithdrawalsThatAgreeMakeNoFinding) {
    const Investigation investigation = read({withdrawal(101, first()), reader_activated(102, "09:07"), withdrawal(103, second())});
    EXPECT_TRUE(investigation.findings.empty());
    ASSERT_EQ(investigation.movements.size(), 3U);
    const CashMovement& hundreds = investigation.movements.back();
    EXPECT_EQ(hundreds.cassette, 2);
    EXPECT_EQ(hundreds.denomination, 100'00);
    EXPECT_EQ(hundreds.notes, 2);
    EXPECT_EQ(hundreds.expected, 302);
    EXPECT_EQ(hundreds.counted, 302);
    EXPECT_EQ(hundreds.difference, 0);
}

TEST(CashLedger, ShortPresentationIsADispenseFaultWithTheAmount) {
    Withdrawal w = second();
    w.amount = "300.00";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::dispense_fault, Severity::high, 100'00);
}

TEST(CashLedger, OverPresentationIsADispenseFaultWithTheAmount) {
    Withdrawal w = second();
    w.amount = "100.00";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::dispense_fault, Severity::high, 100'00);
}

TEST(CashLedger, NotesGoneBetweenTwoBlocksAreCashAtRisk) {
    Withdrawal w = second();
    w.dispensed = "00121 00081 00342 00010";
    w.remaining = "01879 01919 01658 01990";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::cash_at_risk, Severity::critical, 4'000'00);
}

TEST(CashLedger, NotesGoneWhileAnOperatorWasThereAreNoFinding) {
    Withdrawal w = second();
    w.dispensed = "00121 00081 00342 00010";
    w.remaining = "01879 01919 01658 01990";
    const std::string visit = header(102, "09:10") + "\x1B[05pSUPERVISOR MODE ENTRY\x1B[00p\n" + header(103, "09:12") + "\x1B[05pSUPERVISOR MODE EXIT\x1B[00p\n";
    expect(session(read({withdrawal(101, first()), visit, withdrawal(104, w)}), 2), RecordType::normal, Severity::none, kNoAmount);
}

TEST(CashLedger, BooksThatDoNotConserveAreADispenseFault) {
    Withdrawal w = second();
    w.remaining = "01879 01919 01690 01990";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::dispense_fault, Severity::high, kNoAmount);
}

TEST(CashLedger, NotesNotConfirmedTakenAreCashAtRisk) {
    Withdrawal w = second();
    w.taken = false;
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::cash_at_risk, Severity::critical, 200'00);
}

TEST(CashLedger, NotesPresentedAgainstADeclineAreCashAtRisk) {
    std::string text = replaced(withdrawal(102, second()), "   WITHDRAWAL    200.00\n", "   NOT ENOUGH FUNDS\n");
    text = replaced(text, "   AUTHORIZATION 204417\n", "");
    expect(session(read({withdrawal(101, first()), text}), 2), RecordType::cash_at_risk, Severity::critical, 200'00);
}

TEST(CashLedger, CountersThatMoveInAFailedDispenseBelongToIt) {
    std::string text = replaced(withdrawal(102, second()), "   WITHDRAWAL    200.00\n", kUnableToDispense);
    text = replaced(text, "\x1B[020t 09:14:25 NOTES PRESENTED 0,0,2,0\n\x1B[020t 09:14:26 NOTES TAKEN\n", "");
    text = replaced(text, "\x1B[020t 09:14:20 NOTES STACKED\n", "");
    const Investigation investigation = read({withdrawal(101, first()), text});
    EXPECT_EQ(session(investigation, 2).type, RecordType::dispense_fault);
    EXPECT_EQ(session(investigation, 2).at_risk, 200'00);
}

TEST(CashLedger, NotesStackedBeforeARestartAndGoneAfterItBelongToTheSessionThatStackedThem) {
    const std::string whole = withdrawal(102, second());
    const std::string cut = whole.substr(0, whole.find("\x1B[020t 09:14:22 CARD TAKEN")) + header(103, "09:18") +
                            "\x1B[05pPOWER-UP/RESET\n     *    *1*B*0750,M-\n" + reader_activated(104, "09:19");
    Withdrawal third{.time = "09:21", .presented = "1,1,0,0", .dispensed = "00122 00082 00302 00010", .remaining = "01878 01918 01698 01990",
                     .amount = "70.00", .card = "3175", .serial = "614103"};
    const Investigation investigation = read({withdrawal(101, first()), cut, withdrawal(105, third)});
    expect(session(investigation, 2), RecordType::cash_at_risk, Severity::critical, 200'00);
    EXPECT_EQ(session(investigation, 3).severity, Severity::none);
}

TEST(CashLedger, NotesPresentedOutsideAnySessionAreCashAtRiskAndNotCountedTwice) {
    const std::string jackpot = reader_activated(102, "09:07") + " 09:09:00 NOTES PRESENTED 0,0,40,0\n 09:09:05 NOTES TAKEN\n";
    Withdrawal w = second();
    w.dispensed = "00121 00081 00342 00010";
    w.remaining = "01879 01919 01658 01990";
    const Investigation investigation = read({withdrawal(101, first()), jackpot, withdrawal(103, w)});
    EXPECT_EQ(session(investigation, 2).severity, Severity::none);
    const Record& interval = investigation.records[2];
    ASSERT_EQ(interval.kind, RecordKind::interval);
    expect(interval, RecordType::cash_at_risk, Severity::critical, 4'000'00);
}

// A deposit of five notes of 100; `steps` come after the escrow block.
std::string deposit(const std::string& steps) {
    return header(102, "09:20") +
           "     *TRANSACTION START*\n\x1B[020t CARD INSERTED\n 09:20:01 ATR RECEIVED T=0\n\x1B[020t 09:20:05 PIN ENTERED\n"
           "\x1B[020t 09:20:09 OPCODE = IB      \n 09:20:10 GENAC 1 : ARQC\n 09:20:11 GENAC 2 : TC\n\n  PAN 0004506********7712\n"
           "  ---START OF TRANSACTION---\n \n09:20:14*CIM-DEPOSIT ACTIVATED\n09:20:16*CIM-SHUTTER OPENED\n09:20:20*CIM-ITEMS INSERTED\n" +
           header(103, "09:20") +
           "*4105*1*\x1B(Iw\x1B(1*0, M-00, R-10011\nA/C \nOPERATION OK\nESC: 005\nCAD50-000,\nCAD100-005\nVAL: 000\nREF: 000\nREJECTS:000*\x1B(1\n\x1BS\n" + steps +
           "\x1B[020t 09:21:30 CARD TAKEN\n\x1B[020t 09:21:32 TRANSACTION END\n";
}

std::string acceptor_block(char status, const std::string& counts) {
    return header(104, "09:20") + fmt::format("*4105*1*\x1B(Iw\x1B(1*{}, M-00, R-10011\nA/C \nOPERATION OK\n{}REJECTS:000*\x1B(1\n\x1BS\n", status, counts);
}

const std::string kVaulted = "ESC: 000\nVAL: 005\nCAD50-000,\nCAD100-005\nREF: 000\n";
const std::string kReturned = "ESC: 000\nVAL: 000\nREF: 005\nCAD50-000,\nCAD100-005\n";

std::string deposit_receipt(const std::string& bills, const std::string& value) {
    return fmt::format("\n  PAN 0004506********7712\n  ---START OF TRANSACTION---\n \n       TESTBANK EFT\n   2026/03/14   09:20:50\n   MACHINE       0777\n"
                       "   TRAN NO       614105\n   AUTHORIZATION 204417\n   ************7712\n   NO.OF BILLS DEPOSITED\n            {}  X $ 100\n"
                       " DEPOSIT AC #   VALUE CAD\n               {}\n", bills, value);
}

TEST(CashLedger, ADepositThatAgreesMakesNoFinding) {
    const Investigation investigation = read({deposit("09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted) + deposit_receipt("05", "500.00"))});
    expect(session(investigation, 1), RecordType::normal, Severity::none, kNoAmount);
    EXPECT_EQ(session(investigation, 1).amount, 500'00);
}

TEST(CashLedger, NotesKeptAndCreditedShortOrNotAtAllAreCashAtRisk) {
    const std::string vaulted = "09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted);
    expect(session(read({deposit(vaulted + deposit_receipt("04", "400.00"))}), 1), RecordType::cash_at_risk, Severity::critical, 100'00);
    expect(session(read({deposit(vaulted)}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, NotesNeitherVaultedNorReturnedAreCashAtRisk) {
    expect(session(read({deposit("")}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, NotesReturnedAndTakenAreNoFinding) {
    const std::string refund = "09:20:40*CASHIN REFUND SELECTED\n09:20:44*CIM-ITEMS PRESENTED\n09:20:44*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED\n";
    const Investigation taken = read({deposit(refund + acceptor_block('1', kReturned) + "09:20:50*CIM-ITEMS TAKEN\n")});
    expect(session(taken, 1), RecordType::customer_cancelled, Severity::none, kNoAmount);
    const Investigation left = read({deposit(refund + acceptor_block('1', kReturned))});
    expect(session(left, 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, NotesReturnedAndCreditedAllTheSameAreCashAtRisk) {
    const std::string refund = "09:20:44*CIM-ITEMS PRESENTED\n09:20:44*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED\n" + acceptor_block('0', kReturned) +
                               "09:20:50*CIM-ITEMS TAKEN\n";
    expect(session(read({deposit(refund + deposit_receipt("05", "500.00"))}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, ARefundThatWasRetractedIsCashAtRiskWithItsAmount) {
    const std::string retract = "09:20:44*CIM-ITEMS PRESENTED\n09:20:44*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED\n09:21:14*CASHIN RETRACT STARTED - RETRACT BIN\n" +
                                acceptor_block('7', kVaulted);
    expect(session(read({deposit(retract)}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

}  // namespace
}  // namespace abm
