// Within core/store: the records of a source, as rows and as columns.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/data/investigation.h"
#include "core/store/record_columns.h"
#include "core/store/row_sink.h"

namespace abm {

/// See RowSink for what is left as it is.
class RecordWriter {
public:
    /// first_feature_row: of the source in the matrix of `read`.
    RecordWriter(const RowSink& sink, const Investigation& read, std::int32_t first_feature_row)
        : sink_(sink), read_(read), first_feature_row_(first_feature_row) {}

    /// Records [first, last) of the investigation, those of one source. Throws Error{Invalid} when two of them begin at the same
    /// byte or they are not in the order of the file.
    void write(std::size_t first, std::size_t last);

private:
    std::size_t standing(std::size_t first, std::size_t last);
    void forget_behind(std::size_t stays, std::size_t first);
    std::int64_t machine_id(MachineIndex machine);
    void refuse_disorder(std::size_t at) const;
    StoredRecord stored_record(const Record& record);
    void write_columns(std::size_t position, std::vector<StoredRecord>& block);

    const RowSink& sink_;
    const Investigation& read_;
    std::int32_t first_feature_row_;
    std::map<MachineIndex, std::int64_t> machine_ids_;
};

}  // namespace abm
