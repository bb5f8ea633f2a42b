// The channel of sequences: what happened in a record, in which order, and how far that is from what usually follows.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/decide/explain.h"
#include "core/detect/sequence_model.h"
#include "core/detect/split_mix.h"
#include "core/ingest/course.h"
#include "core/pipeline/score.h"
#include "core/pipeline/step_lines.h"
#include "tests/core/journal_fixture.h"
#include "tests/core/session_fixture.h"
#include "tests/core/small_model.h"

namespace abm {
namespace {

constexpr std::int32_t kOddSequence = 123;

/// 600 ordinary rows in which the same four things happen; in row 123 in another order, and of row 7 nothing is known.
FeatureTable happenings() {
    SplitMix random(4);
    FeatureTable table;
    table.features.names = {"a", "b", "c", "d", "e", "f"};
    table.features.values.resize(600, 6);
    for (float& value : table.features.values.reshaped()) value = static_cast<float>(random.normal());
    table.sequences.words = {"CARD INSERTED", "NOTES PRESENTED", "NOTES TAKEN", "CARD TAKEN"};
    for (std::int32_t row = 0; row < 600; ++row) {
        const std::vector<Token> usual{0, 1, 2, 3}, odd{0, 1, 3, 2};
        if (row != 7) std::ranges::copy(row == kOddSequence ? odd : usual, std::back_inserter(table.sequences.tokens));
        table.sequences.end_sequence();
    }
    return table;
}

JournalModel fit_sequences(const Dataset& data, int threads = 1) {
    return fit_journal_model(data, std::vector<MachineIndex>(static_cast<std::size_t>(data.features.rows())), {"A"}, 1, threads,
                             {});
}

const Channel* channel_of(const JournalModel& model) {
    const auto found = std::ranges::find(model.channels, SequenceModel::kKind, &Channel::name);
    return found == model.channels.end() ? nullptr : &*found;
}

Explanation explain_sequence(const JournalModel& model, const FeatureTable& table, std::int32_t row) {
    Investigation one;
    one.machines = {"A"};
    one.records.resize(1);
    one.records[0].feature_row = row;
    one.features.add(table);
    return explain_record(one, test::set_of(model).get(), RecordIndex{0});
}

const ChannelShare& share_of(const Explanation& why) {
    return *std::ranges::find(why.channels, SequenceModel::kKind, &ChannelShare::name);
}

TEST(SequenceChannel, IsThereWhenItIsKnownWhatHappened) {
    const FeatureTable table = happenings();
    EXPECT_EQ(channel_of(fit_sequences(table.features)), nullptr);
    ASSERT_NE(channel_of(fit_sequences(table.dataset())), nullptr);
    FeatureTable unknown = table;
    unknown.sequences.tokens.clear();
    unknown.sequences.first.assign(601, 0);
    EXPECT_EQ(channel_of(fit_sequences(unknown.dataset())), nullptr);
}

TEST(SequenceChannel, SaysWhatWasExpectedAndWhatTheStepsAre) {
    const FeatureTable table = happenings();
    const JournalModel model = fit_sequences(table.dataset());
    const Explanation why = explain_sequence(model, table, kOddSequence);
    const ChannelShare& share = share_of(why);
    ASSERT_FALSE(share.steps.empty());
    EXPECT_EQ(share.steps.front().bits, share.raw_score);
    EXPECT_EQ(share.length, 4U);
    EXPECT_TRUE(std::ranges::is_sorted(share.steps, std::ranges::greater(), &OddStep::bits));
    EXPECT_GT(share.surprise, 2);
    EXPECT_TRUE(share.contributions.empty());
    const OddStep taken{2, "NOTES PRESENTED", "CARD TAKEN", "NOTES TAKEN", 0.997, 9};
    EXPECT_EQ(sequence_sentence("Unusual order", taken),
              "Unusual order: NOTES PRESENTED is followed by CARD TAKEN; expected NOTES TAKEN here, 99.7 % of the time.");
    const OddStep open{2, "A", "B", "C", 0.3, 7};
    EXPECT_EQ(sequence_sentence("Unusual order", open), "Unusual order: A is followed by B, as 0.78 % of the time.")
        << "what comes less than half of the time is not expected";
}

TEST(SequenceChannel, IsSilentWhereNothingIsKnownOrUsual) {
    const FeatureTable table = happenings();
    const JournalModel model = fit_sequences(table.dataset());
    for (const std::int32_t row : {7, 8}) {
        const Explanation why = explain_sequence(model, table, row);
        EXPECT_EQ(share_of(why).lift, 0) << row;
        EXPECT_TRUE(share_of(why).sentence.empty()) << row;
    }
    EXPECT_TRUE(share_of(explain_sequence(model, table, 7)).steps.empty());
    FeatureTable blind = table;
    blind.sequences = {};
    EXPECT_EQ(share_of(explain_sequence(model, blind, kOddSequence)).lift, 0) << "older workspaces kept no courses";
}

TEST(SequenceChannel, KeepsItsWordInTheDocument) {
    const FeatureTable table = happenings();
    const auto fitted = [&](int threads) {
        JournalModel model = fit_sequences(table.dataset(), threads);
        model.kind = RecordKind::window;  // any features go
        return model;
    };
    const JournalModel model = fitted(3);
    const ModelSet loaded = load_models(save_models(*test::set_of(model)));
    const auto before = score_records(table.dataset(), model, 1, {});
    const auto after = score_records(table.dataset(), *loaded.parts.front(), 4, {});
    for (std::size_t row = 0; row < before.size(); ++row) ASSERT_EQ(before[row].surprise, after[row].surprise) << row;
    EXPECT_EQ(save_models(loaded), save_models(*test::set_of(fitted(1)))) << "whatever the threads";
}

TEST(Course, IsTheKindsOfTheLinesWithoutRepeats) {
    const Investigation read = test::ingest_text(test::withdrawal(1, {}));
    const TokenSequences& courses = read.features[0].sequences;
    ASSERT_EQ(courses.size(), 1U);
    std::vector<std::string> words;
    for (const Token token : courses.of(0)) words.push_back(courses.words[token]);
    ASSERT_GT(words.size(), 10U);
    EXPECT_EQ(words.front(), "SESSION START");
    EXPECT_EQ(words[1], "CARD INSERTED");
    EXPECT_EQ(words.back(), "SESSION END");
    for (std::size_t at = 1; at < words.size(); ++at) EXPECT_NE(words[at], words[at - 1]) << at;
    EXPECT_EQ(std::ranges::count(words, "BLANK") + std::ranges::count(words, "HEADER"), 0);
    const auto presented = std::ranges::find(words, "NOTES PRESENTED");
    ASSERT_NE(presented, words.end());
    EXPECT_EQ(*(presented + 1), "NOTES TAKEN");
}

TEST(Course, StepsPointAtTheirLines) {
    const test::TemporaryFolder folder;
    const std::string text = test::withdrawal(1, {});
    const Investigation read = test::ingest_files({folder.write("ABM0777EJ_20260314.txt", text)});
    const auto session = std::ranges::find(read.records, RecordKind::session, &Record::kind);
    ASSERT_NE(session, read.records.end());
    const std::vector<LogLine> lines = read_log(read.sources[0], session->span);
    const auto steps = read.features[0].sequences.of(0);
    const auto position =
        static_cast<std::size_t>(std::ranges::find(steps, static_cast<Token>(EventKind::notes_taken)) - steps.begin());
    const auto found =
        lines_of_step(read.sources[0], lines, steps.size(), {position, "NOTES PRESENTED", "NOTES TAKEN", "", 0, 1});
    ASSERT_EQ(found.size(), 2U);
    const auto text_at = [&](const TextSpan& span) {
        return text.substr(static_cast<std::size_t>(span.offset), static_cast<std::size_t>(span.bytes));
    };
    EXPECT_NE(text_at(found[0]).find("NOTES PRESENTED"), std::string::npos) << text_at(found[0]);
    EXPECT_NE(text_at(found[1]).find("NOTES TAKEN"), std::string::npos) << text_at(found[1]);
    EXPECT_EQ(lines_of_step(read.sources[0], lines, steps.size(), {steps.size(), "SESSION END", "END", "", 0, 1}).size(), 1U);
    EXPECT_TRUE(lines_of_step(read.sources[0], lines, steps.size() + 1, {position, "", "", "", 0, 1}).empty())
        << "the file is another one now";
}

}  // namespace
}  // namespace abm

