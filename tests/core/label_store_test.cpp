// Label events: what stands after any course of labelling, undoing and redoing, and what a crash leaves.
#include "core/store/label_store.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "core/base/random.h"
#include "tests/core/label_workspace.h"

namespace abm {
namespace {

using test::at_second;
using test::label;
using test::LabelWorkspace;
using enum LabelClass;

/// What counts for a record, as text; empty when nothing stands.
std::string counting(const std::vector<StandingVerdict>& verdicts, const RecordKey& key) {
    for (const StandingVerdict& verdict : verdicts) {
        if (verdict.key == key && verdict.counts)
            return std::string(name_of(verdict.label.label)) + " by " + verdict.label.who +
                   (verdict.disputed ? ", disputed" : "");
    }
    return {};
}

TEST(LabelStore, KeepsWhatWasSaid) {
    LabelWorkspace w;
    NewLabel given = label(w.key(0), anomaly, "anna", at_second(5), "cash_at_risk", "looks, \"odd\"\nx");
    given.context = {ModelId{}, "anomaly", 740};
    const StepId step = w.labels().append({&given, 1});
    const auto events = w.labels().events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].id, raw(step));
    EXPECT_EQ(events[0].action, LabelEvent::Action::set);
    EXPECT_EQ(events[0].key, given.key);
    EXPECT_EQ(events[0].label.label, anomaly);
    EXPECT_EQ(events[0].label.type, "cash_at_risk");
    EXPECT_EQ(events[0].label.note, "looks, \"odd\"\nx");
    EXPECT_EQ(events[0].label.who, "anna");
    EXPECT_EQ(events[0].label.when, at_second(5));
    EXPECT_EQ(events[0].context.suggestion, "anomaly");
    EXPECT_EQ(events[0].context.decided_ms, 740);
    EXPECT_EQ(w.labels().last_event(), raw(step));
    EXPECT_TRUE(w.labels().events(raw(step)).empty());
}

TEST(LabelStore, RefusesWhatSaysNothing) {
    LabelWorkspace w;
    const NewLabel nobody = label(w.key(0), normal, " \t");
    const NewLabel nothing[] = {label(w.key(0), normal, "anna"), label(w.key(0), none, "anna")};
    test::invalid([&] { w.labels().append({}); });
    test::invalid([&] { w.labels().append({&nobody, 1}); });
    test::invalid([&] { w.labels().append(nothing); });
    EXPECT_EQ(w.labels().last_event(), 0) << "a step is all or nothing";
}

// What the store takes, an export writes; and what an export writes, an import must take.
TEST(LabelStore, RefusesTypesThatNoLabelFileCouldCarry) {
    LabelWorkspace w;
    const NewLabel two_lines = label(w.key(0), anomaly, "anna", kUnknownTime, "one\ntwo");
    const NewLabel endless = label(w.key(0), anomaly, "anna", kUnknownTime, std::string(65, 'x'));
    std::string longest;
    for (int i = 0; i < 64; ++i) longest += "é";
    const NewLabel fits = label(w.key(0), anomaly, "anna", kUnknownTime, longest);
    test::invalid([&] { w.labels().append({&two_lines, 1}); });
    test::invalid([&] { w.labels().append({&endless, 1}); });
    w.labels().append({&fits, 1});
    EXPECT_EQ(w.labels().events().size(), 1U);
}

TEST(LabelStore, WhatIsSaidNowOverrulesVerdictsDatedInTheFuture) {
    LabelWorkspace w;
    const Time far = Time(std::chrono::sys_days(std::chrono::year(2199) / 1 / 1));
    const NewLabel early = label(w.key(0), anomaly, "anna", far);
    w.labels().append({&early, 1});
    const NewLabel now = label(w.key(0), normal, "bob");
    w.labels().append({&now, 1});
    EXPECT_EQ(counting(w.verdicts(), early.key), "normal by bob, disputed");
    const NewLabel again = label(w.key(0), normal, "anna");
    w.labels().append({&again, 1});
    EXPECT_EQ(counting(w.verdicts(), early.key), "normal by anna") << "she changed her mind";
    const NewLabel other = label(w.key(0, RecordKind::session, 1), normal, "anna");
    w.labels().append({&other, 1});
    EXPECT_LT(w.labels().events().back().label.when, far) << "other records keep the time of the clock";
}

