#include "core/textlog/log_header.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace abm {
namespace {

using Lines = std::vector<std::string_view>;

struct ExpectedHeader {
    std::string_view time, host, level, component, pid, message;
};

/// The header learnt from the lines, applied to the first of them.
void expect_first(const Lines& lines, const ExpectedHeader& expected) {
    const HeaderFields fields = LogHeader::learn(lines).parse(lines.front());
    EXPECT_EQ(iso8601(fields.time), expected.time) << lines.front();
    EXPECT_EQ(fields.host, expected.host) << lines.front();
    EXPECT_EQ(fields.level, expected.level) << lines.front();
    EXPECT_EQ(fields.component, expected.component) << lines.front();
    EXPECT_EQ(fields.pid, expected.pid) << lines.front();
    EXPECT_EQ(lines.front().substr(fields.message), expected.message);
}

TEST(LogHeader, KnowsSyslog) {
    expect_first({"Jun  4 15:16:01 combo sshd(pam_unix)[19939]: check pass; user unknown", "Jun  4 15:16:02 combo su: closed"},
                 {"", "combo", "", "sshd(pam_unix)", "19939", "check pass; user unknown"});
    expect_first({"2025-10-10T12:00:01.5+02:00 host1 kernel: link up", "2025-10-10T12:00:02Z host2 sshd[7]: bye now"},
                 {"2025-10-10T12:00:01.500000", "host1", "", "kernel", "", "link up"});
}

TEST(LogHeader, KnowsTheColumnsOfRfc5424) {
    expect_first({"<34>1 2025-05-01T08:00:03.5Z host1 sshd 4711 ID47 [ex@32473 iut=\"3\"] link up",
                  "<165>1 2025-05-01T08:00:04.5Z host2 su 7 - [ex@32473 iut=\"4\"] bye"},
                 {"2025-05-01T08:00:03.500000", "host1", "", "sshd", "4711", "link up"});
    expect_first({"<34>1 2025-05-01T08:00:03Z host1 su - ID47 - link up", "<34>1 2025-05-01T08:00:04Z host1 app 12 ID9 - bye"},
                 {"2025-05-01T08:00:03", "host1", "", "su", "-", "link up"});
}

TEST(LogHeader, AByteOrderMarkIsNoText) {
    expect_first({"\xEF\xBB\xBF"
                  "2025-05-01 08:00:03 INFO core: link up",
                  "2025-05-01 08:00:04 INFO core: bye"},
                 {"2025-05-01T08:00:03", "", "INFO", "core", "", "link up"});
}

TEST(LogHeader, KnowsTimeLevelComponent) {
    expect_first(
        {"2015-10-18 18:01:47,978 INFO [main] org.a.B: Created x", "2015-10-18 18:01:48,963 WARN [IPC 5 on 6] org.a.C: Tokens"},
        {"2015-10-18T18:01:47.978000", "", "INFO", "org.a.B", "", "Created x"});
    expect_first({"2015-07-29 17:41:44,747 - INFO  [Peer[id=1]/0:F@774] - Notification time out: 3200",
                  "2015-07-29 17:41:45,747 - WARN  [Send:Q@688] - Send worker leaving"},
                 {"2015-07-29T17:41:44.747000", "", "INFO", "Peer[id=1]/0:F@774", "", "Notification time out: 3200"});
    expect_first({"[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok", "[Sun Dec 04 04:47:45 2005] [error] mod_jk child"},
                 {"2005-12-04T04:47:44", "", "notice", "", "", "workerEnv.init() ok"});
    expect_first({"2016-09-28 04:30:30, Info                  CBS    Loaded Stack",
                  "2016-09-28 04:30:31, Info                  CSI    Init"},
                 {"2016-09-28T04:30:30", "", "Info", "CBS", "", "Loaded Stack"});
    expect_first({"2020-01-01 12:00:00.000  INFO 12 --- [ main] o.s.App       : Started",
                  "2020-01-01 12:00:01.000  WARN 12 --- [ nio] o.s.Web  : No"},
                 {"2020-01-01T12:00:00", "", "INFO", "o.s.App", "12", "Started"});
}

TEST(LogHeader, KnowsTimesBehindOtherColumns) {
    expect_first({"- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL INFO parity error",
                  "X 1117838573 2005.06.03 R03-M1 2005-06-03-15.42.53.276129 R03-M1 RAS APP FATAL ciod: failed"},
                 {"2005-06-03T15:42:50.675872", "R02-M1", "INFO", "KERNEL", "", "parity error"});
    expect_first({"api.log 2017-05-16 00:00:00.008 25746 INFO nova.wsgi [req-1 - -] GET it",
                  "cpu.log 2017-05-16 00:00:01.008 2931 INFO nova.vm [-] VM up"},
                 {"2017-05-16T00:00:00.008000", "", "INFO", "nova.wsgi", "25746", "GET it"});
}

TEST(LogHeader, KnowsFieldsAndLetters) {
    expect_first({"20171223-22:15:29:606|Step_LSC|30002312|onChanged 3579", "20171224-0:7:2:1|Step_U|30002312| total = 5"},
                 {"2017-12-23T22:15:29.606000", "", "", "Step_LSC", "", "onChanged 3579"});
    expect_first({"03-17 16:13:38.811  1702  2395 D WindowManager: going", "03-17 16:13:38.819  1702  8671 I TextView: visible"},
                 {"", "", "D", "WindowManager", "1702", "going"});
    expect_first({"[10.30 16:49:06] chrome.exe - a.b.com:5070 open", "[10.30 16:49:07] x.exe *64 - c.d.com:80 close"},
                 {"", "", "", "chrome.exe", "", "a.b.com:5070 open"});
}

TEST(LogHeader, NeverInventsADate) {
    const Lines ambiguous = {"17/06/09 20:10:40 INFO a.B: one", "17/06/10 20:10:41 INFO a.C: two"};
    EXPECT_FALSE(known(LogHeader::learn(ambiguous).parse(ambiguous[0]).time));
    const Lines settled = {"17/06/29 20:10:40 INFO a.B: one", "32/06/10 20:10:41 INFO a.C: two"};
    EXPECT_EQ(iso8601(LogHeader::learn(settled).parse(settled[0]).time), "2017-06-29T20:10:40");
    const Lines european = {"25/12/2020 10:00:00 INFO a.B: one", "01/02/2021 10:00:00 INFO a.C: two"};
    EXPECT_EQ(iso8601(LogHeader::learn(european).parse(european[1]).time), "2021-02-01T10:00:00");
    EXPECT_FALSE(known(time_of(read_time("2020-02-30 10:00:00"), DateOrder::unknown)));
}

TEST(LogHeader, LinesWithoutItAreAllMessage) {
    const Lines lines = {"2025-10-10 12:00:01,123 ERROR a.B: failed", "  at x.Y(Z.java:3)",
                         "2025-10-10 12:00:02,123 INFO a.C: fine"};
    const LogHeader header = LogHeader::learn(lines);
    EXPECT_FALSE(header.parse(lines[1]).recognised);
    EXPECT_EQ(header.parse(lines[1]).message, 0U);
    EXPECT_EQ(header.parse(lines[2]).component, "a.C");
    EXPECT_TRUE(LogHeader::learn(Lines{"hello there", "the third: line", "and 7 more"}).items().empty());
    EXPECT_TRUE(LogHeader::learn({}).items().empty());
}

}  // namespace
}  // namespace abm
