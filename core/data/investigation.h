// The immutable snapshot every view reads: made by core/pipeline, shared as shared_ptr<const Investigation>.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/data/cash_movement.h"
#include "core/data/feature_matrix.h"
#include "core/data/finding.h"
#include "core/data/record.h"
#include "core/data/source.h"

namespace abm {

struct Investigation {
    std::vector<Source> sources;
    std::vector<std::string> machines;
    std::vector<Record> records;           ///< by source, then by offset
    std::vector<Finding> findings;         ///< by record, gravest first within a record
    std::vector<Finding> source_findings;  ///< about a source as a whole: record holds the index of the source
    std::vector<CashMovement> movements;   ///< by source, then by offset
    FeatureMatrix features;                ///< rows of the scored records, in their order
    bool partial = false;                  ///< loading goes on, or was cancelled

    const Source& source_of(const Record& record) const { return sources[raw(record.source)]; }
    const std::string& machine_of(const Record& record) const { return machines[raw(record.machine)]; }
    std::span<const Finding> findings_of(const Record& record) const {
        return {findings.data() + record.first_finding, record.finding_count};
    }
};

/// One sentence for any record: that of its gravest finding, else what happened
/// ("Withdrawal of 4,500.00 completed; notes, receipt and counters agree.").
std::string sentence_of(const Investigation& investigation, const Record& record);
/// "ABM25EJ.txt#session:7"
std::string record_name(const Investigation& investigation, const Record& record);

}  // namespace abm
