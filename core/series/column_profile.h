// What the cells of one column are, counted in one pass.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/series/cell.h"

namespace abm {

enum class CellType : std::uint8_t { none, number, boolean, time, text };

class ColumnProfile {
public:
    static constexpr std::size_t kMostDistinct = 10'000;

    void add(std::string_view cell);

    std::int64_t known() const { return known_; }
    /// Nine of ten known cells are of this type, else text; none: no cell is known. Seconds since 1970 are numbers.
    CellType type() const;
    /// Seconds since 1970 or finer in nine of ten cells: a time when the name says so.
    bool epoch() const { return most(epochs_); }
    /// Comma: more cells are numbers only with it than only with a point.
    Decimal decimal() const { return comma_only_ > point_only_ ? Decimal::comma : Decimal::point; }
    bool integer() const { return most(numbers()) && integers_ == numbers(); }
    bool constant() const { return distinct_.size() == 1; }
    /// Integers, five or more, each above the one before.
    bool counts_up() const { return known_ >= 5 && known_ == integers_ && rising_; }
    bool card_numbers() const { return 2 * cards_ > known_; }
    /// Exact up to kMostDistinct; one more: too many.
    std::size_t distinct() const { return distinct_.size(); }
    /// The order of day, month and year that all dates allow when the others do not; points between them mean day first.
    DateOrder date_order() const;
    /// Every order of numbers is allowed by more than one: no Time can be told.
    bool ambiguous_dates() const { return numeric_dates_ > 0 && date_order() == DateOrder::unknown; }

private:
    bool most(std::int64_t count) const { return known_ > 0 && 10 * count >= 9 * known_; }
    std::int64_t numbers() const { return both_ + (decimal() == Decimal::comma ? comma_only_ : point_only_); }
    bool add_number(std::string_view cell);
    bool add_time(std::string_view cell);
    void add_distinct(std::string_view cell);

    std::int64_t known_ = 0, both_ = 0, point_only_ = 0, comma_only_ = 0, integers_ = 0;
    std::int64_t booleans_ = 0, dates_ = 0, numeric_dates_ = 0, epochs_ = 0, cards_ = 0, dotted_ = 0;
    std::array<bool, 3> allowed_{true, true, true};  ///< ymd, dmy, mdy
    double last_ = 0;
    bool rising_ = true;
    std::unordered_set<std::uint64_t> distinct_;
};

}  // namespace abm
