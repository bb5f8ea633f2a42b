#include "core/store/first_scores.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/store/blob.h"
#include "core/store/row_values.h"

namespace abm {
namespace {

using Key = std::pair<std::int64_t, std::uint8_t>;  ///< offset and kind code

Key key_of(const Record& record, const Words& words) {
    return {record.span.offset, static_cast<std::uint8_t>(words.kinds.code(record.kind))};
}

/// Columns of one batch, in the order of keys.
struct Batch {
    std::vector<std::int64_t> offsets;
    std::vector<std::uint8_t> kinds;
    std::vector<float> scores;

    void add(Key key, float score) {
        offsets.push_back(key.first);
        kinds.push_back(key.second);
        scores.push_back(score);
    }
};

template <class Number>
std::vector<Number> column(const SQLite::Column& data) {
    const auto bytes = static_cast<std::size_t>(data.getBytes());
    std::vector<Number> numbers(bytes / sizeof(Number));
    from_blob(data.getBlob(), bytes, std::span(numbers));
    return numbers;
}

struct Kept {
    std::vector<Key> keys;  ///< of all batches, rising
    std::int64_t batches = 0;
};

Kept kept_of(SQLite::Database& database, SourceId source) {
    Kept kept;
    SQLite::Statement query(database, "SELECT offsets, kinds FROM first_scores WHERE source_id = ? ORDER BY batch");
    query.bind(1, raw(source));
    for (; query.executeStep(); ++kept.batches) {
        const auto offsets = column<std::int64_t>(query.getColumn(0));
        const auto kinds = column<std::uint8_t>(query.getColumn(1));
        if (offsets.size() != kinds.size()) throw Error(ErrorCode::Corrupt, "a batch of first scores has the wrong length");
        for (std::size_t at = 0; at < offsets.size(); ++at) kept.keys.emplace_back(offsets[at], kinds[at]);
    }
    if (kept.batches > 1) std::ranges::sort(kept.keys);
    return kept;
}

/// Of the oldest model whose stored scores fit these records.
struct OldScores {
    ModelId model{};
    std::vector<float> scores;
};

std::optional<OldScores> oldest_scores(SQLite::Database& database, SourceId source, std::size_t records) {
    SQLite::Statement query(
        database, "SELECT model_id, score FROM scores WHERE source_id = ? AND length(score) = ? ORDER BY model_id LIMIT 1");
    query.bind(1, raw(source));
    query.bind(2, static_cast<std::int64_t>(records * sizeof(float)));
    if (!query.executeStep()) return std::nullopt;
    return OldScores{static_cast<ModelId>(query.getColumn(0).getInt64()), column<float>(query.getColumn(1))};
}

/// Whoever changes the records of a source takes its scores away: where there are both, no record is new.
bool all_kept(SQLite::Database& database, SourceId source) {
    SQLite::Statement query(database,
                            "SELECT 1 WHERE EXISTS(SELECT 1 FROM first_scores WHERE source_id = ?1) AND EXISTS(SELECT 1 FROM "
                            "scores WHERE source_id = ?1)");
    query.bind(1, raw(source));
    return query.executeStep();
}

void write(SQLite::Database& database, SourceId source, std::int64_t number, ModelId model, Time at, const Batch& batch) {
    const std::string offsets = to_blob(std::span<const std::int64_t>(batch.offsets));
    const std::string kinds = to_blob(std::span<const std::uint8_t>(batch.kinds));
    const std::string scores = to_blob(std::span<const float>(batch.scores));
    SQLite::Statement add(database, "INSERT INTO first_scores VALUES(?,?,?,?,?,?,?)");
    add.bind(1, raw(source));
    add.bind(2, number);
    add.bind(3, raw(model));
    bind_time(add, 4, at);
    add.bindNoCopy(5, offsets.data(), static_cast<int>(offsets.size()));
    add.bindNoCopy(6, kinds.data(), static_cast<int>(kinds.size()));
    add.bindNoCopy(7, scores.data(), static_cast<int>(scores.size()));
    add.exec();
}

}  // namespace

void keep_first_scores(SQLite::Database& database, const Words& words, SourceId source, std::span<const Record> records,
                       ModelId model) {
    if (all_kept(database, source)) return;
    const Kept kept = kept_of(database, source);
    const auto old = kept.batches == 0 ? oldest_scores(database, source, records.size()) : std::nullopt;
    std::vector<std::pair<Key, float>> fresh;
    for (std::size_t at = 0; at < records.size(); ++at) {
        const Key key = key_of(records[at], words);
        if (!std::ranges::binary_search(kept.keys, key)) fresh.emplace_back(key, old ? old->scores[at] : records[at].score);
    }
    if (fresh.empty()) return;
    std::ranges::sort(fresh, {}, &std::pair<Key, float>::first);
    Batch batch;
    for (const auto& [key, score] : fresh) batch.add(key, score);
    write(database, source, kept.batches, old ? old->model : model, old ? kUnknownTime : utc_now(), batch);
}

std::optional<FirstScore> read_first_score(SQLite::Database& database, const Words& words, SourceId source, RecordKind kind,
                                           std::int64_t start_offset) {
    SQLite::Statement query(database,
                            "SELECT model_id, at, offsets, kinds, scores FROM first_scores WHERE source_id = ? ORDER BY batch");
    query.bind(1, raw(source));
    const auto code = static_cast<std::uint8_t>(words.kinds.code(kind));
    while (query.executeStep()) {
        const auto offsets = column<std::int64_t>(query.getColumn(2));
        const auto kinds = column<std::uint8_t>(query.getColumn(3));
        const auto scores = column<float>(query.getColumn(4));
        if (kinds.size() != offsets.size() || scores.size() != offsets.size())
            throw Error(ErrorCode::Corrupt, "a batch of first scores has the wrong length");
        const auto [begin, end] = std::ranges::equal_range(offsets, start_offset);
        for (auto at = static_cast<std::size_t>(begin - offsets.begin()); at < static_cast<std::size_t>(end - offsets.begin());
             ++at) {
            if (kinds[at] == code)
                return FirstScore{static_cast<ModelId>(query.getColumn(0).getInt64()), time_of(query.getColumn(1)), scores[at]};
        }
    }
    return std::nullopt;
}

}  // namespace abm