TEST(LabelStore, AStepIsUndoneAsOneAlsoByAnotherConnection) {
    LabelWorkspace w;
    const NewLabel before = label(w.key(0), anomaly, "anna");
    const NewLabel step[] = {label(w.key(0), normal, "anna"), label(w.key(0, RecordKind::session, 1), normal, "anna")};
    w.labels().append({&before, 1});
    w.labels().append(step);
    EXPECT_EQ(counting(w.verdicts(), step[1].key), "normal by anna");

    Workspace again = Workspace::open(w.workspace.path());
    const auto undone = LabelStore(again).undo("bob");
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->keys, (std::vector<RecordKey>{step[0].key, step[1].key}));
    EXPECT_EQ(undone->label.label, normal);
    EXPECT_EQ(counting(w.verdicts(), step[0].key), "anomaly by anna");
    EXPECT_EQ(counting(w.verdicts(), step[1].key), "");
    ASSERT_TRUE(w.labels().undo("anna"));
    EXPECT_FALSE(w.labels().undo("anna"));
    EXPECT_TRUE(w.verdicts().empty());
    EXPECT_EQ(w.labels().redo("anna")->keys.size(), 1U);
    EXPECT_EQ(w.labels().redo("anna")->keys.size(), 2U);
    EXPECT_FALSE(w.labels().redo("anna"));
    EXPECT_EQ(counting(w.verdicts(), step[1].key), "normal by anna");
    EXPECT_EQ(w.count("SELECT count(*) FROM audit WHERE action IN ('undo', 'redo')"), 4);
}

TEST(LabelStore, ANewLabelEndsRedo) {
    LabelWorkspace w;
    const NewLabel first = label(w.key(0), anomaly, "anna"), second = label(w.key(1), normal, "anna");
    w.labels().append({&first, 1});
    w.labels().undo("anna");
    EXPECT_TRUE(can_redo(w.labels().events()));
    w.labels().append({&second, 1});
    EXPECT_FALSE(can_redo(w.labels().events()));
    EXPECT_FALSE(w.labels().redo("anna"));
    EXPECT_TRUE(w.labels().undo("anna"));
    EXPECT_FALSE(w.labels().undo("anna")) << "the first step was undone long ago";
}

TEST(LabelStore, EventsAreNeverChanged) {
    LabelWorkspace w;
    const NewLabel given = label(w.key(0), anomaly, "anna");
    w.labels().append({&given, 1});
    EXPECT_ANY_THROW(w.workspace.database().exec("UPDATE label_events SET who = 'bob'"));
    EXPECT_ANY_THROW(w.workspace.database().exec("DELETE FROM label_events"));
}

TEST(LabelStore, MasksCardNumbersAndCountsThem) {
    LabelWorkspace w;
    const NewLabel given =
        label(w.key(0), anomaly, "anna " + test::kCard, {}, "t" + test::kCard, "card " + test::kCard + ", 4111-1111-1111-1111");
    w.labels().append({&given, 1});
    const LabelEvent event = w.labels().events().at(0);
    EXPECT_EQ(event.label.note, "card 411111******1111, 4111-11**-****-1111");
    EXPECT_EQ(event.label.type, "t411111******1111");
    EXPECT_EQ(event.label.who, "anna 411111******1111");
    EXPECT_EQ(w.text("SELECT details FROM audit WHERE action = 'label'"), R"({"step":1,"card_numbers_masked":4})");
    EXPECT_EQ(w.count("SELECT count(*) FROM audit WHERE who LIKE '%" + test::kCard + "%'"), 0);
    w.labels().undo(test::kCard);
    EXPECT_EQ(w.labels().events().at(1).label.who, "411111******1111");
}

TEST(LabelStore, TheLatestByTimeCountsWhoeverSaidIt) {
    LabelWorkspace w;
    const RecordKey key = w.key(0);
    const NewLabel labels[] = {label(key, normal, "anna", at_second(30)), label(key, anomaly, "bob", at_second(20)),
                               label(key, unsure, "anna", at_second(10))};
    for (const NewLabel& given : labels) w.labels().append({&given, 1});
    EXPECT_EQ(counting(w.verdicts(), key), "normal by anna, disputed");
    EXPECT_EQ(w.verdicts().size(), 2U);
    const NewLabel agreed = label(key, normal, "bob", at_second(25));
    w.labels().append({&agreed, 1});
    EXPECT_EQ(counting(w.verdicts(), key), "normal by anna");
    const NewLabel later = label(key, anomaly, "carl", at_second(30));
    w.labels().append({&later, 1});
    EXPECT_EQ(counting(w.verdicts(), key), "anomaly by carl, disputed") << "at the same time: by name, not by order";
}

