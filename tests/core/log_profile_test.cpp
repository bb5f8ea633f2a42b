#include "core/textlog/log_profile.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/error.h"
#include "core/textlog/line_parser.h"

namespace abm {
namespace {

std::string profile_refusal(const std::string& json) {
    try {
        parse_log_profile(json, "my.json");
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid);
        return error.what();
    }
    return "accepted";
}

std::string profile_with(const std::string& more) {
    return "{ \"version\": 1,\n \"name\": \"x\",\n \"records\": { \"kind\": \"window\" },\n " + more + " }";
}

void expect_contains(const std::string& text, std::string_view part) {
    EXPECT_NE(text.find(part), std::string::npos) << text << "\nlacks: " << part;
}

TEST(LogProfile, ShippedOnesAreReadAndNamed) {
    std::vector<std::string> names;
    for (const LogProfile& profile : shipped_log_profiles()) names.push_back(profile.name);
    EXPECT_EQ(names, (std::vector<std::string>{"ndc-journal", "ue-events", "syslog", "generic"}));
    EXPECT_TRUE(shipped_log_profile("ue-events").by_entity);
    EXPECT_EQ(shipped_log_profile("syslog").window_s, 60);
    EXPECT_TRUE(shipped_log_profile("ndc-journal").journal);
    EXPECT_FALSE(shipped_log_profile("generic").journal);
    EXPECT_THROW(shipped_log_profile("sylog"), Error);
}

TEST(LogProfile, ErrorsSayPlaceAndRemedy) {
    expect_contains(profile_refusal(profile_with("\"entiti\": {}")), "my.json:4: unknown key \"entiti\"");
    expect_contains(profile_refusal(profile_with("\"entity\": { \"patterns\": [\"UE \\\\d+\"] }")),
                    "has 0 capturing groups, not 1");
    expect_contains(profile_refusal(profile_with("\"events\": [\n{ \"name\": \"a\", \"pattern\": \"(\" }]")), "my.json:5: ");
    expect_contains(
        profile_refusal(profile_with("\"events\": [{ \"name\": \"a\", \"pattern\": \"a\", \"counts_as\": \"atach\" }]")),
        "did you mean \"attach\"?");
    expect_contains(profile_refusal(profile_with("\"thresholds\": { \"eror_lines\": 3 }")), "did you mean \"error_lines\"?");
    expect_contains(profile_refusal(profile_with("\"thresholds\": { \"error_lines\": -3 }")), "error_lines must be 0 to");
    expect_contains(profile_refusal("{ \"version\": 2, \"name\": \"x\", \"records\": { \"kind\": \"window\" } }"), "allowed: 1");
    expect_contains(profile_refusal("{ \"version\": 1, \"name\": \"x\", \"records\": { \"kind\": \"entity\" } }"),
                    "need to know the entity");
    expect_contains(profile_refusal("{ \"version\": 1, \"records\": { \"kind\": \"window\" } }"), "\"name\" is missing");
}

TEST(LogProfile, ContentDecidesWhichProfileReadsALog) {
    const auto sniffed = [](std::string_view head) { return sniff_text_log(head).value().profile->name; };
    EXPECT_EQ(sniffed("2025-10-10 12:00:01.123 UE 460110123456789 ATTACH_REQUEST\n"
                      "2025-10-10 12:00:02.123 UE 460110123456780 DETACH_REQUEST\n"),
              "ue-events");
    EXPECT_EQ(sniffed("2025-10-10 12:00:01 IMSI=460110123456789 Cell_ID=7 Event=Attach\r"), "ue-events");
    EXPECT_EQ(sniffed("UE_ID: 17 detach\nUE_ID: 18 attach timeout\n"), "ue-events");
    EXPECT_EQ(sniffed("Jun  4 15:16:01 combo sshd(pam_unix)[19939]: check pass; user unknown\n"), "syslog");
    EXPECT_EQ(sniffed("2025-10-10T12:00:01.5+02:00 host1 kernel: link up\n"), "syslog");
    EXPECT_EQ(sniffed("2015-10-18 18:01:47,978 INFO [main] org.a.B: Created x\n"), "generic");
    EXPECT_EQ(sniff_text_log("2015-10-18 18:01:47,978 INFO [main] org.a.B: Created x\n").value().confidence, 0.5);
    EXPECT_EQ(sniff_text_log("some words\nmore words\n").value().confidence, 0.25);
    EXPECT_FALSE(sniff_text_log(""));
    EXPECT_FALSE(sniff_text_log("\n\n"));
    EXPECT_FALSE(
        sniff_text_log(std::string_view("\x7F"
                                        "ELF\0\0\0\0\1\2\3\0\0",
                                        13)));
}

struct ExpectedEvent {
    std::string_view line, time, entity, event;
};

void expect_understood(const ExpectedEvent& expected) {
    const std::string_view line = expected.line;
    const UnderstoodLine found = preview(shipped_log_profile("ue-events"), {&line, 1}).front();
    EXPECT_EQ(iso8601(found.time), expected.time) << line;
    EXPECT_EQ(found.entity, expected.entity) << line;
    EXPECT_EQ(found.event, expected.event) << line;
    EXPECT_TRUE(found.understood) << line;
}

TEST(LogProfile, AllFormatsOfUeEventsAreUnderstood) {
    expect_understood(
        {"2025-10-10 12:00:01.123 UE 460110123456789 ATTACH_REQUEST", "2025-10-10T12:00:01.123000", "460110123456789", "ATTACH"});
    expect_understood({"2025-10-10T12:00:01Z IMSI=460110123456789 Cell_ID=1021 Event=Attach_Request Result=Failure",
                       "2025-10-10T12:00:01", "460110123456789", "ATTACH_FAILURE"});
    expect_understood({"IMSI=460110123456789 Cell_ID=1021 DETACH", "", "460110123456789", "DETACH"});
    expect_understood({"[2025-10-10 12:00:01,123] INFO UE_ID: 460110123456789 attach timed out", "2025-10-10T12:00:01.123000",
                       "460110123456789", "ATTACH_TIMEOUT"});
    expect_understood({"UE_ID: ue-17 forced detach", "", "ue-17", "FORCED_DETACH"});
    expect_understood({"12:00:01 UE_ID: 17 ABNORMAL_DETACH", "", "17", "ABNORMAL_DETACH"});
    expect_understood({"2025-10-10 12:00:01 UE 17 ATTACH_COMPLETE", "2025-10-10T12:00:01", "17", "ATTACH_ACCEPT"});
    expect_understood({"ts=1760097601.5 imsi=460110123456789 msg=\"Attach Reject\"", "2025-10-10T12:00:01.500000",
                       "460110123456789", "ATTACH_FAILURE"});
    expect_understood({"03/04/2025 12:00:01 UE 17 HANDOVER", "", "17", "HANDOVER"});  // March or April: nobody knows
}

TEST(LogProfile, AnIdIsTheWholeIdAndCardNumbersAreNot) {
    const LogProfile& ue = shipped_log_profile("ue-events");
    EXPECT_EQ(entity_name(ue, "502130123456789"), "502130123456789");
    EXPECT_EQ(entity_name(ue, "4111111111111111"), "411111******1111");
    EXPECT_EQ(entity_name(shipped_log_profile("generic"), "4111111111111111"), "411111******1111");
}

TEST(LogProfile, PreviewShowsTemplatesWithoutCardNumbers) {
    const std::vector<std::string_view> lines = {"2025-10-10 12:00:01 INFO a.B: paid with 4111111111111111 at 5",
                                                 "2025-10-10 12:00:02 INFO a.B: paid with 4111111111111111 at 9"};
    const auto shown = preview(shipped_log_profile("generic"), lines);
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0].message_template, shown[1].message_template);
    EXPECT_EQ(shown[0].message_template, "paid with <*> at <*>");
}

TEST(LogProfile, OfJournalsHasNothingButItsName) {
    const std::string journal = "{ \"version\": 1, \"name\": \"mine\", \"records\": { \"kind\": \"session\" }";
    EXPECT_EQ(profile_refusal(journal + " }"), "accepted");
    expect_contains(profile_refusal(journal + ", \"entity\": { \"field\": \"host\" } }"), "the reader of journals");
}

}  // namespace
}  // namespace abm
