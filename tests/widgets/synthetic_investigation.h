// A made-up investigation with the text its spans point into: for tests of views, without the pipeline.
#pragma once

#include <string>
#include <vector>

#include "core/data/explanation.h"
#include "core/data/log_line.h"
#include "widgets/snapshot.h"

namespace abm::test {

struct SyntheticOptions {
    int machines = 3;
    int sessions_per_machine = 200;
    unsigned seed = 1;
    bool anomalies = true;
};

struct SyntheticCase {
    std::shared_ptr<const Investigation> investigation;
    std::vector<std::string> texts;  ///< of each source, LF line ends

    std::vector<LogLine> read(SourceIndex source, TextSpan span) const;
    Explanation explain(RecordIndex record) const;
    /// The record with the highest score: a reset during a deposit, with two findings, evidence and movements.
    RecordIndex worst() const;
};

/// One source per machine, two days of sessions with an interval behind each; every 23rd session is flagged, severities in turn.
SyntheticCase synthetic_case(const SyntheticOptions& options = {});

}  // namespace abm::test