namespace abm::test {
namespace {

class KeptInTheWorkspace : public SessionTest {};

std::vector<std::string> course_of(const FeatureTable& table, std::size_t row) {
    std::vector<std::string> words;
    for (const Token token : table.sequences.of(row)) words.push_back(table.sequences.words[token]);
    return words;
}

TEST_F(KeptInTheWorkspace, CoursesComeBackAsTheyWereRead) {
    const auto journals = generate("in", 2, 2, 7);
    const auto direct = investigate(journals, {}, {});
    const auto session = open();
    session->import(journals, {});
    const FeatureTable& read = direct->investigation()->features[0];
    const FeatureTable& kept = shown(*session).features[0];
    ASSERT_EQ(kept.sequences.size(), read.sequences.size());
    for (std::size_t row = 0; row < read.sequences.size(); ++row) ASSERT_EQ(course_of(kept, row), course_of(read, row)) << row;
    for (std::size_t at = 0; at < shown(*session).records.size(); ++at) {
        ASSERT_EQ(shown(*session).records[at].score, direct->investigation()->records[at].score) << at;
        const auto record = static_cast<RecordIndex>(at);
        const Explanation one = direct->explain(record), other = session->snapshot()->explain(record);
        ASSERT_EQ(one.channels.size(), other.channels.size());
        for (std::size_t channel = 0; channel < one.channels.size(); ++channel)
            ASSERT_EQ(one.channels[channel].sentence, other.channels[channel].sentence);
    }
}

TEST_F(KeptInTheWorkspace, EveryStepOfTheExplanationIsTheNumberShown) {
    const auto session = open();
    session->import(generate("in", 2, 3, 11), {});
    const auto some = ordinary(*session, 40);
    label(*session, some[10], LabelClass::anomaly, "deposit_fault");
    label(*session, some[20], LabelClass::normal, "");
    double corrected = 0;
    for (std::size_t at = 0; at < shown(*session).records.size(); ++at) {
        const Record& record = shown(*session).records[at];
        const Explanation why = session->snapshot()->explain(static_cast<RecordIndex>(at));
        EXPECT_EQ(static_cast<float>(why.displayed_score), record.score);
        if (record.feature_row < 0) continue;
        ASSERT_EQ(static_cast<float>(why.tail_probability), record.tail_probability) << at;
        ASSERT_NEAR(why.taught, why.deviations + why.correction + why.lift, 1e-9) << at;
        double lifts = 0, shares = why.share, terms = 0;
        for (const ChannelShare& channel : why.channels) {
            lifts += channel.lift;
            shares += channel.share;
        }
        for (const LabelInfluence& term : why.labels) terms += term.margin;
        ASSERT_NEAR(why.raised, why.deviations + lifts, 1e-9) << at;
        ASSERT_NEAR(terms, why.correction, 1e-9) << at;
        ASSERT_LE(why.lift, lifts + 1e-12) << at;
        ASSERT_NEAR(shares, shares > 0 ? 1 : 0, 1e-9) << at;
        corrected = std::max(corrected, std::abs(why.correction));
    }
    EXPECT_GT(corrected, 1) << "the labels did something";
}

TEST_F(KeptInTheWorkspace, TheFirstScoreStaysWhenTheSourceGrowsAndTheModelChanges) {
    const auto journal = generate("in", 1, 4, 5).front();
    const std::string whole = read_whole(journal);
    const auto file = folder_.write("ABM0777EJ_20260314.txt", whole.substr(0, whole.size() * 2 / 3));
    RecordIndex record{};
    FirstScore first;
    {
        const auto session = open();
        session->import({&file, 1}, {});
        record = ordinary(*session, 20).back();
        ASSERT_TRUE(session->first_score(record));
        first = *session->first_score(record);
        EXPECT_EQ(first.model, ModelId{1});
        EXPECT_EQ(first.score, scores(*session)[raw(record)]);
        EXPECT_TRUE(known(first.at));
        label(*session, record, LabelClass::anomaly, "card_fault");
        EXPECT_NE(scores(*session)[raw(record)], first.score);
    }
    folder_.write("ABM0777EJ_20260314.txt", whole);
    const auto session = open();
    EXPECT_EQ(session->first_score(record), first) << "not the score that was stored last";
    ASSERT_EQ(session->import({&file, 1}, {}).front().outcome, ImportedSource::Outcome::grown);
    EXPECT_EQ(session->first_score(record), first);
    std::size_t fresh = 0;
    for (std::size_t at = 0; at < shown(*session).records.size(); ++at)
        fresh += session->first_score(static_cast<RecordIndex>(at)).value().at > first.at;
    EXPECT_GT(fresh, 20U) << "those that came with the growth have one of their own";
    EXPECT_LT(fresh, shown(*session).records.size() / 2);
}

}  // namespace
}  // namespace abm::test
