#include "core/store/record_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <optional>
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

RecordWriter::RecordWriter(SQLite::Database& database, const Words& words, const Investigation& read, SourceId id,
                           std::int32_t first_feature_row, std::function<void()> count_row)
    : database_(database),
      words_(words),
      read_(read),
      id_(id),
      first_feature_row_(first_feature_row),
      count_row_(std::move(count_row)) {}

std::int64_t RecordWriter::machine_id(MachineIndex machine) {
    const std::string& name = read_.machines.at(raw(machine));
    SQLite::Statement add(database_, "INSERT OR IGNORE INTO machines(name) VALUES(?)");
    add.bind(1, name);
    add.exec();
    SQLite::Statement query(database_, "SELECT id FROM machines WHERE name = ?");
    query.bind(1, name);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void RecordWriter::write(std::size_t first, std::size_t last) {
    SQLite::Statement add(database_, "INSERT INTO records VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    add.bind(1, raw(id_));
    std::optional<MachineIndex> machine;
    std::int64_t id_of_machine = 0;
    std::vector<StoredRecord> block;
    for (std::size_t at = first; at < last; ++at) {
        const Record& record = read_.records[at];
        if (at > first) refuse_disorder(at);
        if (machine != record.machine) {
            machine = record.machine;
            id_of_machine = machine_id(*machine);
        }
        block.push_back(stored_record(record, id_of_machine));
        bind_record(add, block.back());
        add.exec();
        add.reset();
        count_row_();
        if (block.size() == kRecordsOfBlock || at + 1 == last) write_columns(at + 1 - block.size() - first, block);
    }
}

/// Empties the block.
void RecordWriter::write_columns(std::size_t position, std::vector<StoredRecord>& block) {
    const std::string data = pack_records(block);
    SQLite::Statement add(database_, "INSERT INTO record_columns VALUES(?,?,?,?)");
    add.bind(1, raw(id_));
    add.bind(2, static_cast<std::int64_t>(position));
    add.bind(3, static_cast<std::int64_t>(block.size()));
    add.bindNoCopy(4, data.data(), static_cast<int>(data.size()));
    add.exec();
    block.clear();
}

/// Positions of records are their places in the order of the primary key.
void RecordWriter::refuse_disorder(std::size_t at) const {
    const auto key = [&](const Record& record) { return std::pair(record.span.offset, words_.kinds.code(record.kind)); };
    if (key(read_.records[at - 1]) < key(read_.records[at])) return;
    throw Error(ErrorCode::Invalid, fmt::format("{}: two records begin at byte {}, or records are not in the order of the file",
                                                read_.source_of(read_.records[at]).name, read_.records[at].span.offset));
}

StoredRecord RecordWriter::stored_record(const Record& record, std::int64_t machine) const {
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
            .machine_id = static_cast<std::int32_t>(machine),
            .feature_row = record.feature_row < 0 ? -1 : record.feature_row - first_feature_row_,
            .kind = code(words_.kinds, record.kind),
            .type = code(words_.types, proved ? gravest->type : plain),
            .severity = code(words_.severities, proved ? gravest->severity : Severity::none),
            .activity = code(words_.activities, record.activity),
            .trivial = record.trivial};
}

}  // namespace abm
