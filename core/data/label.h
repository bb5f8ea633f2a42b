// What experts say about records, and how a record is known for good. Source of the rules: docs/workspace-format.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace abm {

enum class SourceId : std::int64_t {};  ///< sources.id of a workspace; 0: not stored
enum class ModelId : std::int64_t {};   ///< models.id of a workspace, counted from 1; 0: none
enum class StepId : std::int64_t {};    ///< one act of an expert, undone as one: label_events.step

/// `none`: nobody has decided. `unsure` is kept and shown, and never trains.
enum class LabelClass : std::uint8_t { none, anomaly, normal, unsure };
std::string_view name_of(LabelClass label);                              ///< "" for none
std::optional<LabelClass> label_class_from_name(std::string_view name);  ///< of "anomaly", "normal", "unsure" only

/// Whether models and rule weights learn from it.
constexpr bool trains(LabelClass label) { return label == LabelClass::anomaly || label == LabelClass::normal; }

/// One expert's verdict.
struct Label {
    LabelClass label = LabelClass::none;
    std::string type;          ///< a record type or a word of the expert's own; may be empty
    std::string note;          ///< may be empty; card numbers are masked
    std::string who;           ///< never empty
    Time when = kUnknownTime;  ///< UTC
};

/// The verdict that counts for a record: the latest by time of all experts'.
struct StandingLabel {
    RecordIndex record{};
    std::int64_t event = 0;  ///< label_events.id: "#17"
    Label label;
    bool disputed = false;  ///< another expert's standing verdict says something else
};

}  // namespace abm
