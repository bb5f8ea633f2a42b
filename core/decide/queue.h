// The next records worth an expert's time.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

/// Shares of the queue in percent; they need not sum to 100.
struct QueueMix {
    int odd = 70;        ///< highest displayed score
    int uncertain = 20;  ///< nearest to the middle between the targets of anomaly and normal
    int random = 10;     ///< of all: what figures about the population come from
};

enum class QueueReason : std::uint8_t { odd, uncertain, random };
std::string_view name_of(QueueReason reason);

struct QueueEntry {
    RecordIndex record{};
    QueueReason reason{};
};

/// At most `count` unlabelled, non-trivial records, interleaved so that any front of the list has about the mix. margins: [rows
/// of features] f(x), empty without a model: then nothing is uncertain and the odd take that share. Deterministic per seed.
std::vector<QueueEntry> label_queue(const Investigation& investigation, const std::vector<double>& margins, const QueueMix& mix,
                                    std::size_t count, std::uint64_t seed);

}  // namespace abm
