// What the books prove, one situation each, read from journal text to finding.
#include "tests/core/journal_fixture.h"

namespace abm {
namespace {

using namespace test;

const std::string kUnableToDispense = "   UNABLE TO DISPENSE\n";

TEST(CashLedger, WithdrawalsThatAgreeMakeNoFinding) {
    const Investigation investigation =
        read({withdrawal(101, first()), reader_activated(102, "09:07"), withdrawal(103, second())});
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
    const Investigation investigation = read({withdrawal(101, first()), withdrawal(102, w)});
    expect(session(investigation, 2), RecordType::dispense_fault, Severity::high, 100'00);
    EXPECT_EQ(investigation.movements.back().difference, -100'00);
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
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::cash_at_risk, Severity::critical,
           4'000'00);
}

TEST(CashLedger, NotesGoneWhileAnOperatorWasThereAreNoFinding) {
    Withdrawal w = second();
    w.dispensed = "00121 00081 00342 00010";
    w.remaining = "01879 01919 01658 01990";
    const std::string visit = header(102, "09:10") + "\x1B[05pSUPERVISOR MODE ENTRY\x1B[00p\n" + header(103, "09:12") +
                              "\x1B[05pSUPERVISOR MODE EXIT\x1B[00p\n";
    expect(session(read({withdrawal(101, first()), visit, withdrawal(104, w)}), 2), RecordType::normal, Severity::none,
           kNoAmount);
}

TEST(CashLedger, BooksThatDoNotConserveAreADispenseFault) {
    Withdrawal w = second();
    w.remaining = "01879 01919 01690 01990";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::dispense_fault, Severity::high,
           kNoAmount);
}

TEST(CashLedger, NotesNotConfirmedTakenAreCashAtRisk) {
    Withdrawal w = second();
    w.taken = false;
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::cash_at_risk, Severity::critical,
           200'00);
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
    Withdrawal third{.time = "09:21",
                     .presented = "1,1,0,0",
                     .dispensed = "00122 00082 00302 00010",
                     .remaining = "01878 01918 01698 01990",
                     .amount = "70.00",
                     .card = "3175",
                     .serial = "614103"};
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

TEST(CashLedger, ADepositThatAgreesMakesNoFinding) {
    const Investigation investigation =
        read({deposit("09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted) + deposit_receipt("05", "500.00"))});
    expect(session(investigation, 1), RecordType::normal, Severity::none, kNoAmount);
    EXPECT_EQ(session(investigation, 1).amount, 500'00);
}

TEST(CashLedger, NotesKeptAndCreditedShortOrNotAtAllAreCashAtRisk) {
    const std::string vaulted = "09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted);
    expect(session(read({deposit(vaulted + deposit_receipt("04", "400.00"))}), 1), RecordType::cash_at_risk, Severity::critical,
           100'00);
    expect(session(read({deposit(vaulted)}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, NotesNeitherVaultedNorReturnedAreCashAtRisk) {
    expect(session(read({deposit("")}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, NotesReturnedAndTakenAreNoFinding) {
    const std::string refund =
        "09:20:40*CASHIN REFUND SELECTED\n09:20:44*CIM-ITEMS PRESENTED\n09:20:44*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED\n";
    const Investigation taken = read({deposit(refund + acceptor_block('1', kReturned) + "09:20:50*CIM-ITEMS TAKEN\n")});
    expect(session(taken, 1), RecordType::customer_cancelled, Severity::none, kNoAmount);
    const Investigation left = read({deposit(refund + acceptor_block('1', kReturned))});
    expect(session(left, 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(CashLedger, NotesReturnedAndCreditedAllTheSameAreCashAtRisk) {
    const std::string refund = "09:20:44*CIM-ITEMS PRESENTED\n09:20:44*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED\n" +
                               acceptor_block('0', kReturned) + "09:20:50*CIM-ITEMS TAKEN\n";
    expect(session(read({deposit(refund + deposit_receipt("05", "500.00"))}), 1), RecordType::cash_at_risk, Severity::critical,
           500'00);
}

TEST(CashLedger, ARefundThatWasRetractedIsCashAtRiskWithItsAmount) {
    const std::string retract =
        "09:20:44*CIM-ITEMS PRESENTED\n09:20:44*CIM-DEPOSIT COMPLETED - ITEMS REFUNDED\n09:21:14*CASHIN RETRACT STARTED - "
        "RETRACT BIN\n" +
        acceptor_block('7', kVaulted);
    expect(session(read({deposit(retract)}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

}  // namespace
}  // namespace abm
