// Profiles a user keeps: copies of those of the program, changed, named, refused with the line of the mistake.
#include "core/textlog/profile_library.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "tests/core/session_fixture.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using namespace test;
namespace fs = std::filesystem;

class ProfileLibrary : public ::testing::Test {
protected:
    std::string copy(const std::string& of, const std::string& name) {
        return renamed_profile(shipped_log_profile(of).text, name);
    }
    std::string refusal(const std::string& text) {
        try {
            keep_log_profile(text, folder_);
        } catch (const Error& error) {
            return error.what();
        }
        return "accepted";
    }

    TemporaryFolder place_;
    fs::path folder_ = place_.path() / "profiles";
};

TEST_F(ProfileLibrary, ACopyKeepsItsCommentsAndIsFoundByName) {
    const std::string text = copy("ue-events", "my-ues");
    EXPECT_EQ(parse_log_profile(text, "x").name, "my-ues");
    EXPECT_NE(text.find("// Events of mobile phones"), std::string::npos);
    EXPECT_NE(text.find("\"name\": \"ATTACH_TIMEOUT\""), std::string::npos) << "names of events are not renamed";
    keep_log_profile(text, folder_);
    const auto listed = list_log_profiles(folder_);
    ASSERT_EQ(listed.size(), 5U);
    EXPECT_TRUE(listed[0].shipped());
    EXPECT_EQ(listed[4].name, "my-ues");
    EXPECT_EQ(listed[4].text, text);
    EXPECT_EQ(find_log_profile("my-ues", folder_).text, text);
    EXPECT_EQ(find_log_profile((folder_ / "my-ues.json").string(), "").name, "my-ues");
    EXPECT_EQ(find_log_profile("syslog", folder_).name, "syslog");
    EXPECT_EQ(free_profile_name("my-ues", listed), "my-ues-2");
    remove_log_profile(listed[4]);
    EXPECT_EQ(list_log_profiles(folder_).size(), 4U);
}

TEST_F(ProfileLibrary, RefusesWhatIsWrongAndKeepsWhatWasThere) {
    keep_log_profile(copy("syslog", "mine"), folder_);
    EXPECT_NE(refusal(copy("syslog", "syslog")).find("profile of the program"), std::string::npos);
    EXPECT_NE(refusal(copy("syslog", "../mine")).find("letters, digits"), std::string::npos);
    const std::string broken = "{ \"version\": 1,\n  \"name\": \"mine\",\n  \"records\": { \"kind\": \"windows\" } }";
    EXPECT_NE(refusal(broken).find(":3: "), std::string::npos) << refusal(broken);
    EXPECT_EQ(find_log_profile("mine", folder_).text, copy("syslog", "mine"));
    std::ofstream(folder_ / "bad.json") << "{";
    const auto listed = list_log_profiles(folder_);
    const auto bad = std::ranges::find(listed, "bad", &ListedProfile::name);
    ASSERT_NE(bad, listed.end());
    EXPECT_NE(bad->problem.find("bad.json:1"), std::string::npos) << bad->problem;
    try {
        find_log_profile("mone", folder_);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("did you mean \"mine\"?"), std::string::npos) << error.what();
    }
}

class ProfileOfSource : public SessionTest {
protected:
    /// Two hosts in turn: by content one lane for each host and minute.
    fs::path log() {
        const fs::path file = folder_.path() / "messages.log";
        std::ofstream out(file);
        for (int at = 0; at < 240; ++at)
            out << "2026-03-14 09:" << (at / 60 < 10 ? "0" : "") << at / 60 << ':' << (at % 60 < 10 ? "0" : "") << at % 60
                << " INFO door=" << at % 3 << " opened\n";
        return file;
    }
    LogProfile doors() {
        return parse_log_profile(
            "{ \"version\": 1, \"name\": \"doors\", \"entity\": { \"noun\": \"door\", \"patterns\": "
            "[\"door=(\\\\d+)\"] }, \"records\": { \"kind\": \"entity\" } }",
            "doors.json");
    }
    RecordKind kind(const WorkspaceSession& session) { return shown(session).records.front().kind; }
};

