#include "core/store/record_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <utility>

namespace abm {
namespace {

template <class Enum>
std::uint8_t code(const WordCodes<Enum>& words, Enum value) {
    return static_cast<std::uint8_t>(words.code(value));
}

void bind_record(SQLite::Statement& add, const StoredRecord& record) {
    const auto bind_known = [&](int at, std::int64_t value) { value == INT64_MIN ? add.bind(at) : add.bind(at, value); };
    add.bind(2, record.start_offset);
    add.bind(3, record.kind);
    add.bind(4, record.bytes);
    add.bind(5, record.ordinal);
    add.bind(6, record.machine_id);
    bind_known(7, record.start_time);
    bind_known(8, record.end_time);
    bind_known(9, record.amount);
    bind_known(10, record.at_risk);
    add.bind(11, record.type);
    add.bind(12, record.severity);
    add.bind(13, record.activity);
    add.bind(14, record.trivial);
    add.bind(15, record.feature_row);
}

}  // namespace

std::int64_t RecordWriter::machine_id(MachineIndex machine) {
    const auto known = machine_ids_.find(machine);
    if (known != machine_ids_.end()) return known->second;
    const std::string& name = read_.machines.at(raw(machine));
    SQLite::Statement add(sink_.database, "INSERT OR IGNORE INTO machines(name) VALUES(?)");
    add.bind(1, name);
    add.exec();
    SQLite::Statement query(sink_.database, "SELECT id FROM machines WHERE name = ?");
    query.bind(1, name);
    query.executeStep();
    return machine_ids_[machine] = query.getColumn(0).getInt64();
}

/// How many at the front are stored as they are.
std::size_t RecordWriter::standing(std::size_t first, std::size_t last) {
    SQLite::Statement query(sink_.database,
                            "SELECT record_count, data FROM record_columns WHERE source_id = ? ORDER BY first_record");
    query.bind(1, raw(sink_.source));
    std::size_t at = first;
    while (at < last && query.executeStep()) {
        const SQLite::Column data = query.getColumn(1);
        const std::string_view packed(static_cast<const char*>(data.getBlob()), static_cast<std::size_t>(data.getBytes()));
        const auto count = static_cast<std::size_t>(query.getColumn(0).getInt64());
        if (packed.size() != count * kStoredRecordBytes) break;  // damaged: written anew
        const auto block = unpack_records(packed, count);
        for (const StoredRecord& stored : block) {
            if (at == last || stored_record(read_.records[at]) != stored) return at - first;
            ++at;
        }
    }
    return at - first;
}

void RecordWriter::forget_behind(std::size_t stays, std::size_t first) {
    SQLite::Statement columns(sink_.database, "DELETE FROM record_columns WHERE source_id = ? AND first_record >= ?");
    columns.bind(1, raw(sink_.source));
    columns.bind(2, static_cast<std::int64_t>(stays - stays % kRecordsOfBlock));
    columns.exec();
    SQLite::Statement rows(sink_.database, "DELETE FROM records WHERE source_id = ? AND (start_offset, kind) > (?, ?)");
    rows.bind(1, raw(sink_.source));
    rows.bind(2, stays > 0 ? read_.records[first + stays - 1].span.offset : std::int64_t{-1});
    rows.bind(3, stays > 0 ? sink_.words.kinds.code(read_.records[first + stays - 1].kind) : 0);
    rows.exec();
}

void RecordWriter::write(std::size_t first, std::size_t last) {
    const std::size_t stays = standing(first, last);
    forget_behind(stays, first);
    sink_.count_rows(stays);
    SQLite::Statement add(sink_.database, "INSERT INTO records VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    add.bind(1, raw(sink_.source));
    std::vector<StoredRecord> block;
    for (std::size_t at = first + stays - stays % kRecordsOfBlock; at < last; ++at) {
        if (at > first) refuse_disorder(at);
        block.push_back(stored_record(read_.records[at]));
        if (at >= first + stays) {
            bind_record(add, block.back());
            add.exec();
            add.reset();
            sink_.count_rows(1);
        }
        if (block.size() == kRecordsOfBlock || at + 1 == last) write_columns(at + 1 - block.size() - first, block);
    }
}

/// Empties the block.
void RecordWriter::write_columns(std::size_t position, std::vector<StoredRecord>& block) {
    const std::string data = pack_records(block);
    SQLite::Statement add(sink_.database, "INSERT INTO record_columns VALUES(?,?,?,?)");
    add.bind(1, raw(sink_.source));
    add.bind(2, static_cast<std::int64_t>(position));
    add.bind(3, static_cast<std::int64_t>(block.size()));
    add.bindNoCopy(4, data.data(), static_cast<int>(data.size()));
    add.exec();
    block.clear();
}

/// Positions of records are their places in the order of the primary key.
void RecordWriter::refuse_disorder(std::size_t at) const {
    const auto key = [&](const Record& record) { return std::pair(record.span.offset, sink_.words.kinds.code(record.kind)); };
    if (key(read_.records[at - 1]) < key(read_.records[at])) return;
    throw Error(ErrorCode::Invalid, fmt::format("{}: two records begin at byte {}, or records are not in the order of the file",
                                                read_.source_of(read_.records[at]).name, read_.records[at].span.offset));
}

StoredRecord RecordWriter::stored_record(const Record& record) {
    const Words& words = sink_.words;
    const bool proved = record.finding_count > 0;
    const Finding* gravest = proved ? &read_.findings[record.first_finding] : nullptr;
    // What a model called unusual is stored as what reading said of it.
    const RecordType plain = record.type == RecordType::unusual ? RecordType::normal : record.type;
    return {.start_offset = record.span.offset,
            .bytes = record.span.bytes,
            .start_time = record.start.time_since_epoch().count(),
            .end_time = record.end.time_since_epoch().count(),
            .amount = record.amount,
            .at_risk = proved ? gravest->amount : kNoAmount,
            .ordinal = record.ordinal,
            .machine_id = static_cast<std::int32_t>(machine_id(record.machine)),
            .feature_row = record.feature_row < 0 ? -1 : record.feature_row - first_feature_row_,
            .kind = code(words.kinds, record.kind),
            .type = code(words.types, proved ? gravest->type : plain),
            .severity = code(words.severities, proved ? gravest->severity : Severity::none),
            .activity = code(words.activities, record.activity),
            .trivial = record.trivial};
}

}  // namespace abm
