// Verdicts of a workspace put onto the records of a snapshot.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/data/investigation.h"
#include "core/pipeline/live_model.h"
#include "core/store/label_store.h"

namespace abm {

/// The record with this key; where a newer reader cut other records, the one of that kind that holds the offset.
std::optional<RecordIndex> record_of(const Investigation& investigation, const std::vector<SourceId>& ids, const RecordKey& key);
RecordKey key_of(const Investigation& investigation, const std::vector<SourceId>& ids, RecordIndex record);

/// Sets Record::label and Investigation::labels from the verdicts that count; returns how many found no record.
std::int64_t attach_labels(Investigation& investigation, const std::vector<SourceId>& ids,
                           std::span<const StandingVerdict> verdicts);

/// Those of investigation.labels that train the model of a table, in the order they were given: neither unsure nor on other
/// records. Rows count within the table. `places` gets, for each, its place in investigation.labels.
std::vector<TrainingLabel> training_labels(const Investigation& investigation, std::size_t table,
                                           std::vector<std::size_t>* places = nullptr);

}  // namespace abm
