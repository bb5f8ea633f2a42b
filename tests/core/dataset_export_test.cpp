// Labelled data out of a workspace and back: nothing is lost, nothing depends on when or where, no file is ever half there.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/csv.h"
#include "core/base/random.h"
#include "core/data/record_names.h"
#include "core/store/export_file.h"
#include "tests/core/label_workspace.h"

namespace abm {
namespace {

using test::at_second;
using test::label;
using test::LabelWorkspace;
using enum LabelClass;
using Files = std::map<std::string, std::string>;

Files files_in(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return files;
}

std::vector<std::filesystem::path> export_to(LabelWorkspace& w, const std::filesystem::path& folder,
                                             DatasetFormat format = DatasetFormat::csv, bool all = false) {
    return export_labelled(w.workspace, w.investigation, w.ids, folder, {format, all, "abm 1.2.3", "anna"}, Progress());
}

Files exported(LabelWorkspace& w, DatasetFormat format = DatasetFormat::csv, bool all = false) {
    const test::TemporaryFolder folder;
    export_to(w, folder.path() / "deeper" / "out", format, all);
    return files_in(folder.path() / "deeper" / "out");
}

std::vector<std::vector<std::string>> exported_rows(const std::string& csv) {
    std::istringstream input(csv);
    CsvReader reader(input, "exported");
    std::vector<std::vector<std::string>> rows;
    for (std::vector<std::string> fields; reader.next(fields);) rows.push_back(fields);
    return rows;
}

/// Sessions and intervals of all three files, a dispute, notes that try hard.
void label_everything(LabelWorkspace& w) {
    const RecordKey second = w.key(2, RecordKind::session, 1);
    const NewLabel labels[] = {
        label(w.key(1), anomaly, "anna", at_second(1), "cash_at_risk", "a, \"b\"\nABM0777EJ.txt,session,0,normal,,,,"),
        label(w.key(0), normal, "anna", at_second(2), "", "J\xC3\xBCrgen; \xE2\x82\xAC 40\r\nzwei"),
        label(w.key(0, RecordKind::interval), unsure, "bob", at_second(3), "my own word", "=1+1"),
        label(second, anomaly, "anna", at_second(4) + std::chrono::microseconds(7), "deposit_fault"),
        label(second, normal, "bob, the second", at_second(5)),
        label(w.key(2), normal, "bob, the second", at_second(6), "", "  blanks  "),
        label(w.key(0, RecordKind::session, 1), unsure, "anna", at_second(7)),
    };
    w.labels().append(labels);
}

TEST(DatasetExport, RoundTripIsExactInEveryFormat) {
    for (const DatasetFormat format : {DatasetFormat::csv, DatasetFormat::jsonl, DatasetFormat::libsvm}) {
        LabelWorkspace w;
        label_everything(w);
        const Files out = exported(w, format);
        const std::string& labels = out.at(format == DatasetFormat::jsonl ? "labels.jsonl" : "labels.csv");

        LabelWorkspace empty;
        const LabelImport import = empty.import(labels, "somebody else");
        EXPECT_EQ(import.stored, 7);
        EXPECT_TRUE(import.unmatched.empty() && import.contradictions.empty());
        EXPECT_EQ(exported(empty, format), out);
        EXPECT_EQ(empty.import(labels, "somebody else").already_there, 7);
        EXPECT_EQ(exported(empty, format), out);
    }
}

TEST(DatasetExport, TheOrderInWhichSourcesWereReadDoesNotMatter) {
    LabelWorkspace w;
    label_everything(w);
    const Files out = exported(w, DatasetFormat::csv, true);

    // Another workspace that met the sources the other way round.
    LabelWorkspace turned;
    Investigation& investigation = turned.investigation;
    std::ranges::reverse(investigation.sources);
    std::ranges::reverse(turned.ids);
    const auto last = static_cast<std::uint32_t>(investigation.sources.size() - 1);
    for (Record& record : investigation.records) record.source = SourceIndex{last - raw(record.source)};
    std::ranges::stable_sort(investigation.records, {}, [](const Record& record) { return raw(record.source); });
    turned.import(out.at("labels.csv"));
    EXPECT_EQ(exported(turned, DatasetFormat::csv, true), out);
}

TEST(DatasetExport, UndoingEveryStepLeavesNothing) {
    LabelWorkspace w;
    const Files before = exported(w);
    EXPECT_EQ(before.at("labels.csv"), "source,kind,start_offset,label,type,note,who,when\n");
    label_everything(w);
    const NewLabel more = label(w.key(0), anomaly, "anna");
    w.labels().append({&more, 1});
    EXPECT_NE(exported(w), before);
    while (w.labels().undo("anna")) {
    }
    EXPECT_EQ(exported(w), before);
}

TEST(DatasetExport, LabelsAreSortedAndCannotBeForged) {
    LabelWorkspace w;
    label_everything(w);
    const auto rows = exported_rows(exported(w).at("labels.csv"));
    ASSERT_EQ(rows.size(), 8U) << "a note with line breaks and commas is no row";
    for (const auto& row : rows) ASSERT_EQ(row.size(), 8U);
    const std::vector<std::string> names = source_names(w.investigation);
    std::vector<std::tuple<std::string, std::int64_t, std::string>> order;
    for (std::size_t i = 1; i < rows.size(); ++i) order.emplace_back(rows[i][0], std::stoll(rows[i][2]), rows[i][6]);
    EXPECT_TRUE(std::ranges::is_sorted(order));
    const auto noted = std::ranges::find_if(rows, [](const auto& row) { return row[5].starts_with("a, "); });
    ASSERT_NE(noted, rows.end());
    EXPECT_EQ((*noted)[0], names[1]);
    EXPECT_EQ((*noted)[5], "a, \"b\"\nABM0777EJ.txt,session,0,normal,,,,");
    EXPECT_EQ((*noted)[7], "2026-11-18T11:06:41Z") << "at_second(1)";
}

TEST(DatasetExport, FeaturesStandBesideTheVerdictThatCounts) {
    LabelWorkspace w;
    label_everything(w);
    const auto rows = exported_rows(exported(w).at("features.csv"));
    ASSERT_EQ(rows.size(), 7U) << "six records were labelled, one of them twice";
    const std::vector<std::string>& header = rows[0];
    const auto& features = w.investigation.features[0].features;
    ASSERT_EQ(header.size(), 9U + features.names.size());
    EXPECT_EQ(header[8], "type");
    EXPECT_EQ(header[9], features.names[0]);
    const Record& disputed = w.record(2, RecordKind::session, 1);
    bool interval_seen = false, disputed_seen = false;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i][1] == "interval") {
            interval_seen = true;
            EXPECT_TRUE(std::all_of(rows[i].begin() + 9, rows[i].end(), [](const std::string& cell) { return cell.empty(); }));
        }
        if (rows[i][0] != "other, with a comma.txt" || std::stoll(rows[i][3]) != disputed.span.offset) continue;
        disputed_seen = true;
        EXPECT_EQ(rows[i][2], std::to_string(disputed.ordinal));
        EXPECT_EQ(rows[i][4], iso8601(disputed.start));
        EXPECT_EQ(rows[i][7], "normal") << "the later verdict";
        for (Eigen::Index column = 0; column < features.columns(); ++column) {
            const float value = features.values(disputed.feature_row, column);
            const std::string& cell = rows[i][9 + static_cast<std::size_t>(column)];
            EXPECT_TRUE(std::isnan(value) ? cell.empty() : std::stof(cell) == value)
                << header[9 + static_cast<std::size_t>(column)];
        }
        EXPECT_EQ(rows[i][6].empty(), disputed.finding_count == 0);
    }
    EXPECT_TRUE(interval_seen && disputed_seen);
    EXPECT_EQ(exported_rows(exported(w, DatasetFormat::csv, true).at("features.csv")).size(), w.investigation.records.size() + 1);
}

