#include "core/store/stored_rows.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "core/store/fast_rows.h"
#include "core/store/record_columns.h"
#include "core/store/row_values.h"
#include "core/store/source_text.h"

namespace abm {
namespace {

constexpr std::size_t kRowsBetweenCalls = 16'384;

/// Follows the source of rows that come source by source.
class SourceCursor {
public:
    explicit SourceCursor(const StoredSources& sources) : sources_(sources) {}

    /// The index of the source; fills `first` for every source that begins with row `row`.
    std::size_t at(std::int64_t id, std::size_t row) {
        if (id == id_) return index_;
        id_ = id;
        index_ = sources_.index_of(id);
        first_.resize(index_ + 1, row);
        return index_;
    }
    std::vector<std::size_t> finish(std::size_t rows) {
        first_.resize(sources_.ids.size() + 1, rows);
        return std::move(first_);
    }

private:
    const StoredSources& sources_;
    std::int64_t id_ = -1;
    std::size_t index_ = 0;
    std::vector<std::size_t> first_;
};

Source read_source(const SQLite::Statement& query, const Words& words) {
    Source source;
    source.path = query.getColumn(1).getString();
    source.name = query.getColumn(2).getString();
    source.identity = query.getColumn(3).getString();
    source.format = query.getColumn(4).getString();
    source.encoding = query.getColumn(5).getString();
    source.gzip = query.getColumn(6).getInt() != 0;
    source.line_end = words.line_ends.value(query.getColumn(7).getInt64());
    source.machine = query.getColumn(8).getString();
    source.bytes = query.getColumn(9).getInt64();
    source.lines = query.getColumn(10).getInt64();
    source.lines_not_understood = query.getColumn(11).getInt64();
    source.first_not_understood = spans_from_text(query.getColumn(12).getString());
    source.sessions = query.getColumn(13).getInt64();
    source.intervals = query.getColumn(14).getInt64();
    source.card_numbers_masked = query.getColumn(15).getInt64();
    source.account_numbers_masked = query.getColumn(16).getInt64();
    source.first_time = time_of(query.getColumn(17));
    source.last_time = time_of(query.getColumn(18));
    source.problems = problems_from_text(query.getColumn(19).getString());
    return source;
}

/// Machines get their index when their first record comes.
class MachineNames {
public:
    explicit MachineNames(SQLite::Database& database) {
        SQLite::Statement query(database, "SELECT id, name FROM machines");
        while (query.executeStep()) names_.emplace(query.getColumn(0).getInt64(), query.getColumn(1).getString());
    }
    MachineIndex index_of(std::int64_t id) {
        if (id == last_id_) return last_;
        const auto [place, added] = indices_.emplace(id, static_cast<MachineIndex>(used_.size()));
        if (added) {
            const auto name = names_.find(id);
            if (name == names_.end())
                throw Error(ErrorCode::Corrupt, fmt::format("a record is of machine {}, which does not exist", id));
            used_.push_back(name->second);
        }
        last_id_ = id;
        return last_ = place->second;
    }
    std::vector<std::string> take() { return std::move(used_); }

private:
    std::map<std::int64_t, std::string> names_;
    std::map<std::int64_t, MachineIndex> indices_;
    std::vector<std::string> used_;
    std::int64_t last_id_ = -1;
    MachineIndex last_{};
};

Record record_of(const StoredRecord& stored, const Words& words) {
    Record record;
    record.span = {stored.start_offset, stored.bytes};
    record.kind = words.kinds.value(stored.kind);
    record.ordinal = stored.ordinal;
    record.start = Time(std::chrono::microseconds(stored.start_time));
    record.end = Time(std::chrono::microseconds(stored.end_time));
    record.amount = stored.amount;
    record.at_risk = stored.at_risk;
    record.type = words.types.value(stored.type);
    record.severity = words.severities.value(stored.severity);
    record.activity = words.activities.value(stored.activity);
    record.trivial = stored.trivial != 0;
    record.feature_row = stored.feature_row;
    return record;
}

Finding read_finding(const SQLite::Statement& query, const Words& words) {
    Finding finding;
    finding.type = words.types.value(query.getColumn(2).getInt64());
    finding.severity = words.severities.value(query.getColumn(3).getInt64());
    finding.amount = money_of(query.getColumn(4));
    finding.span = {query.getColumn(5).getInt64(), query.getColumn(6).getInt64()};
    finding.rule = query.getColumn(7).getString();
    finding.sentence = query.getColumn(8).getString();
    finding.action = query.getColumn(9).getString();
    const SQLite::Column evidence = query.getColumn(10);
    const char* text = evidence.getText();
    finding.evidence = evidence_from_text({text, static_cast<std::size_t>(evidence.getBytes())});
    return finding;
}

}  // namespace

std::size_t StoredSources::index_of(std::int64_t id) const {
    const auto found = std::lower_bound(ids.begin(), ids.end(), static_cast<SourceId>(id));
    if (found == ids.end() || raw(*found) != id)
        throw Error(ErrorCode::Corrupt, fmt::format("rows are of source {}, which does not exist", id));
    return static_cast<std::size_t>(found - ids.begin());
}

StoredSources read_sources(SQLite::Database& database, const Words& words, std::optional<SourceId> only) {
    SQLite::Statement query(
        database,
        "SELECT id, path, name, identity, format, encoding, gzip, line_end, machine, bytes, lines,"
        " lines_not_understood, first_not_understood, sessions, intervals, card_numbers_masked,"
        " account_numbers_masked, first_time, last_time, problems, feature_schema, read_at, packets, link_type"
        " FROM sources WHERE taken_out_at IS NULL AND id BETWEEN ? AND ? ORDER BY id");
    StoredSources all;
    if (only) all.first_id = all.last_id = raw(*only);
    all.bind(query);
    while (query.executeStep()) {
        all.ids.push_back(static_cast<SourceId>(query.getColumn(0).getInt64()));
        Source& source = all.sources.emplace_back(read_source(query, words));
        source.packets = query.getColumn(22).getInt64();
        source.link_type = query.getColumn(23).getString();
        all.feature_schemas.push_back(query.getColumn(20).getString());
        all.read_at.push_back(query.getColumn(21).getInt64());
        all.expected_records += static_cast<std::size_t>(std::max<std::int64_t>(0, source.sessions + source.intervals));
    }
    return all;
}

StoredRecords read_records(SQLite::Database& database, const Words& words, const StoredSources& sources,
                           const RowsRead& rows_read) {
    SQLite::Statement query(
        database,
        "SELECT source_id, first_record, record_count, data FROM record_columns WHERE source_id BETWEEN ? AND ?"
        " ORDER BY source_id, first_record");
    sources.bind(query);
    StoredRecords all;
    all.records.reserve(sources.expected_records);
    SourceCursor cursor(sources);
    MachineNames machines(database);
    while (query.executeStep()) {
        const std::size_t source = cursor.at(query.getColumn(0).getInt64(), all.records.size());
        const SQLite::Column data = query.getColumn(3);
        const std::string_view block(static_cast<const char*>(data.getBlob()), static_cast<std::size_t>(data.getBytes()));
        for (const StoredRecord& stored : unpack_records(block, static_cast<std::size_t>(query.getColumn(2).getInt64()))) {
            Record& record = all.records.emplace_back(record_of(stored, words));
            record.source = static_cast<SourceIndex>(source);
            record.machine = machines.index_of(stored.machine_id);
        }
        rows_read(all.records.size());
    }
    all.first = cursor.finish(all.records.size());
    all.machines = machines.take();
    return all;
}

StoredFindings read_findings(SQLite::Database& database, const Words& words, const StoredSources& sources,
                             const RowsRead& rows_read) {
    SQLite::Statement query(
        database,
        "SELECT source_id, record_position, type, severity, amount, span_offset, span_bytes, rule, sentence, action,"
        " evidence FROM findings WHERE source_id BETWEEN ? AND ? ORDER BY source_id, position");
    sources.bind(query);
    StoredFindings all;
    SourceCursor cursor(sources);
    while (query.executeStep()) {
        const std::size_t source = cursor.at(query.getColumn(0).getInt64(), all.findings.size());
        Finding finding = read_finding(query, words);
        const SQLite::Column position = query.getColumn(1);
        finding.record = static_cast<RecordIndex>(position.isNull() ? source : position.getInt64());
        (position.isNull() ? all.source_findings : all.findings).push_back(std::move(finding));
        if (all.findings.size() % kRowsBetweenCalls == 0) rows_read(all.findings.size());
    }
    all.first = cursor.finish(all.findings.size());
    return all;
}

std::vector<CashMovement> read_movements(SQLite::Database& database, const Words& words, const StoredSources& sources,
                                         const RowsRead& rows_read) {
    FastRows row(database,
                 "SELECT source_id, record_position, event, start_offset, time, cassette, denomination, notes, expected, counted,"
                 " difference FROM movements WHERE source_id BETWEEN ? AND ? ORDER BY source_id, position");
    sources.bind(row);
    std::vector<CashMovement> all;
    all.reserve(sources.expected_records / 2);  // a session moves notes once or twice, the interval behind it seldom
    SourceCursor cursor(sources);
    while (row.next()) {
        CashMovement& movement = all.emplace_back();
        movement.source = static_cast<SourceIndex>(cursor.at(row.integer(0), all.size() - 1));
        movement.record = static_cast<RecordIndex>(row.integer(1));
        movement.event = words.cash_events.value(row.integer(2));
        movement.offset = row.integer(3);
        movement.time = row.time(4);
        movement.cassette = static_cast<std::int16_t>(row.integer(5));
        movement.denomination = row.money(6);
        movement.notes = static_cast<std::int32_t>(row.integer(7));
        movement.expected = row.count(8);
        movement.counted = row.count(9);
        movement.difference = row.integer(10);
        if (all.size() % kRowsBetweenCalls == 0) rows_read(all.size());
    }
    return all;
}

}  // namespace abm
