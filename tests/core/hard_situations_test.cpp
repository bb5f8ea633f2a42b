// Situations that look like another one, or hide behind one: read from journal text to finding.
#include <algorithm>

#include "tests/core/journal_fixture.h"

namespace abm {
namespace {

using namespace test;

const std::string kNotesOut = "\x1B[020t 09:14:25 NOTES PRESENTED 0,0,2,0\n\x1B[020t 09:14:26 NOTES TAKEN\n";
const std::string kRetracted = "     *4105*2*E\x1B(1*500000200,M-07,R-2\n";
const std::string kBalance =
    "       TESTBANK EFT\n   2026/03/14   09:20:12\n   TRAN NO       614104\n   AUTHORIZATION 204417\n   BALANCE "
    "INQUIRY\n\x1B[020t 09:20:13 OPCODE = IB      \n";

// Without the counter block.
std::string uncounted(const std::string& text) {
    const std::size_t first = text.find("CASH TOTAL"), last = text.find("\n\n\n", first);
    return text.substr(0, first) + text.substr(last);
}

// After second(): a note of 20 and one of 50; by these counters.
Withdrawal third(const std::string& dispensed, const std::string& remaining,
                 const std::string& rejected = "00001 00000 00002 00000") {
    return {.time = "09:21",
            .dispensed = dispensed,
            .rejected = rejected,
            .remaining = remaining,
            .card = "3175",
            .serial = "614103"};
}

std::string power_loss(int number) {
    return "\x1B[0r\x1B(1\x1B)2\x1B[000p\x1B[040q\x0F\x1B"
           "e1\x1Bw3\x1Bh162COMPONENT VERSIONS\n" +
           header(number, "09:30") + "\x1B[05pPOWER-UP/RESET\x1B[00p\n     *    *1*B*0750,M-\n" +
           reader_activated(number + 1, "09:30");
}

TEST(HardSituations, ADeclineBeforeAWithdrawalWithoutPaperProvesNothing) {
    std::string text = replaced(
        withdrawal(102, second()), "\x1B[020t 09:14:09 OPCODE = BBD     \n",
        "  ---START OF TRANSACTION---\n   TRAN NO       614101\n   INVALID AMOUNT\n\x1B[020t 09:14:09 OPCODE = BBD     \n");
    text = text.substr(0, text.find("       TESTBANK")) + "\x1B[020t 09:14:40 TRANSACTION END\n";
    expect(session(read({withdrawal(101, first()), text}), 2), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, NotesPaidAgainstADeclineAfterAGoodWithdrawalAreCashAtRisk) {
    const std::string again =
        "\x1B[020t 09:14:41 OPCODE = BBD     \n 09:14:42 GENAC 2 : AAC\n  PAN 0004506********3138\n  ---START OF TRANSACTION---\n"
        " 09:14:45 NOTES PRESENTED 0,0,3,0\n 09:14:46 NOTES TAKEN\n   2026/03/14   09:14:47\n   TRAN NO       614103\n   NOT "
        "ENOUGH FUNDS\n";
    const std::string text = replaced(withdrawal(102, second()), "\x1B[020t 09:14:40 TRANSACTION END\n",
                                      again + "\x1B[020t 09:14:50 TRANSACTION END\n");
    expect(session(read({withdrawal(101, first()), text}), 2), RecordType::cash_at_risk, Severity::critical, 300'00);
}

TEST(HardSituations, AnUnknownDispenseIsNotUndoneByAGoodOneAfterIt) {
    const std::string text = replaced(
        withdrawal(102, second()), "\x1B[020t 09:14:20 NOTES STACKED\n",
        "     *4104*2*E\x1B(1*300000100,M-12,R-4\n\x1B[020t 09:14:20 NOTES STACKED\n     *4105*2*E\x1B(1*000000200,M-00,R-0\n");
    expect(session(read({withdrawal(101, first()), text}), 2), RecordType::cash_at_risk, Severity::critical, 100'00);
}

TEST(HardSituations, RetractedNotesThatTheNextCountersRejectAreNoFaultOfTheNextCustomer) {
    Withdrawal w = second();
    w.taken = false;
    const std::string text =
        replaced(uncounted(withdrawal(102, w)), "NOTES PRESENTED 0,0,2,0\n", "NOTES PRESENTED 0,0,2,0\n" + kRetracted);
    const Withdrawal next = third("00122 00082 00300 00010", "01878 01918 01700 01990", "00001 00000 00004 00000");
    const Investigation investigation = read({withdrawal(101, first()), text, withdrawal(103, next)});
    expect(session(investigation, 2), RecordType::cash_at_risk, Severity::critical, 200'00);
    expect(session(investigation, 3), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, NotesOfAnUnknownDispenseThatTheNextCountersShowBelongToIt) {
    std::string text = replaced(uncounted(withdrawal(102, second())), kNotesOut, "     *4105*2*E\x1B(1*300000200,M-12,R-4\n");
    text = replaced(text, "   WITHDRAWAL    200.00\n", "   UNABLE TO DISPENSE\n");
    const Withdrawal next = third("00122 00082 00302 00010", "01878 01918 01698 01990");
    const Investigation investigation = read({withdrawal(101, first()), text, withdrawal(103, next)});
    expect(session(investigation, 2), RecordType::cash_at_risk, Severity::critical, 200'00);
    expect(session(investigation, 3), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, ARetractBeforeAnyCountersIsCashAtRiskOfUnknownAmount) {
    Withdrawal w = second();
    w.taken = false;
    const std::string text = uncounted(withdrawal(102, w));
    expect(session(read({text}), 1), RecordType::cash_at_risk, Severity::critical, kNoAmount);
    expect(session(read({replaced(text, "NOTES PRESENTED 0,0,2,0\n", "NOTES PRESENTED 0,0,2,0\n" + kRetracted)}), 1),
           RecordType::cash_at_risk, Severity::critical, kNoAmount);
}

TEST(HardSituations, NotesGoneBeforeAShortPresentationAreNotHiddenByIt) {
    Withdrawal w = second();
    w.amount = "300.00";
    w.dispensed = "00121 00081 00343 00010";  // two presented, one jammed, forty gone before
    w.remaining = "01879 01919 01657 01990";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::cash_at_risk, Severity::critical,
           4'000'00);
}

TEST(HardSituations, CountersOfOtherCassettesThanThosePresentedFromAreADispenseFault) {
    Withdrawal w = second();
    w.dispensed = "00121 00085 00300 00010";  // four of 50 instead of two of 100
    w.remaining = "01879 01915 01700 01990";
    expect(session(read({withdrawal(101, first()), withdrawal(102, w)}), 2), RecordType::dispense_fault, Severity::high, 200'00);
}

TEST(HardSituations, CountersOfAForeignYearAreBooksOfTheirOwn) {
    const std::string foreign =
        replaced(withdrawal(103, third("00500 00500 00500 00500", "00100 00100 00100 00100")), "*03/14/2026*", "*06/02/2019*") +
        header(104, "09:23", "06/02/2019") + "     *PRIMARY CARD READER ACTIVATED*\n";
    const Withdrawal next = third("00122 00082 00302 00010", "01878 01918 01698 01990");
    const Investigation investigation = read({withdrawal(101, first()), withdrawal(102, second()), foreign, header(105, "09:40"),
                                              replaced(withdrawal(106, next), "*09:21*", "*09:41*")});
    for (int ordinal = 1; ordinal <= 4; ++ordinal)
        expect(session(investigation, ordinal), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, AFileThatBeginsWithinASessionAccusesNobody) {
    const std::string cut = withdrawal(101, first());
    const std::string tail = cut.substr(cut.find("\x1B[020t 09:06:22 CARD TAKEN")) + reader_activated(102, "09:07");
    const Investigation investigation = read({tail, withdrawal(103, second())});
    EXPECT_LT(investigation.records[0].severity, Severity::medium);
    expect(session(investigation, 1), RecordType::normal, Severity::none, kNoAmount);
    const Investigation idle = read({reader_activated(101, "09:00") + kNotesOut, withdrawal(103, second())});
    EXPECT_EQ(idle.records[0].severity, Severity::critical) << "nobody was there";
}

TEST(HardSituations, JournalsOfTwoMachinesInOneFileHaveBooksOfTheirOwn) {
    const std::string other = replaced(withdrawal(103, third("04122 03082 02302 01010", "00878 00918 00698 00990")),
                                       "MACHINE       0777", "MACHINE       0778");
    const Investigation investigation = read({withdrawal(101, first()), withdrawal(102, second()), other});
    expect(session(investigation, 3), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, AHardBlankBehindTheMachineIsNoPartOfItsNumber) {
    const Investigation investigation =
        read({replaced(withdrawal(101, first()), "MACHINE       0777", "MACHINE       0777\xA0")});
    EXPECT_EQ(investigation.machines, std::vector<std::string>{"0777"});
}

TEST(HardSituations, ACopyOfASessionSaysTheAmountItSaidBefore) {
    const TemporaryFolder folder;
    const std::string text =
        withdrawal(101, first()) + replaced(withdrawal(102, second()), "\x1B[020t 09:14:26 NOTES TAKEN\n", kRetracted);
    const auto one = folder.write("ABM0777EJ_20260314.txt", text), copy = folder.write("copy.txt", text);
    const Investigation investigation = ingest_files({one, copy});
    std::vector<Money> amounts;
    for (const Finding& finding : investigation.findings) amounts.push_back(finding.amount);
    ASSERT_GE(amounts.size(), 2U);
    EXPECT_GT(*std::ranges::max_element(amounts), 0);
    const auto half = amounts.begin() + std::ssize(amounts) / 2;
    EXPECT_EQ(std::vector<Money>(amounts.begin(), half), std::vector<Money>(half, amounts.end()));
}

TEST(HardSituations, APrintedStatusOfAnIdleDispenserKnowsTheAmount) {
    const std::string status = reader_activated(102, "09:07") + "     *4105*1*E\x1B(1*300000400,M-12,R-4\n";
    const Investigation investigation = read({withdrawal(101, first()), status, withdrawal(103, second())});
    ASSERT_EQ(investigation.records[2].kind, RecordKind::interval);
    expect(investigation.records[2], RecordType::cash_at_risk, Severity::critical, 400'00);
}

TEST(HardSituations, WhatIsPrintedTwiceCountsOnce) {
    const std::string vaulted = "09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted);
    const std::string receipt = deposit_receipt("05", "500.00");
    const Investigation block = read({deposit(vaulted + acceptor_block('0', kVaulted) + receipt)});
    expect(session(block, 1), RecordType::normal, Severity::none, kNoAmount);
    const std::string printed = receipt.substr(receipt.find("       TESTBANK"));
    expect(session(read({deposit(vaulted + receipt + printed)}), 1), RecordType::normal, Severity::none, kNoAmount);
    const std::string text = withdrawal(102, second());
    const std::string slip =
        text.substr(text.find("       TESTBANK"), text.find("\x1B[020t 09:14:40") - text.find("       TESTBANK"));
    expect(session(read({withdrawal(101, first()), replaced(text, slip, slip + slip)}), 2), RecordType::normal, Severity::none,
           kNoAmount);
}

TEST(HardSituations, NotesKeptAfterABalanceInquiryAreStillKeptWithoutCredit) {
    const std::string vaulted = "09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted);
    const std::string before = "09:20:14*CIM-DEPOSIT ACTIVATED\n";
    const std::string declined =
        "\n  ---START OF TRANSACTION---\n   2026/03/14   09:21:01\n   TRAN NO       614105\n   NO RESPONSE FROM\n   "
        "INSTITUTION\n";
    expect(session(read({replaced(deposit(vaulted + declined), before, kBalance + before)}), 1), RecordType::cash_at_risk,
           Severity::critical, 500'00);
    std::string cut = replaced(deposit(" 09:20:38 GENAC 2 : TC\n" + vaulted), before, kBalance + before);
    cut = cut.substr(0, cut.find("\x1B[020t 09:21:30 CARD TAKEN")) + power_loss(105);
    expect(session(read({cut}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
}

TEST(HardSituations, AWrongPinBeforeADepositThatTheChipApprovedProvesNothing) {
    const std::string wrong =
        "  ---START OF TRANSACTION---\n   TRAN NO       614104\n   INCORRECT PIN\n\x1B[020t 09:20:13 OPCODE = IB      \n";
    const std::string before = "09:20:14*CIM-DEPOSIT ACTIVATED\n";
    const std::string vaulted = " 09:20:38 GENAC 2 : TC\n09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted);
    expect(session(read({replaced(deposit(vaulted), before, wrong + before)}), 1), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, NotesInASecondBundleThatWereRefusedAreNotAtRisk) {
    const std::string more =
        "09:20:25*CASHIN ADD MORE NOTES SELECTED\n09:20:27*CIM-ITEMS INSERTED\n09:20:30*CIM-INPUT REFUSED,REASON-INVALID MEDIA\n"
        "09:20:31*CIM-ITEMS PRESENTED\n09:20:33*CIM-ITEMS TAKEN\n";
    const std::string vaulted =
        "09:20:40*CIM-DEPOSIT COMPLETED\n" + acceptor_block('0', kVaulted) + deposit_receipt("05", "500.00");
    expect(session(read({deposit(more + vaulted)}), 1), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, AnAcceptorThatFailsWithNotesInsideLeavesThemAtRisk) {
    for (const char status : {'3', '4', '8'}) {
        const std::string failed = acceptor_block(status, "ESC: 000\nVAL: 000\nREF: 000\n");
        expect(session(read({deposit(failed)}), 1), RecordType::cash_at_risk, Severity::critical, 500'00);
    }
}

TEST(HardSituations, ACompletedWithdrawalWithNoiseIsNormal) {
    const std::string noise = "  RECEIPT PRINTER ERROR\n     *4105*1*E\x1B(1*000000000,M-00,R-0\n       TESTBANK";
    Withdrawal w = second();
    w.rejected = "00001 00000 00005 00000";
    const std::string text = replaced(withdrawal(102, w), "       TESTBANK", noise);
    expect(session(read({withdrawal(101, first()), text}), 2), RecordType::normal, Severity::none, kNoAmount);
}

TEST(HardSituations, NumbersNoMachinePrintsAreReadWithoutHarm) {
    Withdrawal w = second();
    w.presented = "999999999,999999999,999999999,999999999";
    w.dispensed = w.remaining = w.rejected = "999999999 99999999999 999999999 999999999";
    w.amount = "92233720368547758.07";
    const std::string lists = "ESC: 999999999\nJMD999999999-999999999\nVAL: 999999999\nJMD999999999-999999999\n";
    const Investigation investigation = read({withdrawal(101, first()), withdrawal(102, w), deposit(acceptor_block('0', lists))});
    EXPECT_GE(session(investigation, 2).severity, Severity::high);
    EXPECT_EQ(session(investigation, 3).kind, RecordKind::session);
}

}  // namespace
}  // namespace abm
