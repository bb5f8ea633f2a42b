// Label events: what experts said, when, under which model; append-only. What counts is worked out from the events.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/data/label.h"
#include "core/data/record.h"
#include "core/store/workspace.h"

namespace abm {

/// A record for good: a newer parser may cut other records, a label stays where the expert put it.
struct RecordKey {
    SourceId source{};
    RecordKind kind{};
    std::int64_t start_offset = 0;
    auto operator<=>(const RecordKey&) const = default;
};

/// The circumstances of a verdict.
struct LabelContext {
    ModelId model{};               ///< under which the record was shown; 0: none
    std::string suggestion;        ///< what the program proposed; may be empty
    std::int32_t decided_ms = -1;  ///< from painted to decided; -1: not known
};

struct NewLabel {
    RecordKey key;
    Label label;  ///< type and note are masked by append(); when: kUnknownTime means now
    LabelContext context;
};

struct LabelEvent {
    enum class Action : std::uint8_t { set, undo, redo };
    std::int64_t id = 0;
    StepId step{};
    Action action = Action::set;
    StepId target{};  ///< of undo and redo
    RecordKey key;    ///< of set
    Label label;      ///< of set; who and when for all
    LabelContext context;
};

/// One expert's verdict that stands for a record: his latest by time (by event where times agree) that is not undone.
struct StandingVerdict {
    RecordKey key;
    std::int64_t event = 0;
    Label label;
    bool counts = false;    ///< the latest of all experts' for this record
    bool disputed = false;  ///< another expert's standing verdict for this record has another label
};

/// What undo() or redo() did, for "Undid: 37 x normal".
struct StepChange {
    StepId step{};
    std::vector<RecordKey> keys;
    Label label;  ///< of the first of them
};

class LabelStore {
public:
    explicit LabelStore(Workspace& workspace) : workspace_(workspace) {}

    /// One step, one transaction, durable when it returns. Card numbers in type, note and who are masked and counted in the audit
    /// trail. A verdict without a time is dated later than every other about its record, so that it stands whatever clocks said.
    /// Throws Error{Invalid} for label `none`, an empty `who`, a type that is_type() does not take, or no labels at all.
    StepId append(std::span<const NewLabel> labels);
    /// Undoes the latest step that stands, also one of an earlier start of the program; nullopt when there is none.
    std::optional<StepChange> undo(std::string_view who);
    /// Brings back the step undone last, unless something was labelled since; nullopt when there is none.
    std::optional<StepChange> redo(std::string_view who);

    std::vector<LabelEvent> events(std::int64_t after = 0) const;  ///< in the order they were appended
    std::int64_t last_event() const;                               ///< 0: none

private:
    Workspace& workspace_;
};

/// Every expert's standing verdict, by key, then by who. Depends on the events only, not on the order of imports.
std::vector<StandingVerdict> standing_verdicts(std::span<const LabelEvent> events);
bool can_undo(std::span<const LabelEvent> events);
bool can_redo(std::span<const LabelEvent> events);

}  // namespace abm