TEST(DatasetExport, JsonLinesSayNullForWhatIsNotKnown) {
    LabelWorkspace w;
    label_everything(w);
    std::istringstream lines(exported(w, DatasetFormat::jsonl, true).at("features.jsonl"));
    std::size_t count = 0, undecided = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto object = nlohmann::json::parse(line);
        EXPECT_EQ(object.size(), 9U + w.investigation.features[0].features.names.size());
        EXPECT_TRUE(object.at("start_offset").is_number_integer());
        undecided += object.at("label").is_null();
        for (const std::string& name : w.investigation.features[0].features.names) {
            const auto& value = object.at(name);
            EXPECT_TRUE(value.is_null() || value.is_number()) << name;
            EXPECT_TRUE(value.is_null() || object.at("kind") == "session") << name;
        }
    }
    EXPECT_EQ(count, w.investigation.records.size());
    EXPECT_EQ(undecided, count - 6);
}

TEST(DatasetExport, LibsvmHoldsDecidedSessions) {
    LabelWorkspace w;
    label_everything(w);
    const auto classes = [&](bool all) {
        std::istringstream lines(exported(w, DatasetFormat::libsvm, all).at("features.libsvm"));
        std::map<std::string, std::int64_t> counts;
        for (std::string line; std::getline(lines, line);) {
            std::istringstream cells(line);
            std::string cell;
            cells >> cell;
            ++counts[cell];
            int last = 0;
            while (cells >> cell) {
                const int index = std::stoi(cell.substr(0, cell.find(':')));
                EXPECT_GT(index, last) << line;
                EXPECT_TRUE(std::isfinite(std::stof(cell.substr(cell.find(':') + 1)))) << line;
                last = index;
            }
            EXPECT_LE(last, std::ssize(w.investigation.features[0].features.names));
            EXPECT_GT(last, 0);
        }
        return counts;
    };
    EXPECT_EQ(classes(false), (std::map<std::string, std::int64_t>{{"+1", 1}, {"-1", 3}}));
    const auto all = classes(true);
    EXPECT_EQ(all.at("+1"), 1);
    // Sessions that nobody decided; the one that is unsure is none of them.
    EXPECT_EQ(all.at("0"), w.investigation.features.rows() - 5);
}