TEST(LabelStore, AClockSetBackDoesNotBringAnOldVerdictBack) {
    LabelWorkspace w;
    const RecordKey key = w.key(0);
    // As if the clock had been an hour ahead when the first label was given.
    w.workspace.database().exec(
        "INSERT INTO label_events VALUES(1, 1, 'set', NULL, 1, 0, " + std::to_string(key.start_offset) +
        ", 'anomaly', '', '', 'anna', unixepoch() * 1000000 + 3600000000, unixepoch() * 1000000 + 3600000000, NULL, '', NULL)");
    EXPECT_EQ(counting(w.verdicts(), key), "anomaly by anna");
    const NewLabel now = label(key, normal, "anna");
    w.labels().append({&now, 1});
    EXPECT_EQ(counting(w.verdicts(), key), "normal by anna");
}

/// The rules as they are told, with no care for speed.
class NaiveLabels {
public:
    void append(const std::vector<NewLabel>& labels) {
        steps_.push_back({labels, false});
        undone_.clear();
    }
    bool undo() {
        for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
            if (step->undone) continue;
            step->undone = true;
            undone_.push_back(static_cast<std::size_t>(steps_.rend() - step - 1));
            return true;
        }
        return false;
    }
    bool redo() {
        if (undone_.empty()) return false;
        steps_[undone_.back()].undone = false;
        undone_.pop_back();
        return true;
    }
    /// record and expert -> what stands
    std::map<std::pair<std::int64_t, std::string>, Label> standing() const {
        std::map<std::pair<std::int64_t, std::string>, Label> all;
        for (const Step& step : steps_) {
            for (const NewLabel& given : step.labels) {
                if (step.undone) continue;
                const auto at = std::pair(given.key.start_offset, given.label.who);
                if (!all.contains(at) || all[at].when <= given.label.when) all[at] = given.label;
            }
        }
        return all;
    }

private:
    struct Step {
        std::vector<NewLabel> labels;
        bool undone = false;
    };
    std::vector<Step> steps_;
    std::vector<std::size_t> undone_;
};

std::vector<NewLabel> random_step(Random& random, SourceId source) {
    const std::string experts[] = {"anna", "bob", "carl"};
    std::vector<NewLabel> labels;
    for (int left = random.between(1, 4); left > 0; --left) {
        const int offset = random.between(0, 3), who = random.between(0, 2), said = random.between(1, 3),
                  when = random.between(0, 9);
        labels.push_back(
            label({source, RecordKind::session, offset}, static_cast<LabelClass>(said), experts[who], at_second(when)));
    }
    return labels;
}

void expect_same(const std::vector<StandingVerdict>& verdicts, const NaiveLabels& naive) {
    const auto expected = naive.standing();
    ASSERT_EQ(verdicts.size(), expected.size());
    std::map<std::int64_t, int> counting;
    for (const StandingVerdict& verdict : verdicts) {
        const std::int64_t record = verdict.key.start_offset;
        const Label& naive_label = expected.at({record, verdict.label.who});
        EXPECT_EQ(verdict.label.label, naive_label.label);
        EXPECT_EQ(verdict.label.when, naive_label.when);
        bool disputed = false, latest = true;
        for (const auto& [by, other] : expected) {
            if (by.first != record) continue;
            disputed = disputed || other.label != verdict.label.label;
            latest = latest && std::pair(other.when, other.who) <= std::pair(verdict.label.when, verdict.label.who);
        }
        EXPECT_EQ(verdict.disputed, disputed);
        EXPECT_EQ(verdict.counts, latest);
        counting[record] += verdict.counts;
    }
    for (const auto& [record, count] : counting) EXPECT_EQ(count, 1) << record;
}

TEST(LabelStore, AnyCourseOfLabelsUndoAndRedoAgreesWithANaiveModel) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        Random random(seed);
        LabelWorkspace w;
        w.workspace.database().exec("PRAGMA synchronous = OFF");  // nobody pulls the plug here
        NaiveLabels naive;
        for (int i = 0; i < 120; ++i) {
            const int dice = random.between(0, 9);
            if (dice < 4) {
                const auto labels = random_step(random, w.ids[0]);
                w.labels().append(labels);
                naive.append(labels);
            } else if (dice < 7) {
                const bool could = can_undo(w.labels().events());
                EXPECT_EQ(could, naive.undo());
                EXPECT_EQ(could, w.labels().undo("anna").has_value());
            } else {
                const bool could = can_redo(w.labels().events());
                EXPECT_EQ(could, naive.redo());
                EXPECT_EQ(could, w.labels().redo("anna").has_value());
            }
            expect_same(w.verdicts(), naive);
            if (HasFailure()) FAIL() << "seed " << seed << ", act " << i;
        }
        while (w.labels().undo("anna")) {
        }
        EXPECT_TRUE(w.verdicts().empty());
    }
}

