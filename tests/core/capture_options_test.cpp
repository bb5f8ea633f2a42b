// What people set of CaptureOptions, and the text a workspace keeps of them.
#include "core/capture/capture_options.h"

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <array>
#include <cstddef>
#include <cstdlib>
#include <limits>

#include "core/base/error.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using std::chrono::microseconds;

template <typename Act>
std::string refusal(const Act& act) {
    try {
        act();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid);
        return error.what();
    }
    return "not refused";
}

TEST(CaptureOptions, TheTextHoldsWhatDiffersFromTheDefaults) {
    EXPECT_EQ(text_of(CaptureOptions()), "");
    EXPECT_EQ(capture_options_of(""), CaptureOptions());
    CaptureOptions options;
    options.window = microseconds(250);
    EXPECT_EQ(text_of(options), R"({"window_us":250})");
    EXPECT_EQ(capture_options_of(text_of(options)), options);
}

TEST(CaptureOptions, EachComesBackFromItsText) {
    CaptureOptions options;
    options.window = microseconds(1);
    options.party_a = "10.0.0.1";
    options.party_b = "ether[0] & 1 != 0";
    options.response_limit = microseconds(2);
    options.response_timeout = microseconds(3);
    options.late_factor = 0.1;
    options.silence_least = microseconds(4);
    options.silence_factor = 1.1;
    options.jitter_factor = 1.2;
    options.jitter_least = microseconds(5);
    options.rate_factor = 1.3;
    options.flood_packets = 6;
    options.scan_ends = 7;
    options.flood_senders = 8;
    options.burst_connections = 9;
    options.most_findings = 11;
    EXPECT_EQ(capture_options_of(text_of(options)), options);
}

TEST(CaptureOptions, RefusesTextThatIsNone) {
    EXPECT_NE(refusal([] { capture_options_of("{"); }), "not refused");
    EXPECT_NE(refusal([] { capture_options_of(R"({"window_us":"long"})"); }), "not refused");
    EXPECT_EQ(refusal([] { capture_options_of(R"({"window_us":0})"); }),
              "capture options: window must be 1 microsecond to 1 day");
}

TEST(CaptureOptions, AreGivenInMillisecondsAndTrimmed) {
    const CaptureOptions options = capture_options(" 10.0.0.1\t", "  ", 0.25, 500);
    EXPECT_EQ(options.party_a, "10.0.0.1");
    EXPECT_EQ(options.party_b, "") << "a filter of blanks would match everything";
    EXPECT_EQ(options.window, microseconds(250));
    EXPECT_EQ(options.response_limit, microseconds(500'000));
    EXPECT_EQ(options.response_timeout, microseconds(500'000)) << "a response that may take so long is waited for";
    EXPECT_EQ(milliseconds(options.window), 0.25);
    for (const double window : {0.0, -1.0, 0.0001, 1e300, 86'400'001.0, std::numeric_limits<double>::quiet_NaN()})
        EXPECT_NE(refusal([&] { capture_options("", "", window, 1); }).find("window must be"), std::string::npos) << window;
}

/// From now on this process dies when it opens a socket of the internet.
void forbid_internet() {
    std::array<sock_filter, 7> program{{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    }};
    const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

TEST(CaptureOptionsDeathTest, NoServerIsAskedForTheNamesOfHosts) {
    // A bare machine may know no name at all.
    if (test::read_whole("/etc/hosts").find("localhost") != std::string::npos) {
        EXPECT_NO_THROW(capture_options("host localhost", "", 100, 1));
    }
    const auto compile = [] {
        forbid_internet();
        const std::string why = refusal([] { capture_options("host nobody.invalid", "", 100, 1); });
        std::exit(why.find("unknown host 'nobody.invalid'") != std::string::npos ? 0 : 1);
    };
    EXPECT_EXIT(compile(), ::testing::ExitedWithCode(0), "");
}

TEST(CaptureOptions, AFilterMustMakeSenseForSomeLinkType) {
    const auto party_a = [](const char* filter) { return refusal([&] { capture_options(filter, "", 100, 1); }); };
    for (const char* filter : {"udp port 53", "vlan 7", "wlan type mgt", "lssu", "vpi 3", "ether proto 0xaefe"})
        EXPECT_EQ(party_a(filter), "not refused") << filter;
    EXPECT_TRUE(
        party_a("udp prot 53").starts_with("party A: neither a MAC nor an IP address, and 'udp prot 53' is no packet filter"))
        << party_a("udp prot 53");
}

}  // namespace
}  // namespace abm
