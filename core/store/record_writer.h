// Within core/store: the records of a source, as rows and as columns.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "core/data/investigation.h"
#include "core/store/record_columns.h"
#include "core/store/words.h"

namespace abm {

/// Writes within the transaction of the caller.
class RecordWriter {
public:
    /// first_feature_row: of the source in the matrix of `read`. count_row: called for each record; may throw to stop.
    RecordWriter(SQLite::Database& database, const Words& words, const Investigation& read, SourceId id,
                 std::int32_t first_feature_row, std::function<void()> count_row);

    /// Records [first, last) of the investigation, those of one source. Throws Error{Invalid} when two of them begin at the same
    /// byte or they are not in the order of the file.
    void write(std::size_t first, std::size_t last);

private:
    std::int64_t machine_id(MachineIndex machine);
    void refuse_disorder(std::size_t at) const;
    StoredRecord stored_record(const Record& record, std::int64_t machine) const;
    void write_columns(std::size_t position, std::vector<StoredRecord>& block);

    SQLite::Database& database_;
    const Words& words_;
    const Investigation& read_;
    SourceId id_;
    std::int32_t first_feature_row_;
    std::function<void()> count_row_;
};

}  // namespace abm
