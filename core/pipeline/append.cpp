#include "core/pipeline/append.h"

#include <algorithm>

namespace abm {
namespace {

template <class Id>
Id shifted(Id id, std::size_t by) {
    return static_cast<Id>(raw(id) + by);
}

/// Where each machine of `more` stands among those of `to`, which gets the new ones.
std::vector<MachineIndex> take_machines(Investigation& to, const Investigation& more) {
    std::vector<MachineIndex> places;
    for (const std::string& name : more.machines) {
        const auto found = std::find(to.machines.begin(), to.machines.end(), name);
        places.push_back(static_cast<MachineIndex>(found - to.machines.begin()));
        if (found == to.machines.end()) to.machines.push_back(name);
    }
    return places;
}

}  // namespace

void append(Investigation& to, const Investigation& more) {
    const std::vector<MachineIndex> machine_at = take_machines(to, more);
    const std::size_t sources = to.sources.size();
    const std::size_t records = to.records.size();
    const std::size_t findings = to.findings.size();
    to.sources.insert(to.sources.end(), more.sources.begin(), more.sources.end());
    to.records.reserve(records + more.records.size());
    for (Record record : more.records) {
        record.source = shifted(record.source, sources);
        if (!machine_at.empty()) record.machine = machine_at[raw(record.machine)];
        record.first_finding += static_cast<std::uint32_t>(findings);
        record.feature_row = -1;
        to.records.push_back(record);
    }
    for (Finding finding : more.findings) {
        finding.record = shifted(finding.record, records);
        to.findings.edit().push_back(std::move(finding));
    }
    for (Finding finding : more.source_findings) {
        finding.record = shifted(finding.record, sources);
        to.source_findings.push_back(std::move(finding));
    }
    for (CashMovement movement : more.movements) {
        movement.source = shifted(movement.source, sources);
        movement.record = shifted(movement.record, records);
        if (!machine_at.empty()) movement.machine = machine_at[raw(movement.machine)];
        to.movements.edit().push_back(movement);
    }
}

}  // namespace abm
