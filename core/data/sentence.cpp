#include <fmt/format.h>

#include <algorithm>

#include "core/data/investigation.h"

namespace abm {
namespace {

std::string_view activity_words(Activity activity) {
    switch (activity) {
        case Activity::withdrawal:
            return "Withdrawal";
        case Activity::deposit:
            return "Cash deposit";
        case Activity::cheque_deposit:
            return "Cheque deposit";
        case Activity::balance:
            return "Balance inquiry";
        case Activity::payment:
            return "Payment";
        default:
            return "Transaction";
    }
}

std::string ordinary_session(const Record& record) {
    switch (record.type) {
        case RecordType::customer_cancelled:
            return "The customer gave up; no cash was kept.";
        case RecordType::host_declined:
            return fmt::format("{} declined by the host; no cash moved.",
                               record.activity == Activity::none ? "Transaction" : activity_words(record.activity));
        case RecordType::unusual:
            return "Nothing is proven wrong, but the course is unusual for this machine.";
        default:
            break;
    }
    const bool cash = record.activity == Activity::withdrawal || record.activity == Activity::deposit;
    if (cash && record.amount != kNoAmount) {
        return fmt::format("{} of {} completed; notes, receipt and counters agree.", activity_words(record.activity),
                           money_text(record.amount));
    }
    return fmt::format("{} completed.", activity_words(record.activity));
}

std::string ordinary_other(const Record& record) {
    if (record.type == RecordType::unusual)
        return fmt::format("Nothing is proven wrong, but this {} is unlike the others.", name_of(record.kind));
    return fmt::format("Nothing stands out in this {}.", name_of(record.kind));
}

}  // namespace

std::string sentence_of(const Investigation& investigation, const Record& record) {
    const auto findings = investigation.findings_of(record);
    if (!findings.empty()) return findings.front().sentence;
    if (record.kind == RecordKind::session) return ordinary_session(record);
    if (record.kind != RecordKind::interval) return ordinary_other(record);
    return record.trivial ? "The card reader was activated again." : "Maintenance without a finding.";
}

std::string record_name(const Investigation& investigation, const Record& record) {
    return fmt::format("{}#{}:{}", investigation.source_of(record).name, name_of(record.kind), record.ordinal);
}

const StandingLabel* Investigation::label_of(RecordIndex record) const {
    const auto found = std::ranges::lower_bound(labels, record, {}, &StandingLabel::record);
    return found != labels.end() && found->record == record ? &*found : nullptr;
}

}  // namespace abm
