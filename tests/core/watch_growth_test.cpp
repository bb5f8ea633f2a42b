// What is told of a journal that is being written.
#include "tests/core/watch_fixture.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

/// A journal, and where in its second half a withdrawal begins, shows its notes and is over.
struct LiveJournal {
    explicit LiveJournal(std::string text) : whole(std::move(text)) {
        presented = behind("NOTES PRESENTED", whole.size() / 2);
        begins = whole.rfind("*TRANSACTION START*", presented) - 5;
        over = behind("CARD READER ACTIVATED*", presented);
    }
    std::size_t behind(std::string_view words, std::size_t from) const { return whole.find('\r', whole.find(words, from)) + 1; }
    std::string until(std::size_t end) const { return whole.substr(0, end); }

    std::string whole;
    std::size_t begins = 0, presented = 0, over = 0;
};

class WatchGrowth : public WatchBatch {
protected:
    /// The journal is known up to the withdrawal, and then grows to where the notes are shown.
    WatchReport growToNotes() {
        put("a.txt", journal_.until(journal_.begins));
        begin();
        pass();
        put("a.txt", journal_.until(journal_.presented));
        return pass().front();
    }

    const LiveJournal journal_{read_whole(generate("made", 1, 3, 7).front())};
};

TEST_F(WatchGrowth, OfASessionThatGoesOnNothingIsToldBeforeItIsOver) {
    const WatchReport growing = growToNotes();
    EXPECT_EQ(growing.file.outcome, WatchOutcome::growing);
    EXPECT_EQ(growing.records, 0);
    EXPECT_EQ(growing.worst, Severity::none) << "nobody took the notes yet: " << growing.sentence;
    EXPECT_GE(shown(*session_).records.back().severity, Severity::high) << "in the list it stands as it looks now";
    EXPECT_TRUE(pass().empty());
    EXPECT_EQ(number("SELECT untrained FROM watches"), 2);
    put("a.txt", journal_.until(journal_.over));
    const WatchReport over = pass().front();
    EXPECT_EQ(over.file.outcome, WatchOutcome::grown);
    EXPECT_EQ(over.records, 2) << "the session and the interval behind it";
    EXPECT_EQ(over.worst, Severity::none) << over.sentence;
}

TEST_F(WatchGrowth, ASessionThatNeverEndsIsToldWhenTheJournalHasStoodStill) {
    ASSERT_EQ(growToNotes().file.outcome, WatchOutcome::growing);
    begin();  // also by a program that was started again
    const Time later = utc_now() + SettlingFiles::kPatience;
    settling_.look(list_folder(watched()), later);
    const auto settled = settling_.look(list_folder(watched()), later);
    ASSERT_EQ(settled.size(), 1U);
    const WatchReport stopped = read(settled).front();
    EXPECT_EQ(stopped.file.outcome, WatchOutcome::stopped);
    EXPECT_EQ(stopped.records, 1);
    EXPECT_GE(stopped.worst, Severity::high);
    EXPECT_FALSE(stopped.sentence.empty());
    EXPECT_EQ(number("SELECT untrained FROM watches"), 2) << "nothing new to learn from";
    settling_.look(list_folder(watched()), later + SettlingFiles::kPatience);
    EXPECT_TRUE(settling_.look(list_folder(watched()), later + SettlingFiles::kPatience).empty()) << "told once";
}

TEST_F(WatchGrowth, ASessionThatStoppedWithinIsToldWhenTheJournalGoesOnWithAnother) {
    ASSERT_EQ(growToNotes().file.outcome, WatchOutcome::growing);
    put("a.txt", journal_.until(journal_.presented) + journal_.whole.substr(journal_.begins, journal_.over - journal_.begins));
    const WatchReport report = pass().front();
    EXPECT_EQ(report.file.outcome, WatchOutcome::grown);
    EXPECT_GE(report.records, 3);
    EXPECT_GE(report.worst, Severity::high) << "the first of the two";
}

TEST_F(WatchGrowth, WhatWasStoredByAProgramThatWasKilledIsToldByTheNext) {
    put("a.txt", journal_.until(journal_.begins));
    begin();
    pass();
    put("a.txt", journal_.until(journal_.over));
    const fs::path file = watched() / "a.txt";
    session_->import({&file, 1}, {});  // stored, and killed before it was marked
    const WatchReport report = pass().front();
    EXPECT_EQ(report.file.outcome, WatchOutcome::grown);
    EXPECT_EQ(report.records, 2);
}

}  // namespace
}  // namespace abm::test