TEST(DatasetExport, TheManifestVouchesForTheFiles) {
    LabelWorkspace w;
    label_everything(w);
    const Files out = exported(w);
    const auto manifest = nlohmann::json::parse(out.at("manifest.json"));
    EXPECT_EQ(manifest.at("format_version"), 1);
    EXPECT_EQ(manifest.at("program"), "abm 1.2.3");
    EXPECT_EQ(manifest.at("sources").size(), 3U);
    for (const auto& source : manifest.at("sources")) EXPECT_EQ(source.at("identity").get<std::string>().size(), 32U);
    EXPECT_EQ(manifest.at("features").size(), w.investigation.features[0].features.names.size());
    EXPECT_EQ(manifest.at("features").at(0).at("name"), w.investigation.features[0].features.names[0]);
    EXPECT_EQ(manifest.at("counts").at("records"), (nlohmann::json{{"anomaly", 1}, {"normal", 3}, {"unsure", 2}}));
    EXPECT_EQ(manifest.at("counts").at("disputed_records"), 1);
    EXPECT_EQ(manifest.at("counts").at("experts").at("anna"), (nlohmann::json{{"anomaly", 2}, {"normal", 1}, {"unsure", 1}}));
    ASSERT_EQ(manifest.at("files").size(), 2U);
    const test::TemporaryFolder folder;
    for (const auto& file : manifest.at("files")) {
        const std::string& content = out.at(file.at("name"));
        EXPECT_EQ(file.at("bytes"), content.size());
        ExportFile copy(folder.path() / "copy");
        copy.write(content);
        EXPECT_EQ(file.at("xxh3_128"), copy.xxh3_128());
    }
    ExportFile known(folder.path() / "known");
    EXPECT_EQ(known.xxh3_128(), "99aa06d3014798d86001c324468d497f") << "of nothing, as published with xxHash";
    for (const auto& [name, content] : out) EXPECT_EQ(content.find(w.folder.path().string()), std::string::npos) << name;
}

TEST(DatasetExport, KeepsLabelsOfRecordsThatAreCutOtherwiseNow) {
    LabelWorkspace w;
    const NewLabel orphan = label({w.ids[2], RecordKind::session, 12345678}, anomaly, "anna", at_second(1));
    w.labels().append({&orphan, 1});
    const Files out = exported(w);
    EXPECT_EQ(exported_rows(out.at("labels.csv")).size(), 2U);
    EXPECT_EQ(exported_rows(out.at("features.csv")).size(), 1U);
    EXPECT_EQ(nlohmann::json::parse(out.at("manifest.json")).at("counts").at("labels_without_record"), 1);
}

TEST(DatasetExport, TellsWhatItWroteAndLeavesNoParts) {
    LabelWorkspace w;
    label_everything(w);
    const auto folder = w.folder.path() / "out";
    const auto written = export_to(w, folder);
    EXPECT_EQ(written, (std::vector{folder / "labels.csv", folder / "features.csv", folder / "manifest.json"}));
    EXPECT_EQ(files_in(folder).size(), 3U);
    EXPECT_EQ(w.count("SELECT count(*) FROM audit WHERE action = 'export' AND who = 'anna'"), 1);
}