TEST(LabelStore, TheOrderOfImportsDoesNotMatter) {
    Random random(3);
    std::vector<LabelEvent> events;
    for (int i = 0; i < 60; ++i) {
        LabelEvent event;
        const int offset = random.between(0, 5), who = random.between(0, 3), said = random.between(1, 3),
                  when = random.between(0, 4);
        event.key = {SourceId{1}, RecordKind::session, offset};
        // Nobody says two things at one moment, but several experts may speak at the same time.
        event.label = {
            static_cast<LabelClass>(said), {}, {}, std::string(1, static_cast<char>('a' + who)), at_second(when * 4 + who / 2)};
        const bool taken = std::ranges::any_of(events, [&](const LabelEvent& other) {
            return other.key == event.key && other.label.who == event.label.who && other.label.when == event.label.when;
        });
        if (!taken) events.push_back(event);
    }
    const auto told = [&] {
        for (std::size_t i = 0; i < events.size(); ++i) {
            events[i].id = static_cast<std::int64_t>(i) + 1;
            events[i].step = StepId{events[i].id};
        }
        std::string text;
        for (const StandingVerdict& v : standing_verdicts(events))
            text +=
                fmt::format("{} {} {} {} {}\n", v.key.start_offset, v.label.who, name_of(v.label.label), v.counts, v.disputed);
        return text;
    };
    const std::string once = told();
    for (int round = 0; round < 50; ++round) {
        for (std::size_t i = events.size(); i > 1; --i)
            std::swap(events[i - 1], events[random.below(static_cast<std::uint32_t>(i))]);
        ASSERT_EQ(told(), once);
    }
}

// -- kill -9 --

constexpr int kLabelsAStep = 3;

/// Labels for ever, each step's number in its notes, and says so through the pipe when append() has returned.
[[noreturn]] void label_until_killed(const std::filesystem::path& path, SourceId source, std::int64_t first, int pipe) {
    try {
        Workspace workspace = Workspace::open(path);
        for (std::int64_t number = first;; ++number) {
            std::vector<NewLabel> labels;
            for (int i = 0; i < kLabelsAStep; ++i)
                labels.push_back(label({source, RecordKind::session, i}, anomaly, "anna", {}, {}, std::to_string(number)));
            LabelStore(workspace).append(labels);
            if (::write(pipe, &number, sizeof number) != sizeof number) break;
        }
    } catch (const std::exception&) {
    }
    ::_exit(1);
}

/// Runs the above for about so long behind its first step; gives the number of the last step it was told of.
std::int64_t kill_while_labelling(const std::filesystem::path& path, SourceId source, std::int64_t first,
                                  std::chrono::microseconds after) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        label_until_killed(path, source, first, ends[1]);
    }
    ::close(ends[1]);
    std::int64_t number = first - 1, told = first - 1;
    if (::read(ends[0], &number, sizeof number) == sizeof number) told = number;
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    while (::read(ends[0], &number, sizeof number) == sizeof number) told = number;
    ::close(ends[0]);
    return told;
}

TEST(LabelStore, KillLosesNoLabelThatWasAcknowledged) {
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "killed.abmw";
    SourceId source{};
    {  // a connection is not carried over a fork
        Workspace workspace = Workspace::open(path);
        source = test::store_sources(workspace, test::three_journals().sources).front();
    }
    Random random(11);
    std::int64_t next = 0, acknowledged = 0;
    for (int round = 0; round < 50; ++round) {
        const std::int64_t told = kill_while_labelling(path, source, next, std::chrono::microseconds(random.below(12'000)));
        acknowledged += told - next + 1;
        std::map<std::int64_t, int> steps;
        Workspace workspace = Workspace::open(path);
        ASSERT_EQ(workspace.database().execAndGet("PRAGMA integrity_check").getString(), "ok");
        for (const LabelEvent& event : LabelStore(workspace).events()) ++steps[std::stoll(event.label.note)];
        ASSERT_GE(std::ssize(steps), told + 1) << "round " << round;
        ASSERT_LE(std::ssize(steps), told + 2) << "one step may be stored and not yet told";
        for (const auto& [number, labels] : steps) ASSERT_EQ(labels, kLabelsAStep) << "step " << number;
        next = std::ssize(steps);
    }
    EXPECT_GT(acknowledged, 50);
}

}  // namespace
}  // namespace abm
