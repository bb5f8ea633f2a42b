#include "core/textlog/template_miner.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/base/csv.h"
#include "core/textlog/grouping_accuracy.h"
#include "core/textlog/log_header.h"

namespace abm {
namespace {

std::string masked(std::string_view message) {
    MessageMask mask;
    std::string text;
    for (const char c : mask.mask(message)) {
        if (c == kVariableMark)
            text += kVariable;
        else
            text += c;
    }
    return text;
}

TEST(MessageMask, TakesOutWhatVariesByItsLooks) {
    EXPECT_EQ(masked("Found child 6725 in slot -10"), "Found child <*> in slot <*>");
    EXPECT_EQ(masked("10.251.73.220:50010:Got blk_-695 of /mnt/a/b.txt"), "<*>:Got blk_<*> of <*>");
    EXPECT_EQ(masked("at 0x7fed806eb5d [b9000564-fe1a-409b-b8cc-1e88b294cd1d] (uid=0)"), "at <*> [<*>] (uid=<*>)");
    EXPECT_EQ(masked("from ns1.example.net and a.b@mail.example.org"), "from <*> and <*>");
    EXPECT_EQ(masked("mac 00:1a:2b:aa:bb:cc, six fe80::1:2"), "mac <*>, six <*>");
    EXPECT_EQ(masked("C:\\Windows\\x.dll and http://h/p?q=1"), "<*> and <*>?q=<*>");
}

TEST(MessageMask, KeepsWordsWithAFewDigitsAndNamesOfCode) {
    EXPECT_EQ(masked("jk2_init() ssh2 org.apache.Foo E_FAIL and/or"), "jk2_init() ssh2 org.apache.Foo E_FAIL and/or");
}

TEST(MessageMask, TakesOutValuesUnitsDatesAndNames) {
    EXPECT_EQ(masked("tag=\"View Lock\", ws=Source{a b}, n= done"), "tag=<*>, ws=<*>, n=<*> done");
    EXPECT_EQ(masked("route = abc free = false"), "route = <*> free = <*>");
    EXPECT_EQ(masked("sent 1.16 KB in <1 sec"), "sent <*> in <*>");
    EXPECT_EQ(masked("connection at Sat Jul  9 12:16:51 2005 ended"), "connection at <*> ended");
    EXPECT_EQ(masked("session closed for user cyrus"), "session closed for user <*>");
    EXPECT_EQ(masked("check pass; user unknown"), "check pass; user unknown");
}

TEST(MessageMask, AnIdBehindAColonIsTheSameWhateverItBeginsWith) {
    EXPECT_EQ(masked("event network-vif-plugged:e3871ffd-5cd5-4287-b3eb-1f1c8dd0ae7f"),
              masked("event network-vif-plugged:04f1a2bd-5cd5-4287-b3eb-1f1c8dd0ae7f"));
    EXPECT_EQ(masked("level=info msg=\"took 12 ms\" n=3"), "level=<*> msg=\"took <*>\" n=<*>");
}

TEST(MessageMask, ListsOfAnyLengthAreOneMessage) {
    EXPECT_EQ(masked("delete blk_1 blk_22 blk_333 now"), masked("delete blk_9 now"));
    EXPECT_NE(masked("delete now now"), masked("delete now"));
}

TEST(MessageMask, LongMessagesAreCutNotRefused) {
    const std::string word(20'000, 'x');
    EXPECT_LE(masked(word).size(), MessageMask::kMostBytes);
    std::string many;
    for (int i = 0; i < 5'000; ++i) many += "ab ";
    EXPECT_LE(masked(many).size(), 3 * MessageMask::kMostWords);
}

TEST(TemplateMiner, MergesWhatVariesAndKeepsChoicesApart) {
    TemplateMiner miner;
    std::vector<ShapeId> opened, closed, failed;
    for (int i = 0; i < 40; ++i) {
        opened.push_back(miner.add("The valve was opened by the operator"));
        closed.push_back(miner.add("The valve was closed by the operator"));
        const std::string name = std::string(1, static_cast<char>('a' + i % 20)) + "lice";
        failed.push_back(miner.add("Failed password for " + name + " from 10.0.0.1 port 22"));
    }
    const Templates found = miner.templates();
    EXPECT_EQ(found.texts[found.of(opened.front())], "The valve was opened by the operator");
    EXPECT_EQ(found.texts[found.of(closed.front())], "The valve was closed by the operator");
    for (const ShapeId shape : failed) EXPECT_EQ(found.texts[found.of(shape)], "Failed password for <*> from <*> port <*>");
    EXPECT_EQ(found.texts.size(), 4U) << "three and the overflow";
}

TEST(TemplateMiner, MergesBeginningsWhenThereAreMany) {
    TemplateMiner miner;
    for (int i = 0; i < 20; ++i) miner.add(std::string(static_cast<std::size_t>(3 + i), 'q') + " has logged in again");
    EXPECT_EQ(miner.templates().texts.size(), 2U);
}

TEST(TemplateMiner, MergesBeginningsThatAreNamesOfThings) {
    TemplateMiner miner;
    for (const char* node : {"an", "bn", "cn", "dn"}) {
        for (int i = 0; i < 5; ++i)
            miner.add("[" + std::string(node) + std::to_string(100 + i) + ":00000], (fast) : No problems found");
    }
    for (const char* state : {"Loading", "Parsing", "Storing", "Sending"}) {
        for (int i = 0; i < 5; ++i) miner.add(std::string(state) + " the list of events");
    }
    EXPECT_EQ(miner.templates().texts.size(), 6U) << "one of nodes, four of words, the overflow";
}

TEST(TemplateMiner, AWordAtAnotherPlaceMakesAnotherSentence) {
    TemplateMiner miner;
    std::vector<ShapeId> sent, received, both, https, socks;
    for (int i = 0; i < 20; ++i) {
        const std::string n = std::to_string(1'000 + i);
        sent.push_back(
            miner.add("example.com:80 close, " + n + " bytes (1.16 KB) sent, " + n + " bytes received, lifetime 00:05"));
        received.push_back(
            miner.add("example.com:80 close, " + n + " bytes sent, " + n + " bytes (1.16 KB) received, lifetime <1 sec"));
        both.push_back(miner.add("example.com:80 close, " + n + " bytes sent, " + n + " bytes received, lifetime 00:05"));
        https.push_back(miner.add("example.com:80 open through proxy p.example.com:5070 HTTPS"));
        socks.push_back(miner.add("example.com:80 open through proxy p.example.com:5070 SOCKS5"));
    }
    const Templates found = miner.templates();
    EXPECT_EQ(found.texts.size(), 6U);
    for (const auto* of : {&sent, &received, &both, &https, &socks}) {
        for (const ShapeId shape : *of) EXPECT_EQ(found.of(shape), found.of(of->front()));
    }
}

TEST(TemplateMiner, StaysWithinItsBoundsWhateverComes) {
    TemplateMiner miner;
    std::string word = "aaaaaaaa";
    for (int i = 0; i < 150'000; ++i) {
        for (std::size_t at = 0; at < word.size() && ++word[at] > 'z'; ++at) word[at] = 'a';
        miner.add(word + " " + std::string(word.rbegin(), word.rend()));
    }
    EXPECT_LE(miner.shapes(), TemplateMiner::kMostShapes);
    const Templates found = miner.templates();
    EXPECT_EQ(found.texts[kOverflowTemplate], "<*>");
    EXPECT_EQ(found.of(ShapeId{4'000'000'000U}), kOverflowTemplate);
}

TEST(TemplateMiner, MasksCardNumbers) {
    TemplateMiner miner;
    const ShapeId shape = miner.add("card 4111-1111-1111-1111 or 4111111111111111 kept");
    const Templates found = miner.templates();
    EXPECT_EQ(found.texts[found.of(shape)].find("1111"), std::string::npos);
}

TEST(GroupingAccuracy, CountsLinesOfGroupsThatAreWhole) {
    const std::vector<std::uint32_t> truth = {1, 1, 2, 2, 3};
    EXPECT_DOUBLE_EQ(grouping_accuracy(std::vector<std::uint32_t>{7, 7, 8, 8, 9}, truth), 1);
    EXPECT_DOUBLE_EQ(grouping_accuracy(std::vector<std::uint32_t>{7, 7, 8, 9, 5}, truth), 0.6) << "2 is split";
    EXPECT_DOUBLE_EQ(grouping_accuracy(std::vector<std::uint32_t>{7, 7, 8, 8, 8}, truth), 0.4) << "2 and 3 are merged";
}

double accuracy_of(const std::filesystem::path& log) {
    std::ifstream text(log);
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    const LogHeader header = LogHeader::learn(std::vector<std::string_view>(lines.begin(), lines.end()));
    TemplateMiner miner;
    std::vector<ShapeId> shapes;
    for (const std::string& line : lines) shapes.push_back(miner.add(std::string_view(line).substr(header.parse(line).message)));
    const Templates templates = miner.templates();

    std::ifstream table(log.string() + "_structured.csv");
    CsvReader reader(table, "structured");
    std::vector<std::string> cells;
    reader.next(cells);
    const auto column = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "EventId") - cells.begin());
    std::map<std::string, std::uint32_t> ids;
    std::vector<std::uint32_t> truth, found;
    while (reader.next(cells)) truth.push_back(ids.emplace(cells.at(column), ids.size()).first->second);
    for (const ShapeId shape : shapes) found.push_back(templates.of(shape));
    EXPECT_EQ(found.size(), truth.size());
    return grouping_accuracy(found, truth);
}

TEST(TemplateMiner, GroupsTheReferenceLogsAsWellAsDrainTunedForEach) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::map<std::string, double> published = {{"HDFS", .998},    {"BGL", .963},  {"Apache", 1.0},
                                                     {"OpenSSH", .788}, {"Linux", .69}, {"Windows", .997}};
    double sum = 0;
    for (const auto& [name, drain] : published) {
        const double accuracy = accuracy_of(std::filesystem::path(shared) / "logs" / (name + "_2k.log"));
        EXPECT_GE(accuracy, drain - .1) << name;
        sum += accuracy;
    }
    EXPECT_GE(sum / 6, .906);
}

}  // namespace
}  // namespace abm
