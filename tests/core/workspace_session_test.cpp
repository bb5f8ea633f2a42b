#include "core/pipeline/workspace_session.h"

#include "core/store/failed_files.h"
#include "core/store/source_store.h"
#include "core/store/taken_out.h"
#include "core/store/workspace_care.h"
#include "tests/core/session_fixture.h"

namespace abm::test {
namespace {

class WorkspaceSessionTest : public SessionTest {};

TEST_F(WorkspaceSessionTest, ImportsScoresAndFindsAllAgainAfterARestart) {
    const auto journals = generate("in", 2, 2, 7);
    std::vector<float> before;
    std::vector<std::string> sentences;
    {
        const auto session = open();
        EXPECT_TRUE(shown(*session).records.empty());
        const auto imported = session->import(journals, {});
        ASSERT_EQ(imported.size(), 2U);
        for (const ImportedSource& source : imported) EXPECT_EQ(source.outcome, ImportedSource::Outcome::added);
        EXPECT_EQ(session->scored_with(), ModelId{1}) << "the first import makes the first model";
        EXPECT_EQ(shown(*session).scored_by.model, ModelId{1});
        before = scores(*session);
        for (const Record& record : shown(*session).records) sentences.push_back(sentence_of(shown(*session), record));
    }
    ASSERT_GT(before.size(), 100U);
    std::vector<std::shared_ptr<const Investigation>> partial;
    SessionOptions options;
    options.on_partial = [&](std::shared_ptr<const Investigation> shown_first) { partial.push_back(std::move(shown_first)); };
    const auto session = WorkspaceSession::open(workspace(), options, {});
    EXPECT_EQ(scores(*session), before);
    for (std::size_t at = 0; at < before.size(); ++at)
        ASSERT_EQ(sentence_of(shown(*session), shown(*session).records[at]), sentences[at]);
    ASSERT_EQ(partial.size(), 1U) << "what was shown last is offered before movements and features are read";
    EXPECT_TRUE(partial.front()->partial);
    for (std::size_t at = 0; at < before.size(); ++at) ASSERT_EQ(partial.front()->records[at].score, before[at]);
    EXPECT_FALSE(shown(*session).partial);
    const auto again = session->import(journals, {});
    for (const ImportedSource& source : again) EXPECT_EQ(source.outcome, ImportedSource::Outcome::known);
    EXPECT_EQ(scores(*session), before);
}

TEST_F(WorkspaceSessionTest, LabelsLiftTheirLikeAndUndoRestoresEveryBit) {
    const auto session = open();
    session->import(generate("in", 2, 3, 11), {});
    const std::vector<float> before = scores(*session);
    const RecordIndex odd = ordinary(*session, 40).back();
    label(*session, odd, LabelClass::anomaly, "deposit_fault");
    EXPECT_EQ(shown(*session).records[raw(odd)].label, LabelClass::anomaly);
    EXPECT_EQ(shown(*session).scored_by.labels, 1);
    EXPECT_GT(scores(*session)[raw(odd)], before[raw(odd)]);
    const Explanation why = session->snapshot()->explain(odd);
    ASSERT_FALSE(why.labels.empty());
    EXPECT_GT(why.labels.front().margin, 0);
    const std::vector<float> labelled = scores(*session);

    EXPECT_TRUE(session->can_undo());
    ASSERT_TRUE(session->undo());
    EXPECT_EQ(scores(*session), before);
    EXPECT_EQ(shown(*session).labels.size(), 0U);
    EXPECT_TRUE(session->can_redo());
    const auto redone = session->redo();
    ASSERT_TRUE(redone);
    EXPECT_EQ(redone->records, std::vector{odd});
    EXPECT_EQ(scores(*session), labelled);
}

TEST_F(WorkspaceSessionTest, UnsureIsKeptAndNeverTrains) {
    const auto session = open();
    session->import(generate("in", 1, 3, 3), {});
    const std::vector<float> before = scores(*session);
    label(*session, ordinary(*session, 1).front(), LabelClass::unsure);
    EXPECT_EQ(scores(*session), before);
    EXPECT_EQ(shown(*session).labels.size(), 1U);
}

TEST_F(WorkspaceSessionTest, MovedRenamedAndGrownFilesKeepTheirLabels) {
    const auto journal = generate("in", 1, 4, 5).front();
    const std::string whole = read_whole(journal);
    const std::string front = whole.substr(0, whole.size() * 2 / 3);
    const auto first = folder_.write("ABM0777EJ_20260314.txt", front);
    RecordKey key;
    {
        const auto session = open();
        session->import({&first, 1}, {});
        const RecordIndex record = ordinary(*session, 20).back();
        label(*session, record, LabelClass::anomaly, "card_fault");
        key = {session->source_ids().front(), RecordKind::session, shown(*session).records[raw(record)].span.offset};
    }
    const auto moved = file("elsewhere.txt");
    std::filesystem::rename(first, moved);
    {
        const auto session = open();
        ASSERT_EQ(session->look_at_sources().size(), 1U);
        EXPECT_TRUE(session->look_at_sources().front().gone);
        const auto imported = session->import({&moved, 1}, {});
        EXPECT_EQ(imported.front().outcome, ImportedSource::Outcome::moved);
        EXPECT_EQ(shown(*session).sources.size(), 1U);
        EXPECT_EQ(shown(*session).sources.front().path.filename(), "elsewhere.txt");
        EXPECT_EQ(shown(*session).labels.size(), 1U);
        EXPECT_FALSE(session->look_at_sources().front().gone);
    }
    folder_.write("elsewhere.txt", whole);
    const auto session = open();
    const auto imported = session->import({&moved, 1}, {});
    EXPECT_EQ(imported.front().outcome, ImportedSource::Outcome::grown);
    ASSERT_EQ(shown(*session).sources.size(), 1U);
    EXPECT_EQ(shown(*session).sources.front().bytes, static_cast<std::int64_t>(whole.size()));
    ASSERT_EQ(shown(*session).labels.size(), 1U);
    EXPECT_EQ(shown(*session).records[raw(shown(*session).labels.front().record)].span.offset, key.start_offset);
    const auto alone = investigate({&moved, 1}, {}, {});
    EXPECT_EQ(shown(*session).records.size(), alone->investigation()->records.size());
    EXPECT_EQ(shown(*session).findings.size(), alone->investigation()->findings.size())
        << "sessions of its own shorter self must not count as repeated";
}

TEST_F(WorkspaceSessionTest, ACopyUnderAnotherNameIsTheSameSource) {
    const auto journal = generate("in", 1, 2, 5).front();
    const auto copy = folder_.write("copy.txt", read_whole(journal));
    const auto session = open();
    session->import({&journal, 1}, {});
    const std::size_t movements = shown(*session).movements.size();
    EXPECT_EQ(session->import({&copy, 1}, {}).front().outcome, ImportedSource::Outcome::known);
    EXPECT_EQ(shown(*session).sources.size(), 1U);
    EXPECT_EQ(shown(*session).movements.size(), movements);
}

TEST_F(WorkspaceSessionTest, OneByOneOrTogetherTheBooksAreTheSame) {
    const auto journal = generate("in", 1, 2, 9).front();
    const std::string whole = read_whole(journal);
    const std::size_t cut = whole.find("TRANSACTION START", whole.size() / 2);
    // Two files that share the sessions of the middle: they must count once, whichever way they come in.
    const std::vector<std::filesystem::path> files{folder_.write("a.txt", whole.substr(0, cut + whole.size() / 4)),
                                                   folder_.write("b.txt", whole.substr(whole.size() / 3))};
    const auto together = investigate(files, {}, {});
    const auto session = open();
    session->import({&files[0], 1}, {});
    session->import({&files[1], 1}, {});
    EXPECT_EQ(shown(*session).movements.size(), together->investigation()->movements.size());
    EXPECT_EQ(shown(*session).findings.size(), together->investigation()->findings.size());
}

TEST_F(WorkspaceSessionTest, ASourceThatCannotBeReadIsNamedAndTheOthersGoOn) {
    const auto journal = generate("in", 1, 1, 2).front();
    const std::vector<std::filesystem::path> files{folder_.write("noise.bin", std::string(5000, '\0') + "abc"), journal,
                                                   folder_.write("empty.txt", "")};
    const auto session = open();
    const auto imported = session->import(files, {});
    EXPECT_EQ(imported[0].outcome, ImportedSource::Outcome::failed);
    EXPECT_FALSE(imported[0].as_read.problems.empty());
    EXPECT_EQ(imported[1].outcome, ImportedSource::Outcome::added);
    EXPECT_EQ(imported[2].outcome, ImportedSource::Outcome::failed);
    EXPECT_EQ(shown(*session).sources.size(), 1U);
}

TEST_F(WorkspaceSessionTest, RemembersFilesThatFailedUntilTheyAreReadOrSkipped) {
    const auto bad = folder_.write("ABM0001EJ.txt", std::string(5000, '\1'));
    const auto empty = folder_.write("empty.txt", "");
    {
        const auto session = open();
        session->import(std::vector{bad, empty}, {});
    }
    const auto session = open();
    const auto failed = FailedFiles(session->workspace()).list();
    ASSERT_EQ(failed.size(), 2U);
    EXPECT_EQ(failed[0].path, std::filesystem::canonical(bad));
    EXPECT_EQ(failed[0].name, "ABM0001EJ.txt");
    ASSERT_FALSE(failed[0].problems.empty());
    EXPECT_FALSE(failed[0].problems.front().message.empty());
    FailedFiles(session->workspace()).forget(failed[1].path);
    ASSERT_EQ(FailedFiles(session->workspace()).list().size(), 1U);

    std::filesystem::copy_file(generate("in", 1, 1, 2).front(), bad, std::filesystem::copy_options::overwrite_existing);
    session->import(std::vector{bad}, {});
    EXPECT_TRUE(FailedFiles(session->workspace()).list().empty()) << "it was read this time";
}

TEST_F(WorkspaceSessionTest, WhatIsTakenOutComesBackWithItsLabels) {
    const auto journals = generate("in", 2, 2, 7);
    const auto session = open();
    session->import(journals, {});
    const std::vector<float> before = scores(*session);
    const auto in_second = [&] {
        const auto& records = shown(*session).records;
        return static_cast<RecordIndex>(
            std::ranges::find_if(records, [](const Record& r) { return raw(r.source) == 1 && r.kind == RecordKind::session; }) -
            records.begin());
    };
    label(*session, in_second(), LabelClass::anomaly, "deposit_fault");
    const std::vector<float> labelled = scores(*session);
    const SourceId second = session->source_ids()[1];
    take_out(session->workspace(), second, "anna");
    EXPECT_TRUE(session->refresh({}));
    ASSERT_EQ(shown(*session).sources.size(), 1U);
    EXPECT_LT(shown(*session).records.size(), before.size());
    EXPECT_TRUE(shown(*session).labels.empty());
    ASSERT_EQ(session->notes().size(), 1U) << "the label is not lost in silence";
    EXPECT_THROW(take_out(session->workspace(), second, "anna"), Error);
    EXPECT_TRUE(check_workspace(workspace(), {}).clean());
    EXPECT_EQ(open()->source_ids().size(), 1U) << "also after a restart";

    const auto again = session->import(journals, {});
    EXPECT_EQ(again[0].outcome, ImportedSource::Outcome::known);
    EXPECT_EQ(again[1].outcome, ImportedSource::Outcome::added);
    EXPECT_EQ(again[1].source, second);
    EXPECT_EQ(shown(*session).records[raw(in_second())].label, LabelClass::anomaly);
    EXPECT_EQ(scores(*session), labelled);
    EXPECT_TRUE(session->notes().empty());
    EXPECT_TRUE(check_workspace(workspace(), {}).clean());
}

TEST_F(WorkspaceSessionTest, TrainsAdoptsAndRollsBack) {
    const auto session = open();
    session->import(generate("in", 2, 4, 21), {});
    const auto few = ordinary(*session, 30);
    for (std::size_t at = 0; at < few.size(); ++at) label(*session, few[at], at % 3 ? LabelClass::normal : LabelClass::anomaly);
    const std::vector<float> with_labels = scores(*session);
    const TrainedModel trained = train_models(session->training_input(2), {});
    const ModelId candidate = session->keep(trained);
    EXPECT_EQ(scores(*session), with_labels) << "a candidate changes nothing";
    session->adopt(candidate, {});
    EXPECT_EQ(session->scored_with(), candidate);
    EXPECT_EQ(shown(*session).scored_by.labels, 0) << "it knows all labels";
    const std::vector<float> adopted = scores(*session);
    EXPECT_NE(adopted, with_labels);
    EXPECT_EQ(session->roll_back({}), ModelId{1});
    EXPECT_EQ(scores(*session), with_labels);
    EXPECT_THROW(session->roll_back({}), Error);
    const auto models = session->models();
    ASSERT_EQ(models.size(), 2U);
    EXPECT_EQ(models[0].state, ModelState::current);
    EXPECT_EQ(models[1].labels, 30);
}

TEST_F(WorkspaceSessionTest, AModelFileGoesOnTeachingElsewhere) {
    const auto here = open();
    here->import(generate("here", 2, 3, 31), {});
    for (const RecordIndex record : ordinary(*here, 12)) label(*here, record, LabelClass::anomaly);
    const ModelId id = here->keep(train_models(here->training_input(1), {}));
    const auto there = open(file("there.abmw"));
    there->import(generate("there", 2, 3, 32), {});
    const std::vector<float> before = scores(*there);
    const ModelId imported = there->import_model(here->model_document(id));
    there->adopt(imported, {});
    const std::vector<float> after = scores(*there);
    double lifted = 0;
    for (const RecordIndex record : ordinary(*there, 500))
        lifted += static_cast<double>(after[raw(record)]) - static_cast<double>(before[raw(record)]);
    EXPECT_GT(lifted, 0) << "labels of another workspace act through the model";
    EXPECT_THROW(there->import_model("{}"), Error);
}

TEST_F(WorkspaceSessionTest, TwoProgramsShareOneWorkspace) {
    const auto one = open();
    one->import(generate("in", 1, 3, 4), {});
    const auto two = open(workspace(), "ben");
    const auto records = ordinary(*one, 4);
    label(*one, records[0], LabelClass::anomaly);
    label(*two, records[1], LabelClass::normal);
    label(*two, records[0], LabelClass::normal);
    EXPECT_TRUE(one->refresh({}));
    EXPECT_FALSE(one->refresh({}));
    ASSERT_EQ(shown(*one).labels.size(), 2U);
    EXPECT_TRUE(shown(*one).labels.front().disputed);
    EXPECT_EQ(shown(*one).labels.front().label.who, "ben") << "the latest counts";
    EXPECT_FALSE(two->refresh({})) << "its own labels brought the other's with them";
    EXPECT_EQ(scores(*one), scores(*two));
}

TEST_F(WorkspaceSessionTest, TheQueueAndTheAlikeLeaveOutWhatIsDecided) {
    const auto session = open();
    session->import(generate("in", 2, 4, 8), {});
    const auto queue = session->queue({}, 30);
    ASSERT_EQ(queue.size(), 30U);
    const RecordIndex first = queue.front().record;
    const auto alike = session->alike(first, 1000);
    for (const RecordIndex record : alike) {
        EXPECT_NE(record, first);
        EXPECT_EQ(shown(*session).records[raw(record)].type, shown(*session).records[raw(first)].type);
    }
    std::vector<RecordIndex> together = alike;
    together.push_back(first);
    LabelRequest request;
    request.label = LabelClass::normal;
    session->label(together, request);
    for (const QueueEntry& entry : session->queue({}, 1000)) EXPECT_EQ(std::ranges::count(together, entry.record), 0);
    const auto undone = session->undo();
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->records.size(), together.size()) << "the alike are one step";
    EXPECT_TRUE(shown(*session).labels.empty());
}

TEST_F(WorkspaceSessionTest, RetrainsByItselfOnlyWhenAskedTo) {
    const auto session = open();
    session->import(generate("in", 1, 3, 4), {});
    const auto records = ordinary(*session, 6);
    for (const RecordIndex record : records) label(*session, record, LabelClass::normal);
    EXPECT_FALSE(session->retrain_due());
    session->set_retrain_rule({.labels = 7, .days = 0});
    EXPECT_FALSE(session->retrain_due());
    session->set_retrain_rule({.labels = 6, .days = 0});
    EXPECT_TRUE(session->retrain_due());
    session->keep(train_models(session->training_input(1), {}));
    EXPECT_FALSE(session->retrain_due()) << "a candidate waits already";
}

TEST_F(WorkspaceSessionTest, AnotherProgramMayStoreTheSameFileMeanwhile) {
    const auto journals = generate("in", 2, 2, 13);
    const auto session = open();
    bool other_was_faster = false;
    const Progress racing({}, [&](double, std::string_view stage) {
        if (stage != "storing" || std::exchange(other_was_faster, true)) return;
        open()->import({journals.data(), 1}, {});
    });
    const auto imported = session->import(journals, racing);
    ASSERT_TRUE(other_was_faster);
    ASSERT_EQ(imported.size(), 2U);
    EXPECT_EQ(imported[0].outcome, ImportedSource::Outcome::known);
    EXPECT_EQ(imported[1].outcome, ImportedSource::Outcome::added);
    EXPECT_EQ(shown(*session).sources.size(), 2U);
}

TEST_F(WorkspaceSessionTest, WhatWasAdoptedIsNotCalledCancelled) {
    const auto session = open();
    session->import(generate("in", 1, 2, 13), {});
    const ModelId second = session->keep(train_models(session->training_input(2), {}));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(session->adopt(second, Progress(stop.get_token(), {})), Error);
    EXPECT_EQ(session->scored_with(), ModelId{1});
    EXPECT_EQ(open()->scored_with(), ModelId{1}) << "a cancelled adoption is none";
}

TEST_F(WorkspaceSessionTest, CancellingAnImportLeavesWhatWasStoredBefore) {
    const auto journals = generate("in", 3, 2, 13);
    const auto session = open();
    session->import({journals.data(), 1}, {});
    const std::vector<float> before = scores(*session);
    std::stop_source stop;
    const Progress cancelling(stop.get_token(), [&](double, std::string_view stage) {
        if (stage == "reading") stop.request_stop();
    });
    EXPECT_THROW(session->import(journals, cancelling), Error);
    EXPECT_EQ(scores(*session), before);
    EXPECT_EQ(open()->source_ids().size(), 1U);
}

}  // namespace
}  // namespace abm::test
