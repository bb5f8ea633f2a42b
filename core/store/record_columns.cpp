#include "core/store/record_columns.h"

#include "core/store/blob.h"

namespace abm {
namespace {

/// Calls visit(member) for every column in the order of the file.
template <class Visit>
void for_each_column(const Visit& visit) {
    using R = StoredRecord;
    for (const auto member : {&R::start_offset, &R::bytes, &R::start_time, &R::end_time, &R::amount, &R::at_risk}) visit(member);
    for (const auto member : {&R::ordinal, &R::machine_id, &R::feature_row}) visit(member);
    for (const auto member : {&R::kind, &R::type, &R::severity, &R::activity, &R::trivial}) visit(member);
}

}  // namespace

std::string pack_records(std::span<const StoredRecord> records) {
    std::string block;
    block.reserve(records.size() * kStoredRecordBytes);
    for_each_column([&]<class Number>(Number StoredRecord::*member) {
        for (const StoredRecord& record : records) {
            const Number value = little_endian(record.*member);
            block.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
    });
    return block;
}

std::vector<StoredRecord> unpack_records(std::string_view block, std::size_t count) {
    if (count > kRecordsOfBlock || block.size() != count * kStoredRecordBytes)
        throw Error(ErrorCode::Corrupt, "a block of records has the wrong length");
    std::vector<StoredRecord> records(count);
    const char* at = block.data();
    for_each_column([&]<class Number>(Number StoredRecord::*member) {
        for (StoredRecord& record : records) {
            Number value{};
            std::memcpy(&value, at, sizeof value);
            record.*member = little_endian(value);
            at += sizeof value;
        }
    });
    return records;
}

}  // namespace abm
