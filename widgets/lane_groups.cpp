#include "widgets/lane_groups.h"

namespace abm {

LaneGroups::LaneGroups(const Investigation& all) : machines_(all.machines.size()), shared_(all.sources.size()) {
    std::vector<std::uint32_t> entities(all.sources.size());
    std::vector<std::uint32_t> seen_in(all.machines.size(), 0);  // source + 1: records are by source
    for (const Record& record : all.records) {
        if (record.kind == RecordKind::session || record.kind == RecordKind::interval) continue;
        std::uint32_t& seen = seen_in[raw(record.machine)];
        if (seen == raw(record.source) + 1) continue;
        seen = raw(record.source) + 1;
        if (++entities[raw(record.source)] > kMostOwn) shared_[raw(record.source)] = true;
    }
}

}  // namespace abm
