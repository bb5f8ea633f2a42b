// Amounts of money in minor units (hundredths), so that a ledger adds up to the last cent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace abm {

using Money = std::int64_t;  ///< hundredths of the currency unit
inline constexpr Money kNoAmount = INT64_MIN;

/// The amount in currency units, for facts and features.
inline double units(Money amount) { return static_cast<double>(amount) / 100.0; }

/// "1,000.00"; empty for kNoAmount. grouped = false gives "1000.00" (machine-readable tables).
std::string money_text(Money amount, bool grouped = true);
/// Reads "1,204.10", "38000.00", "20000", "-3.5". nullopt when it is not a number or overflows.
std::optional<Money> parse_money(std::string_view text);

}  // namespace abm
