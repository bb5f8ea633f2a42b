// What reading one source of windows, entities or rows gives; the pipeline puts readings together to an investigation.
#pragma once

#include <string>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/data/finding.h"
#include "core/data/record.h"
#include "core/data/source.h"
#include "core/data/token_sequences.h"

namespace abm {

/// Indices count within the reading: Record::source is 0, Record::machine an index into `entities`, Record::feature_row a row of
/// `features`, Finding::record an index into `records`. A source that cannot be read is a reading whose source has a fatal
/// problem.
struct SourceReading {
    Source source;
    std::vector<std::string> entities;     ///< whose lane in the chart a record is in: a machine, a link, a host, a metric
    std::vector<Record> records;           ///< by offset
    std::vector<Finding> findings;         ///< by record, gravest first; records know theirs (first_finding, finding_count)
    std::vector<Finding> source_findings;  ///< about the source as a whole
    FeatureMatrix features;                ///< [scored records, d]; records of one feature schema share one model
    TokenSequences sequences;              ///< of the scored records; empty when there is nothing like it
};

}  // namespace abm
