// Investigations to store, and their comparison field by field.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "core/decide/rule_set.h"
#include "core/pipeline/ingest.h"
#include "core/pipeline/investigate.h"
#include "core/store/source_store.h"
#include "tests/core/generated_journals.h"
#include "tests/core/temporary_folder.h"

namespace abm::test {

inline Investigation read_journals(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    IngestOptions options;
    options.rules = &RuleSet::built_in();
    return ingest(files, options, Progress());
}

/// Journals of some machines with incidents, read. The folder goes with it.
class GeneratedInvestigation {
public:
    explicit GeneratedInvestigation(std::string_view name, int machines = 3, int days = 2, std::uint64_t seed = 1)
        : folder_(name) {
        GenerateOptions options;
        options.machines = machines;
        options.days = days;
        options.seed = seed;
        folder_.generate(options);
        read = read_journals(folder_.path());
    }
    const std::filesystem::path& folder() const { return folder_.path(); }

    Investigation read;

private:
    GeneratedFolder folder_;
};

/// What lies in a folder, by name.
inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

inline std::vector<SourceId> put_all(Workspace& workspace, const Investigation& read, int reader_version = 1) {
    SourceStore store(workspace);
    std::vector<SourceId> ids;
    for (std::size_t at = 0; at < read.sources.size(); ++at) {
        ids.push_back(
            store.put(read, static_cast<SourceIndex>(at), {{at, ~at}, {}}, std::nullopt, reader_version, "ada", Progress()));
    }
    return ids;
}

inline void expect_equal(const Source& a, const Source& b) {
    EXPECT_EQ(a.path, b.path);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.identity, b.identity);
    EXPECT_EQ(a.format, b.format);
    EXPECT_EQ(a.encoding, b.encoding);
    EXPECT_EQ(a.gzip, b.gzip);
    EXPECT_EQ(a.line_end, b.line_end);
    EXPECT_EQ(a.machine, b.machine);
    EXPECT_EQ(a.bytes, b.bytes);
    EXPECT_EQ(a.lines, b.lines);
    EXPECT_EQ(a.lines_not_understood, b.lines_not_understood);
    EXPECT_EQ(a.first_not_understood, b.first_not_understood);
    EXPECT_EQ(a.sessions, b.sessions);
    EXPECT_EQ(a.intervals, b.intervals);
    EXPECT_EQ(a.card_numbers_masked, b.card_numbers_masked);
    EXPECT_EQ(a.account_numbers_masked, b.account_numbers_masked);
    EXPECT_EQ(a.first_time, b.first_time);
    EXPECT_EQ(a.last_time, b.last_time);
    ASSERT_EQ(a.problems.size(), b.problems.size());
    for (std::size_t at = 0; at < a.problems.size(); ++at) {
        EXPECT_EQ(a.problems[at].offset, b.problems[at].offset);
        EXPECT_EQ(a.problems[at].count, b.problems[at].count);
        EXPECT_EQ(a.problems[at].fatal, b.problems[at].fatal);
        EXPECT_EQ(a.problems[at].message, b.problems[at].message);
    }
}

inline void expect_equal(const Record& a, const Record& b) {
    EXPECT_EQ(a.span, b.span);
    EXPECT_EQ(a.start, b.start);
    EXPECT_EQ(a.end, b.end);
    EXPECT_EQ(a.amount, b.amount);
    EXPECT_EQ(a.at_risk, b.at_risk);
    EXPECT_EQ(a.source, b.source);
    EXPECT_EQ(a.machine, b.machine);
    EXPECT_EQ(a.ordinal, b.ordinal);
    EXPECT_EQ(a.feature_row, b.feature_row);
    EXPECT_EQ(a.first_finding, b.first_finding);
    EXPECT_EQ(a.finding_count, b.finding_count);
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.type, b.type);
    EXPECT_EQ(a.severity, b.severity);
    EXPECT_EQ(a.label, b.label);
    EXPECT_EQ(a.activity, b.activity);
    EXPECT_EQ(a.trivial, b.trivial);
    EXPECT_EQ(a.provisional, b.provisional);
    EXPECT_EQ(a.tail_probability, b.tail_probability);
    EXPECT_EQ(a.score, b.score);
}

