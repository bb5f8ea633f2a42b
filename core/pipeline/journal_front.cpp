#include "core/pipeline/journal_front.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "core/features/session_features.h"
#include "core/ingest/linker_state.h"

namespace abm {
namespace {

/// Steps of courses are kinds of lines here, places in a list of words in the workspace. nullopt: a word nobody has.
std::optional<std::vector<CourseStep>> steps_of(const std::vector<std::string>& words) {
    std::vector<CourseStep> steps;
    for (const std::string& word : words) {
        const auto found = std::ranges::find(course_words(), word);
        if (found == course_words().end()) return std::nullopt;
        steps.push_back(static_cast<CourseStep>(found - course_words().begin()));
    }
    return steps;
}

bool put_courses(const TokenSequences& courses, std::size_t sessions, JudgedChunk& judged) {
    const auto steps = steps_of(courses.words);
    if (!steps) return false;
    for (std::size_t session = 0; session < sessions; ++session) {
        const auto course = courses.of(session);
        for (const Token token : course) judged.courses.push_back((*steps)[token]);
        judged.course_lengths.push_back(static_cast<std::uint32_t>(course.size()));
    }
    return true;
}

bool put_features(const FeatureTables& features, std::size_t sessions, JudgedChunk& judged) {
    const auto table = features.find(session_feature_names());
    if (!table || features.size() != 1) return false;
    const RowMatrix& values = features[0].features.values;
    const TokenSequences& courses = features[0].sequences;
    if (static_cast<std::size_t>(values.rows()) < sessions || courses.size() < sessions) return false;
    judged.features.assign(values.data(), values.data() + sessions * session_feature_names().size());
    return put_courses(courses, sessions, judged);
}

/// What records were before their findings gave them a type and severity.
void forget_findings(std::vector<Record>& records, const std::vector<LateFinding>& late) {
    for (Record& record : records) {
        record.first_finding = record.finding_count = 0;
        record.severity = Severity::none;
        record.at_risk = kNoAmount;
    }
    // Those with other findings get their type from them.
    for (const LateFinding& finding : late) records[static_cast<std::size_t>(finding.record)].type = finding.without;
}

/// The findings about records of the front, but those that came late: of several that are alike, as many as did.
std::vector<Finding> findings_of_front(std::vector<Finding>& stored, std::int64_t records, std::vector<LateFinding> late) {
    std::vector<Finding> findings;
    for (Finding& finding : stored) {
        if (static_cast<std::int64_t>(raw(finding.record)) >= records) break;
        const auto found = std::ranges::find_if(late, [&](const LateFinding& one) {
            return one.record == static_cast<std::int32_t>(raw(finding.record)) && one.rule == finding.rule &&
                   one.span == finding.span && one.sentence == finding.sentence;
        });
        if (found == late.end())
            findings.push_back(std::move(finding));
        else
            late.erase(found);
    }
    return findings;
}

/// Of bytes that are no state, or of one with other members, a linker would throw where nobody could go back.
bool can_restore(const std::string& linker) {
    try {
        SessionIdentities none;
        SourceLinker tried({}, {}, none);
        restore(linker, tried);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace

std::unique_ptr<JournalFront> journal_front(JournalCheckpoint checkpoint, Investigation stored,
                                            std::vector<std::uint64_t> prints) {
    const auto fits = [](std::int64_t front, std::size_t all) { return front >= 0 && front <= static_cast<std::int64_t>(all); };
    const auto in_front = [&](const LateFinding& late) { return late.record >= 0 && late.record < checkpoint.records; };
    if (!fits(checkpoint.records, stored.records.size()) || !fits(checkpoint.movements, stored.movements.size()) ||
        !fits(checkpoint.prints, prints.size()) || !std::ranges::all_of(checkpoint.late, in_front) ||
        !can_restore(checkpoint.linker))
        return nullptr;
    auto front = std::make_unique<JournalFront>();
    if (!put_features(stored.features, static_cast<std::size_t>(checkpoint.account.sessions()), front->judged)) return nullptr;
    front->records = std::move(stored.records);
    front->records.resize(static_cast<std::size_t>(checkpoint.records));
    forget_findings(front->records, checkpoint.late);
    front->movements.assign(stored.movements.begin(), stored.movements.begin() + checkpoint.movements);
    front->judged.findings = findings_of_front(stored.findings.edit(), checkpoint.records, checkpoint.late);
    prints.resize(static_cast<std::size_t>(checkpoint.prints));
    front->prints = std::move(prints);
    front->checkpoint = std::move(checkpoint);
    return front;
}

void put_before(JudgedChunk front, JudgedChunk& judged) {
    const auto append = [](const auto& more, auto& all) { all.insert(all.end(), more.begin(), more.end()); };
    append(judged.findings, front.findings);
    append(judged.features, front.features);
    append(judged.courses, front.courses);
    append(judged.course_lengths, front.course_lengths);
    judged = std::move(front);
}

}  // namespace abm
