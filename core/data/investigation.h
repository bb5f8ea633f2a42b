// The immutable snapshot every view reads: made by core/pipeline, shared as shared_ptr<const Investigation>.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/shared.h"
#include "core/data/cash_movement.h"
#include "core/data/feature_tables.h"
#include "core/data/finding.h"
#include "core/data/label.h"
#include "core/data/record.h"
#include "core/data/source.h"

namespace abm {

/// Under which model, and how many labels given since, the scores were made.
struct ScoreOrigin {
    ModelId model{};  ///< 0: a model of this load only, or rules alone
    std::int64_t labels = 0;
};

/// A copy costs its records and labels; what never changes after reading is shared.
struct Investigation {
    std::vector<Source> sources;
    std::vector<std::string> machines;
    std::vector<Record> records;           ///< by source, then by offset
    SharedVector<Finding> findings;        ///< by record, gravest first within a record
    std::vector<Finding> source_findings;  ///< about a source as a whole: record holds the index of the source
    SharedVector<CashMovement> movements;  ///< by source, then by offset
    FeatureTables features;                ///< rows of the scored records, by table, then in their order
    std::vector<StandingLabel> labels;     ///< by record
    ScoreOrigin scored_by;
    bool partial = false;  ///< loading goes on, or was cancelled

    const Source& source_of(const Record& record) const { return sources[raw(record.source)]; }
    const std::string& machine_of(const Record& record) const { return machines[raw(record.machine)]; }
    std::span<const Record> records_of(SourceIndex source) const {
        return std::ranges::equal_range(records, source, {}, &Record::source);
    }
    std::span<const CashMovement> movements_of(SourceIndex source) const {
        return std::ranges::equal_range(movements, source, {}, &CashMovement::source);
    }
    std::span<const Finding> findings_of(const Record& record) const {
        return {findings.data() + record.first_finding, record.finding_count};
    }
    std::span<const Finding> findings_of(SourceIndex source) const {
        const auto own = records_of(source);
        const auto first = static_cast<RecordIndex>(own.data() - records.data());
        const auto last = static_cast<RecordIndex>(raw(first) + own.size());
        return {std::ranges::lower_bound(findings, first, {}, &Finding::record),
                std::ranges::lower_bound(findings, last, {}, &Finding::record)};
    }
    /// Null when nobody has decided.
    const StandingLabel* label_of(RecordIndex record) const;
};

/// One sentence for any record: that of its gravest finding, else what happened
/// ("Withdrawal of 4,500.00 completed; notes, receipt and counters agree.").
std::string sentence_of(const Investigation& investigation, const Record& record);
/// "ABM25EJ.txt#session:7"
std::string record_name(const Investigation& investigation, const Record& record);

}  // namespace abm
