// The unit that is scored. Kept small: a gigabyte of journal holds about a million of them.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/data/label.h"
#include "core/data/record_type.h"

namespace abm {

enum class RecordKind : std::uint8_t { session, interval, window, entity, row };
std::string_view name_of(RecordKind kind);

/// What the customer did, for the one-line description of a record nothing is wrong with.
enum class Activity : std::uint8_t { none, withdrawal, deposit, cheque_deposit, balance, payment, other, maintenance, idle };

struct Record {
    TextSpan span;  ///< bytes of the source; sessions and intervals tile the source
    Time start = kUnknownTime;
    Time end = kUnknownTime;
    Money amount = kNoAmount;   ///< what was withdrawn or deposited
    Money at_risk = kNoAmount;  ///< of the gravest findings, the largest; none when none of them knows an amount
    SourceIndex source{};
    MachineIndex machine{};
    std::int32_t ordinal = 0;         ///< sessions from 1, intervals from 0, per source
    std::int32_t feature_row = -1;    ///< row of Investigation::features; -1: not scored by models
    std::uint32_t first_finding = 0;  ///< Investigation::findings [first_finding, first_finding + finding_count)
    std::uint32_t finding_count = 0;
    RecordKind kind = RecordKind::session;
    RecordType type = RecordType::normal;
    Severity severity = Severity::none;   ///< of the gravest finding, weighed by the labels on its rule
    LabelClass label = LabelClass::none;  ///< the verdict that counts; details in Investigation::labels
    Activity activity = Activity::none;
    bool trivial = false;           ///< an interval that only says the reader was activated again: stored, not shown by default
    bool provisional = false;       ///< scored by a model fitted on fewer than 200 records
    float tail_probability = 1.0F;  ///< model evidence: P(training score >= this one); 1: none
    float score = 0.0F;             ///< 0..1, higher is more anomalous; order of tiers, then of probability
};

}  // namespace abm
