// Which records `abm detect` lists, and in which order.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "core/data/investigation.h"

namespace abm::cli {

enum class Order { score, time };

struct Selection {
    double threshold = 0;
    std::size_t top = std::numeric_limits<std::size_t>::max();  ///< the highest scores, whatever the order they are shown in
    Order order = Order::score;
    std::optional<std::vector<SourceIndex>> sources;  ///< only these, rising
    bool trivial = false;                             ///< also the intervals that only say the reader was activated again
};

/// Equal scores keep the order of the sources and their bytes. By time: a record without a time follows the one before it in
/// its source.
std::vector<RecordIndex> select_records(const Investigation& investigation, const Selection& selection);

/// By the score of its record, then by gravity within the record; findings about a source stand at the foot of their tier. By
/// time: as the records, those about a source first.
std::vector<const Finding*> select_findings(const Investigation& investigation, const Selection& selection);

/// Whether it is one of Investigation::source_findings.
bool about_source(const Investigation& investigation, const Finding& finding);

}  // namespace abm::cli
