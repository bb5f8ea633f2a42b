#include <array>
#include <string_view>

#include "core/data/cash_movement.h"
#include "core/data/label.h"
#include "core/data/record.h"
#include "core/data/source.h"

namespace abm {

std::string_view name_of(RecordKind kind) {
    constexpr std::array<std::string_view, 5> kNames{"session", "interval", "window", "entity", "row"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(CashEvent event) {
    constexpr std::array<std::string_view, 11> kNames{"withdrawal",  "retract",        "unknown_dispense", "purge",
                                                      "deposit",     "refund",         "escrow_left",      "recovery",
                                                      "unexplained", "counts_cleared", "cash_added"};
    return kNames[static_cast<std::size_t>(event)];
}

std::string_view name_of(LineEnd end) {
    constexpr std::array<std::string_view, 5> kNames{"none", "cr", "lf", "crlf", "mixed"};
    return kNames[static_cast<std::size_t>(end)];
}

std::string_view name_of(LabelClass label) {
    constexpr std::array<std::string_view, 4> kNames{"", "anomaly", "normal", "unsure"};
    return kNames[static_cast<std::size_t>(label)];
}

std::optional<LabelClass> label_class_from_name(std::string_view name) {
    for (const LabelClass label : {LabelClass::anomaly, LabelClass::normal, LabelClass::unsure}) {
        if (name == name_of(label)) return label;
    }
    return std::nullopt;
}

}  // namespace abm
