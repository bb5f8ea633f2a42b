// What is proven wrong in the records of a text log. The thresholds, and why they are as they are: the profile.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/data/finding.h"
#include "core/textlog/log_features.h"
#include "core/textlog/log_tally.h"

namespace abm {

/// Collects findings up to a number of each type; what is beyond is counted.
class FindingCollector {
public:
    explicit FindingCollector(std::int64_t most) : most_(most) {}

    void add(Finding finding);
    /// By record, gravest first.
    std::vector<Finding> take();
    std::int64_t not_kept() const { return not_kept_; }

private:
    std::int64_t most_ = 0, not_kept_ = 0;
    std::map<RecordType, std::int64_t> count_;
    std::vector<Finding> findings_;
};

/// A finding about the record with this index; the caller adds sentence and evidence.
Finding finding_about(std::size_t record, RecordType type, Severity severity, std::string_view rule);
/// Adds a line that proves it; the span reaches from the first line to the last.
void show(Finding& finding, TextSpan line, std::string note);
/// "3 min 20 s"; "0.5 s".
std::string span_text(double seconds);

/// Failed attaches that repeat, attach timeouts, abnormal and forced detaches: of records that are entities.
void find_attach_faults(const LogProfile& profile, const LogTally& tally, FindingCollector& out);
/// Windows with far more error lines than the others of their entity.
void find_error_bursts(const LogProfile& profile, const LogTally& tally, FindingCollector& out);
/// Gaps far beyond what is usual between the lines of the entity.
void find_silences(const LogProfile& profile, const LogTally& tally, FindingCollector& out);
/// Clocks that went back.
void find_backward_clocks(const LogProfile& profile, const LogTally& tally, FindingCollector& out);
/// Messages that were never seen before, late in a log in which new ones are rare.
void find_rare_messages(const LogProfile& profile, const LogTally& tally, const TemplateUse& use, FindingCollector& out);

}  // namespace abm
