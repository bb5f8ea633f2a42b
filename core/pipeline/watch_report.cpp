#include "core/pipeline/watch_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/byte_source.h"
#include "core/base/error.h"
#include "core/ingest/course.h"

namespace abm {
namespace {

constexpr std::array<std::string_view, 2> kAboutFiles{"source,", "file,"};
constexpr std::array<std::string_view, 4> kPlaces{",kind,", ",ordinal,", ",offset,", ",start_offset,"};
constexpr std::string_view kOwnObject = R"({"source":")";

bool had_content(const SeenFile& file) {
    return file.before && file.before->outcome != WatchOutcome::failed && file.before->outcome != WatchOutcome::left_out;
}

std::string first_bytes(const std::filesystem::path& path) {
    std::string text(512, '\0');
    text.resize(ByteSource::open(path)->read(text));
    return text;
}

/// A table about other files.
bool is_about_others(const SeenFile& file) {
    const std::filesystem::path name = file.path.extension() == ".gz" ? file.path.stem() : file.path;
    const std::string ending = name.extension().string();
    if (ending != ".csv" && ending != ".jsonl") return false;
    try {
        const std::string text = first_bytes(file.path);
        if (text.starts_with(kOwnObject) && text.find("\"kind\":") != std::string::npos) return true;
        const std::string_view header = std::string_view(text).substr(0, text.find_first_of("\r\n"));
        return std::ranges::any_of(kAboutFiles, [&](std::string_view first) { return header.starts_with(first); }) &&
               std::ranges::any_of(kPlaces, [&](std::string_view place) { return header.find(place) != header.npos; });
    } catch (const Error&) {
        return false;  // reading it says why
    }
}

}  // namespace

bool ends_in_session(const Investigation& investigation, SourceIndex source) {
    const auto records = investigation.records_of(source);
    if (records.empty() || records.back().kind != RecordKind::session || records.back().feature_row < 0) return false;
    const FeatureTables::Place place = investigation.features.place_of(records.back().feature_row);
    const TokenSequences& courses = investigation.features[place.table].sequences;
    if (courses.size() == 0) return false;
    const std::string& end = course_words()[static_cast<std::size_t>(EventKind::session_end)];
    return std::ranges::none_of(courses.of(static_cast<std::size_t>(place.row)),
                                [&](Token step) { return courses.words[step] == end; });
}

void sum_up(WatchReport& report, const Investigation& investigation, SourceIndex source, const ReportedPart& part) {
    const Record* worst = nullptr;
    auto records = investigation.records_of(source);
    if (part.without_last && !records.empty()) records = records.first(records.size() - 1);
    for (const Record& record : records) {
        const bool known = record.span.end() < part.behind || (record.span.end() == part.behind && !part.held_back);
        if (part.behind > 0 && known) continue;
        ++report.records;
        if (!worst || std::pair(record.severity, record.score) > std::pair(worst->severity, worst->score)) worst = &record;
    }
    report.identity = investigation.sources[raw(source)].identity;
    if (!worst) return;
    report.worst = worst->severity;
    report.offset = worst->span.offset;
    if (worst->severity != Severity::none) report.sentence = sentence_of(investigation, *worst);
}

WatchReport report_of(const SeenFile& file, WatchOutcome outcome, std::string reason) {
    WatchReport report;
    report.file = {file.name, file.stamp, file.change_time, outcome, std::move(reason), utc_now()};
    return report;
}

WatchReport failed_report(const SeenFile& file, std::string reason) {
    return report_of(file, WatchOutcome::failed, reason.empty() ? "nothing of it was understood" : std::move(reason));
}

std::string problems_of(const Source& source) {
    if (source.problems.empty()) return {};
    const std::string& first = source.problems.front().message;
    if (source.problems.size() == 1) return first;
    return fmt::format("{} (and {} more)", first, source.problems.size() - 1);
}

WatchOutcome outcome_of_new(const SeenFile& file) {
    if (!had_content(file)) return WatchOutcome::stored;
    return file.stamp.bytes < file.before->stamp.bytes ? WatchOutcome::shrunk : WatchOutcome::replaced;
}

std::string reason_of_new(const SeenFile& file, WatchOutcome outcome) {
    if (outcome == WatchOutcome::replaced) return "other content than before; what was read before is kept";
    if (outcome != WatchOutcome::shrunk) return {};
    return fmt::format("{} bytes instead of {}; what was read before is kept", file.stamp.bytes, file.before->stamp.bytes);
}

std::optional<WatchReport> report_without_reading(const SeenFile& file) {
    if (file.stamp.bytes == 0) {
        return had_content(file) ? report_of(file, outcome_of_new(file), "is empty now; what was read before is kept")
                                 : report_of(file, WatchOutcome::left_out, "is empty");
    }
    if (is_about_others(file))
        return report_of(file, WatchOutcome::left_out, "a table about other files: labels, truth or a result");
    return std::nullopt;
}

}  // namespace abm
