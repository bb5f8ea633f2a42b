#include "core/pipeline/learned_labels.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <utility>

namespace abm {
namespace {

using RecordPlace = std::pair<RecordKind, std::int64_t>;

std::span<const float> features_of(const Investigation& investigation, const Record& record) {
    if (record.feature_row < 0) return {};
    return investigation.features.values_of(record.feature_row);
}

/// In words: tokens are those of this investigation.
std::vector<std::string> course_of(const Investigation& investigation, const Record& record) {
    std::vector<std::string> course;
    if (record.feature_row < 0) return course;
    const FeatureTables::Place place = investigation.features.place_of(record.feature_row);
    const TokenSequences& sequences = investigation.features[place.table].sequences;
    if (sequences.size() == 0) return course;
    const auto tokens = sequences.of(static_cast<std::size_t>(place.row));
    if (tokens.size() > kMostRememberedSteps) return course;
    for (const Token token : tokens) course.push_back(sequences.words[token]);
    return course;
}

/// The records at one of the places, of any source.
std::multimap<RecordPlace, const Record*> records_at(const Investigation& investigation, const std::set<RecordPlace>& places) {
    std::multimap<RecordPlace, const Record*> found;
    if (places.empty()) return found;
    for (const Record& record : investigation.records) {
        const RecordPlace place{record.kind, record.span.offset};
        if (places.contains(place)) found.emplace(place, &record);
    }
    return found;
}

}  // namespace

bool same_features(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

LearnedLabel learned_label(const Investigation& investigation, const StandingLabel& label) {
    const Record& record = investigation.records.at(raw(label.record));
    LearnedLabel learned;
    if (raw(record.source) < investigation.sources.size()) learned.source = investigation.source_of(record).identity;
    learned.kind = record.kind;
    learned.start_offset = record.span.offset;
    learned.anomaly = label.label.label == LabelClass::anomaly;
    const std::span<const float> features = features_of(investigation, record);
    learned.features.assign(features.begin(), features.end());
    for (const std::string_view rule : rules_of(investigation.findings_of(record))) learned.rules.emplace_back(rule);
    learned.course = course_of(investigation, record);
    return learned;
}

std::vector<LearnedLabel> learned_labels(const Investigation& investigation, std::span<const StandingLabel> labels) {
    std::vector<LearnedLabel> learned;
    for (const StandingLabel& label : labels) {
        if (trains(label.label.label)) learned.push_back(learned_label(investigation, label));
    }
    return learned;
}

std::size_t table_of(const Investigation& investigation, RecordIndex index) {
    const std::vector<Record>& records = investigation.records;
    const SourceIndex source = records.at(raw(index)).source;
    for (std::size_t distance = 0; distance < records.size(); ++distance) {
        bool within = false;
        for (const std::size_t at : {raw(index) - distance, raw(index) + distance}) {  // below 0 it wraps round, beyond the end
            if (at >= records.size() || records[at].source != source) continue;
            within = true;
            if (records[at].feature_row >= 0) return investigation.features.place_of(records[at].feature_row).table;
        }
        if (!within) break;
    }
    return 0;
}

std::vector<LearnedLabel> labels_from_elsewhere(const JournalModel& model, const Investigation& investigation) {
    std::set<std::string_view> here;
    for (const Source& source : investigation.sources) here.insert(source.identity);
    std::vector<const LearnedLabel*> doubtful;
    std::set<RecordPlace> places;
    for (const LearnedLabel& label : model.labels) {
        if (here.contains(label.source)) continue;
        doubtful.push_back(&label);
        places.emplace(label.kind, label.start_offset);
    }
    const auto records = records_at(investigation, places);
    std::vector<LearnedLabel> elsewhere;
    for (const LearnedLabel* label : doubtful) {
        const auto [first, last] = records.equal_range({label->kind, label->start_offset});
        const bool known = std::any_of(first, last, [&](const auto& entry) {
            return same_features(label->features, features_of(investigation, *entry.second));
        });
        if (!known) elsewhere.push_back(*label);
    }
    return elsewhere;
}

RuleWeights rule_weights_of(std::span<const LearnedLabel> labels) {
    RuleWeights::Records records;
    for (const LearnedLabel& label : labels) {
        for (const std::string_view rule : std::set<std::string_view>(label.rules.begin(), label.rules.end())) {
            RuleRecord& record = records[std::string(rule)];
            ++record.labelled;
            record.confirmed += label.anomaly ? 1 : 0;
        }
    }
    return RuleWeights(std::move(records));
}

}  // namespace abm