TEST_F(ProfileOfSource, ASourceIsReadAgainByAnotherProfileAndKeepsItsRowAndLabels) {
    const std::vector<fs::path> files{log()};
    const auto session = open();
    session->import(files, {});
    ASSERT_EQ(shown(*session).sources.size(), 1U);
    EXPECT_EQ(kind(*session), RecordKind::window);
    EXPECT_FALSE(session->chosen_reading(SourceIndex{0}).profile);
    const SourceId id = session->source_ids().front();

    auto imported = session->import(files, {}, {doors()});
    EXPECT_EQ(imported.front().outcome, ImportedSource::Outcome::read_again);
    EXPECT_EQ(kind(*session), RecordKind::entity);
    EXPECT_EQ(shown(*session).records.size(), 3U);
    EXPECT_EQ(session->source_ids().front(), id);
    EXPECT_EQ(session->chosen_reading(SourceIndex{0}).profile->name, "doors");
    label(*session, RecordIndex{1}, LabelClass::anomaly, "unusual");

    imported = session->import(files, {}, {doors()});
    EXPECT_EQ(imported.front().outcome, ImportedSource::Outcome::known) << "nothing has changed";
    std::ofstream(files.front(), std::ios::app) << "2026-03-14 09:05:00 INFO door=7 opened\n";
    imported = session->import(files, {});
    EXPECT_EQ(imported.front().outcome, ImportedSource::Outcome::grown);
    EXPECT_EQ(shown(*session).records.size(), 4U) << "what was chosen once holds when the file has grown";
    EXPECT_EQ(shown(*session).records[1].label, LabelClass::anomaly);

    LogProfile other = doors();
    other = parse_log_profile(other.text + "\n", "doors.json");
    imported = session->import(files, {}, {other});
    EXPECT_EQ(imported.front().outcome, ImportedSource::Outcome::read_again);
    EXPECT_EQ(shown(*session).records[1].label, LabelClass::anomaly);

    session->import(files, {}, {std::nullopt, true});
    EXPECT_EQ(kind(*session), RecordKind::window);
    EXPECT_FALSE(session->chosen_reading(SourceIndex{0}).profile);
}

TEST_F(ProfileOfSource, WhatDoesNotLookLikeAJournalIsReadAsOneByTheProfileOfJournals) {
    std::string text;
    while (text.size() < 300'000)
        text += "2026-03-14 09:00:00 INFO boot: what the loader of the machine prints before its journal\n";
    text += read_whole(generate("made", 1, 1, 3).front());
    const fs::path mixed = folder_.write("mixed.txt", text);
    const auto session = open();
    session->import({&mixed, 1}, {});
    ASSERT_EQ(kind(*session), RecordKind::window) << "its beginning is that of a text log";
    const LogProfile& journals = shipped_log_profile("ndc-journal");
    EXPECT_EQ(session->import({&mixed, 1}, {}, {journals}).front().outcome, ImportedSource::Outcome::read_again);
    EXPECT_EQ(shown(*session).sources.front().format, "ndc-journal");
    EXPECT_GT(shown(*session).sources.front().sessions, 20);
    EXPECT_EQ(session->import({&mixed, 1}, {}, {journals}).front().outcome, ImportedSource::Outcome::known);
    EXPECT_EQ(session->import({&mixed, 1}, {}, {shipped_log_profile("generic")}).front().outcome,
              ImportedSource::Outcome::read_again);
    EXPECT_EQ(kind(*session), RecordKind::window);
}

TEST_F(ProfileOfSource, AJournalIsReadAsOneWhateverIsChosen) {
    const auto journal = generate("made", 1, 1, 3).front();
    const auto session = open();
    session->import({&journal, 1}, {}, {shipped_log_profile("generic")});
    EXPECT_EQ(shown(*session).sources.front().format, "ndc-journal");
    for (const char* const name : {"ndc-journal", "syslog"})
        EXPECT_EQ(session->import({&journal, 1}, {}, {shipped_log_profile(name)}).front().outcome,
                  ImportedSource::Outcome::known);
}

}  // namespace
}  // namespace abm
