// One line of the cash ledger: something that moved, or should have moved, notes of one cassette.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/time.h"

namespace abm {

enum class CashEvent : std::uint8_t {
    withdrawal,        ///< notes presented to a customer against the counters
    retract,           ///< notes presented and not taken
    unknown_dispense,  ///< the dispenser does not know what it paid out
    purge,             ///< notes that went to the reject bin
    deposit,           ///< notes validated into a cassette against the receipt
    refund,            ///< notes returned to the customer
    escrow_left,       ///< notes in escrow neither vaulted nor returned
    recovery,          ///< notes recognised after a reset
    unexplained,       ///< counters moved without a dispense
    counts_cleared,    ///< the operator set the counters
    cash_added,        ///< replenishment
};
std::string_view name_of(CashEvent event);

inline constexpr std::int32_t kNoCount = INT32_MIN;

struct CashMovement {
    std::int64_t offset = 0;  ///< byte of the line that proves it
    Time time = kUnknownTime;
    Money denomination = kNoAmount;  ///< kNoAmount: unknown or mixed
    Money difference = 0;            ///< (counted - expected) x denomination; or as the receipt says
    std::int32_t notes = 0;
    std::int32_t expected = kNoCount;  ///< counter the books demand after the movement
    std::int32_t counted = kNoCount;   ///< counter the machine printed
    SourceIndex source{};
    MachineIndex machine{};
    RecordIndex record{};
    CashEvent event{};
    std::int16_t cassette = -1;  ///< 0..: dispenser cassette; -1: acceptor
};

/// Something does not add up: an amount is missing or over, or notes stand where nobody booked them and their worth is unknown.
/// Counters that an operator set to other than the books are none: that is what clearing and replenishing are for.
constexpr bool is_discrepancy(const CashMovement& movement) {
    const bool amount_differs = movement.difference != 0 && movement.difference != kNoAmount;
    return amount_differs || movement.event == CashEvent::unexplained || movement.event == CashEvent::escrow_left;
}

}  // namespace abm
