#include "core/base/money.h"

#include <fmt/format.h>

namespace abm {

std::string money_text(Money amount, bool grouped) {
    if (amount == kNoAmount) return {};
    const std::uint64_t magnitude = amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    std::string units = fmt::format("{}", magnitude / 100);
    if (grouped) {
        for (auto at = static_cast<std::ptrdiff_t>(units.size()) - 3; at > 0; at -= 3)
            units.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return fmt::format("{}{}.{:02}", amount < 0 ? "-" : "", units, magnitude % 100);
}

std::optional<Money> parse_money(std::string_view text) {
    constexpr std::int64_t kMost = INT64_MAX / 10'000;
    bool negative = false;
    if (!text.empty() && text.front() == '-') {
        negative = true;
        text.remove_prefix(1);
    }
    std::int64_t value = 0;
    int digits = 0;
    int decimals = -1;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (decimals >= 2) return std::nullopt;
            if (value > kMost) return std::nullopt;
            value = value * 10 + (c - '0');
            ++digits;
            if (decimals >= 0) ++decimals;
        } else if (c == '.' && decimals < 0) {
            decimals = 0;
        } else if (c != ',' || digits == 0 || decimals >= 0) {
            return std::nullopt;
        }
    }
    if (digits == 0) return std::nullopt;
    for (int place = decimals < 0 ? 0 : decimals; place < 2; ++place) value *= 10;
    return negative ? -value : value;
}

}  // namespace abm