inline void expect_equal(const Finding& a, const Finding& b) {
    EXPECT_EQ(a.record, b.record);
    EXPECT_EQ(a.type, b.type);
    EXPECT_EQ(a.severity, b.severity);
    EXPECT_EQ(a.amount, b.amount);
    EXPECT_EQ(a.span, b.span);
    EXPECT_EQ(a.rule, b.rule);
    EXPECT_EQ(a.sentence, b.sentence);
    EXPECT_EQ(a.action, b.action);
    ASSERT_EQ(a.evidence.size(), b.evidence.size());
    for (std::size_t at = 0; at < a.evidence.size(); ++at) {
        EXPECT_EQ(a.evidence[at].line, b.evidence[at].line);
        EXPECT_EQ(a.evidence[at].note, b.evidence[at].note);
    }
}

inline void expect_equal(const CashMovement& a, const CashMovement& b) {
    EXPECT_EQ(a.offset, b.offset);
    EXPECT_EQ(a.time, b.time);
    EXPECT_EQ(a.denomination, b.denomination);
    EXPECT_EQ(a.difference, b.difference);
    EXPECT_EQ(a.notes, b.notes);
    EXPECT_EQ(a.expected, b.expected);
    EXPECT_EQ(a.counted, b.counted);
    EXPECT_EQ(a.source, b.source);
    EXPECT_EQ(a.machine, b.machine);
    EXPECT_EQ(a.record, b.record);
    EXPECT_EQ(a.event, b.event);
    EXPECT_EQ(a.cassette, b.cassette);
}

template <class Rows>
void expect_equal_rows(const Rows& a, const Rows& b, const char* what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    for (std::size_t at = 0; at < a.size() && !::testing::Test::HasFailure(); ++at) {
        SCOPED_TRACE(std::string(what) + " " + std::to_string(at));
        expect_equal(a[at], b[at]);
    }
}

/// Bit by bit, so that NaN equals NaN.
inline void expect_equal(const FeatureMatrix& a, const FeatureMatrix& b) {
    EXPECT_EQ(a.names, b.names);
    ASSERT_EQ(a.rows(), b.rows());
    ASSERT_EQ(a.columns(), b.columns());
    if (a.values.size() == 0) return;
    EXPECT_EQ(std::memcmp(a.values.data(), b.values.data(), static_cast<std::size_t>(a.values.size()) * sizeof(float)), 0);
}

inline void expect_equal(const Investigation& a, const Investigation& b) {
    EXPECT_EQ(a.machines, b.machines);
    EXPECT_EQ(a.partial, b.partial);
    expect_equal_rows(a.sources, b.sources, "source");
    expect_equal_rows(a.records, b.records, "record");
    expect_equal_rows(a.findings, b.findings, "finding");
    expect_equal_rows(a.source_findings, b.source_findings, "finding about a source");
    expect_equal_rows(a.movements, b.movements, "movement");
    ASSERT_EQ(a.features.size(), b.features.size());
    for (std::size_t table = 0; table < a.features.size(); ++table)
        expect_equal(a.features[table].features, b.features[table].features);
}

/// What the call throws, as text and code; fails when it throws nothing.
struct Refusal {
    ErrorCode code{};
    std::string message;
};
template <class Call>
Refusal refusal_of(Call&& call) {
    try {
        call();
    } catch (const Error& error) {
        return {error.code(), error.what()};
    }
    ADD_FAILURE() << "nothing was refused";
    return {};
}
#define EXPECT_SAYS(refusal, part) EXPECT_NE((refusal).message.find(part), std::string::npos) << (refusal).message

}  // namespace abm::test
