// Applies rules and feature extraction to what the linker established; safe to run for several chunks at once.
#pragma once

#include <string_view>
#include <vector>

#include "core/data/finding.h"
#include "core/ingest/course.h"
#include "core/ingest/linker.h"

namespace abm {

class RuleSet;

struct JudgedChunk {
    std::vector<Finding> findings;              ///< Finding::record counts within the source
    std::vector<float> features;                ///< rows of the chunk's sessions, in order
    std::vector<CourseStep> courses;            ///< of the same sessions, one behind the other
    std::vector<std::uint32_t> course_lengths;  ///< steps of each
};

/// chunk may be null for scopes the end of a source adds. machine: as far as it is known by now.
JudgedChunk judge(const JournalChunk* chunk, const LinkedChunk& linked, const RuleSet& rules, std::string_view machine);

/// Sorts the findings by record and gravity and gives every record its type, severity and amount at risk.
void roll_up(std::vector<Record>& records, std::vector<Finding>& findings);

}  // namespace abm
