// What went wrong between one phone and the network.
#include <fmt/format.h>

#include "core/textlog/log_findings.h"

namespace abm {
namespace {

/// A kind of event that is a finding when an entity has enough of it.
struct Fault {
    EventRole role;
    RecordType type;
    std::string_view rule;
    double LogThresholds::*least;
    double LogThresholds::*high;
    std::string_view what;  ///< "{noun} {entity} " goes before it
    std::string_view action;
};

constexpr Fault kFaults[] = {
    {EventRole::attach_timeout, RecordType::attach_timeout, "ue-attach-timeout", &LogThresholds::attach_timeouts,
     &LogThresholds::attach_timeouts_high, "asked to attach and got no answer in time",
     "Look at the core network and the link to it at this time."},
    {EventRole::attach_failed, RecordType::attach_failed, "ue-repeated-failed-attach", &LogThresholds::failed_attaches,
     &LogThresholds::failed_attaches_high, "was refused when it attached",
     "Look at the cause the network gives: subscription, authentication, or the cell."},
    {EventRole::abnormal_detach, RecordType::abnormal_detach, "ue-abnormal-detach", &LogThresholds::abnormal_detaches,
     &LogThresholds::abnormal_detaches_high, "lost its connection without a proper detach",
     "Look at the radio conditions and at others in the same cell."},
    {EventRole::forced_detach, RecordType::forced_detach, "ue-forced-detach", &LogThresholds::forced_detaches,
     &LogThresholds::forced_detaches_high, "was detached by the network",
     "Find out who or what detached it: operator, licence, overload, or security."},
};

/// How often it happened, as far as that says something: a phone that gets in after a refusal or two is an ordinary one.
std::int64_t weighty_count(EventRole role, const RecordTally& record, const LogThresholds& thresholds) {
    const bool often = record.failure_rate() >= thresholds.failure_rate;
    return role == EventRole::attach_failed && !often ? record.most_refused_in_a_row : record.count(role);
}

void find_fault(const Fault& fault, const LogProfile& profile, const LogTally& tally, std::size_t index, FindingCollector& out) {
    const RecordTally& record = tally.records()[index];
    const std::int64_t count = record.count(fault.role);
    const std::int64_t weighty = weighty_count(fault.role, record, profile.thresholds);
    if (weighty == 0 || static_cast<double>(weighty) < profile.thresholds.*fault.least) return;
    const bool high = static_cast<double>(weighty) >= profile.thresholds.*fault.high;
    Finding finding = finding_about(index, fault.type, high ? Severity::high : Severity::medium, fault.rule);
    const std::string& entity = tally.entities()[record.entity];
    finding.sentence = count == 1 ? fmt::format("{} {} {}.", profile.noun, entity, fault.what)
                                  : fmt::format("{} {} {} {} times.", profile.noun, entity, fault.what, count);
    finding.action = fault.action;
    int shown = 0;
    for (const MarkedLine& line : record.marked) {
        if (line.role == fault.role) show(finding, line.line, fmt::format("{} of {}", ++shown, count));
    }
    out.add(std::move(finding));
}

}  // namespace

void find_attach_faults(const LogProfile& profile, const LogTally& tally, FindingCollector& out) {
    for (std::size_t i = 0; i < tally.records().size(); ++i) {
        for (const Fault& fault : kFaults) find_fault(fault, profile, tally, i, out);
    }
}

}  // namespace abm
