// The scores last shown: what a workspace shows at once when it is opened.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/store/blob.h"
#include "core/store/first_scores.h"
#include "core/store/one_state.h"
#include "core/store/source_store.h"
#include "core/store/words.h"

namespace abm {
namespace {

/// The five columns of a row of `scores`.
struct ScoreColumns {
    explicit ScoreColumns(std::size_t rows) : score(rows), tail(rows), type(rows), severity(rows), provisional(rows) {}
    std::vector<float> score, tail;
    std::vector<std::uint8_t> type, severity, provisional;
};

ScoreColumns columns_of(std::span<const Record> records, const Words& words) {
    ScoreColumns columns(records.size());
    for (std::size_t at = 0; at < records.size(); ++at) {
        const Record& record = records[at];
        columns.score[at] = record.score;
        columns.tail[at] = record.tail_probability;
        columns.type[at] = static_cast<std::uint8_t>(words.types.code(record.type));
        columns.severity[at] = static_cast<std::uint8_t>(words.severities.code(record.severity));
        columns.provisional[at] = record.provisional ? 1 : 0;
    }
    return columns;
}

template <class Number>
void bind_column(SQLite::Statement& put, int at, const std::vector<Number>& column) {
    const std::string blob = to_blob(std::span(column));
    put.bind(at, blob.data(), static_cast<int>(blob.size()));
}

template <class Number>
void read_column(const SQLite::Column& data, std::vector<Number>& column) {
    from_blob(data.getBlob(), static_cast<std::size_t>(data.getBytes()), std::span(column));
}

void set_scores(const ScoreColumns& columns, const Words& words, std::span<Record> records) {
    for (std::size_t at = 0; at < records.size(); ++at) {
        Record& record = records[at];
        record.score = columns.score[at];
        record.tail_probability = columns.tail[at];
        record.type = words.types.value(columns.type[at]);
        record.severity = words.severities.value(columns.severity[at]);
        record.provisional = columns.provisional[at] != 0;
    }
}

void refuse_unparallel(const Investigation& investigation, const std::vector<SourceId>& ids) {
    if (ids.size() == investigation.sources.size()) return;
    throw Error(ErrorCode::Invalid, fmt::format("{} ids were given for {} sources", ids.size(), investigation.sources.size()));
}

}  // namespace

void SourceStore::put_scores(const Investigation& shown, const std::vector<SourceId>& ids, const StoredScores& made_by) {
    stored(workspace_.path(), [&] {
        refuse_unparallel(shown, ids);
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement put(workspace_.database(), "INSERT OR REPLACE INTO scores VALUES(?,?,?,?,?,?,?,?)");
        for (std::size_t source = 0; source < ids.size(); ++source) {
            const auto records = shown.records_of(static_cast<SourceIndex>(source));
            keep_first_scores(workspace_.database(), workspace_.words(), ids[source], records, made_by.model);
            const ScoreColumns columns = columns_of(records, workspace_.words());
            put.bind(1, raw(ids[source]));
            put.bind(2, raw(made_by.model));
            put.bind(3, made_by.last_event);
            bind_column(put, 4, columns.score);
            bind_column(put, 5, columns.tail);
            bind_column(put, 6, columns.type);
            bind_column(put, 7, columns.severity);
            bind_column(put, 8, columns.provisional);
            put.exec();
            put.reset();
        }
        transaction.commit();
    });
}

std::optional<StoredScores> SourceStore::load_scores(Investigation& into, const std::vector<SourceId>& ids, ModelId model) const {
    return stored(workspace_.path(), [&]() -> std::optional<StoredScores> {
        refuse_unparallel(into, ids);
        const OneState one_state(workspace_.database());
        SQLite::Statement query(workspace_.database(),
                                "SELECT last_event, score, tail, type, severity, provisional FROM scores"
                                " WHERE source_id = ? AND model_id = ?");
        std::optional<std::int64_t> last_event;
        bool complete = true;
        for (std::size_t source = 0; source < ids.size(); ++source) {
            const auto records = std::as_const(into).records_of(static_cast<SourceIndex>(source));
            query.reset();
            query.bind(1, raw(ids[source]));
            query.bind(2, raw(model));
            // Another length: another program has read the source again since `into` was loaded.
            if (!query.executeStep() || query.getColumn(1).getBytes() != static_cast<int>(records.size() * sizeof(float))) {
                complete = false;
                continue;
            }
            ScoreColumns columns(records.size());
            read_column(query.getColumn(1), columns.score);
            read_column(query.getColumn(2), columns.tail);
            read_column(query.getColumn(3), columns.type);
            read_column(query.getColumn(4), columns.severity);
            read_column(query.getColumn(5), columns.provisional);
            const auto first = static_cast<std::size_t>(records.data() - into.records.data());
            set_scores(columns, workspace_.words(), std::span(into.records).subspan(first, records.size()));
            last_event = std::min(last_event.value_or(INT64_MAX), query.getColumn(0).getInt64());
        }
        if (!complete || !last_event) return std::nullopt;
        return StoredScores{model, *last_event};
    });
}

std::optional<FirstScore> SourceStore::first_score(SourceId id, RecordKind kind, std::int64_t start_offset) const {
    return stored(workspace_.path(),
                  [&] { return read_first_score(workspace_.database(), workspace_.words(), id, kind, start_offset); });
}

}  // namespace abm