TEST(DatasetExport, AFailureKeepsTheOlderFiles) {
    LabelWorkspace w;
    const auto folder = w.folder.path() / "out";
    export_to(w, folder);
    const Files before = files_in(folder);
    label_everything(w);
    std::filesystem::create_directory(folder / "manifest.json.part");  // the last of the files cannot be made
    try {
        export_to(w, folder);
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Io);
        EXPECT_NE(std::string(error.what()).find("manifest.json"), std::string::npos) << error.what();
    }
    std::filesystem::remove(folder / "manifest.json.part");
    EXPECT_EQ(files_in(folder), before);

    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(export_labelled(w.workspace, w.investigation, w.ids, folder, {}, Progress(stop.get_token(), {})), Error);
    EXPECT_EQ(files_in(folder), before);
}

/// Runs work(workspace) in a process of its own, in a workspace of its own that lies beside that of w: a connection cannot be
/// carried over a fork.
template <class Work>
pid_t start_process(const LabelWorkspace& w, Work work) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    ::setenv("TMPDIR", w.folder.path().c_str(), 1);
    try {
        LabelWorkspace mine(w.investigation);
        work(mine);
        ::_exit(2);
    } catch (const Error& error) {
        ::_exit(error.code() == ErrorCode::Io ? 0 : 3);
    } catch (...) {
        ::_exit(4);
    }
}

/// While no file may become longer than `limit` bytes: 0 when it says Io, as it does on a full disk.
int export_with_little_room(const LabelWorkspace& w, const std::filesystem::path& folder, rlim_t limit) {
    const pid_t child = start_process(w, [&](LabelWorkspace& mine) {
        label_everything(mine);
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit room{limit, limit};
        ::setrlimit(RLIMIT_FSIZE, &room);
        export_to(mine, folder, DatasetFormat::csv, true);
    });
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(DatasetExport, ADiskThatIsFullKeepsTheOlderFiles) {
    LabelWorkspace w;
    const auto folder = w.folder.path() / "out";
    export_to(w, folder);
    const Files before = files_in(folder);
    for (const rlim_t limit : {rlim_t{0}, rlim_t{100}, rlim_t{1500}})
        EXPECT_EQ(export_with_little_room(w, folder, limit), 0) << limit;
    EXPECT_EQ(files_in(folder), before);
}

/// Exports for ever, now with and now without labels; says so through the pipe when it begins.
pid_t export_until_killed(const LabelWorkspace& w, const std::filesystem::path& folder, int pipe) {
    return start_process(w, [&](LabelWorkspace& without) {
        LabelWorkspace with(w.investigation);
        label_everything(with);
        const char ready = 'r';
        if (::write(pipe, &ready, 1) != 1) return;
        for (;;) {
            export_to(without, folder, DatasetFormat::csv, true);
            export_to(with, folder, DatasetFormat::csv, true);
        }
    });
}

void kill_while_exporting(const LabelWorkspace& w, const std::filesystem::path& folder, std::chrono::microseconds after) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = export_until_killed(w, folder, ends[1]);
    ::close(ends[1]);
    char ready = 0;
    EXPECT_EQ(::read(ends[0], &ready, 1), 1);
    ::close(ends[0]);
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
}

TEST(DatasetExport, KillLeavesNoHalfWrittenFile) {
    LabelWorkspace w;
    const auto folder = w.folder.path() / "out";
    const Files one = exported(w, DatasetFormat::csv, true);
    label_everything(w);
    const Files two = exported(w, DatasetFormat::csv, true);
    std::filesystem::create_directory(folder);
    Random random(5);
    int interrupted = 0;
    for (int round = 0; round < 50; ++round) {
        kill_while_exporting(w, folder, std::chrono::microseconds(random.below(20'000)));
        for (const auto& [name, content] : files_in(folder)) {
            if (name.ends_with(".part")) {
                ++interrupted;
            } else {
                ASSERT_TRUE(content == one.at(name) || content == two.at(name)) << name << ", round " << round;
            }
        }
    }
    EXPECT_GT(interrupted, 0) << "no kill hit an export";
    export_to(w, folder, DatasetFormat::csv, true);
    EXPECT_EQ(files_in(folder), two) << "what a kill left is cleaned up by the next export";
}

}  // namespace
}  // namespace abm
