#include "core/series/column_profile.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/base/card_mask.h"
#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::array kOrders{DateOrder::ymd, DateOrder::dmy, DateOrder::mdy};

bool is_integer(std::string_view cell) {
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    return !cell.empty() && std::all_of(cell.begin(), cell.end(), is_digit);
}

}  // namespace

void ColumnProfile::add(std::string_view cell) {
    cell = trimmed(cell);
    if (is_unknown(cell)) return;
    ++known_;
    add_distinct(cell);
    if (cell.size() == 14 && time_of_cell(cell).kind == DateKind::ymd && count_card_numbers(cell) == 0) {
        add_time(cell);  // 20250303141500
    } else if (add_number(cell)) {
        if (cell.size() >= 9 && time_of_cell(cell).kind == DateKind::epoch) ++epochs_;
        if (cell.size() >= 13 && count_card_numbers(cell) > 0) ++cards_;
    } else if (boolean_of(cell)) {
        ++booleans_;
    } else {
        add_time(cell);
    }
}

bool ColumnProfile::add_number(std::string_view cell) {
    const auto point = number_of(cell, Decimal::point);
    const bool has_mark = cell.find_first_of(".,") != std::string_view::npos;
    const bool comma = has_mark ? number_of(cell, Decimal::comma).has_value() : point.has_value();
    if (point && comma) {
        ++both_;
    } else if (point) {
        ++point_only_;
    } else if (comma) {
        ++comma_only_;
    }
    if (!point) return comma;
    if (!is_integer(cell)) return true;
    rising_ = rising_ && (integers_ == 0 || *point > last_);
    last_ = *point;
    ++integers_;
    return true;
}

bool ColumnProfile::add_time(std::string_view cell) {
    const TimeText time = time_of_cell(cell);
    if (time.size == 0) return false;
    ++dates_;
    if (time.kind != DateKind::long_year && time.kind != DateKind::two_digits) return true;
    ++numeric_dates_;
    if (time.kind == DateKind::long_year && cell.substr(0, 5).find('.') != std::string_view::npos) ++dotted_;
    for (std::size_t order = 0; order < kOrders.size(); ++order)
        allowed_[order] = allowed_[order] && allows(time, kOrders[order]);
    return true;
}

void ColumnProfile::add_distinct(std::string_view cell) {
    if (distinct_.size() <= kMostDistinct) distinct_.insert(std::hash<std::string_view>{}(cell));
}

CellType ColumnProfile::type() const {
    if (known_ == 0) return CellType::none;
    if (most(numbers())) return CellType::number;
    if (most(dates_)) return CellType::time;
    return most(booleans_) ? CellType::boolean : CellType::text;
}

DateOrder ColumnProfile::date_order() const {
    if (std::count(allowed_.begin(), allowed_.end(), true) == 1) {
        const auto only = std::find(allowed_.begin(), allowed_.end(), true);
        return kOrders[static_cast<std::size_t>(only - allowed_.begin())];
    }
    return dotted_ > 0 && dotted_ == numeric_dates_ && allowed_[1] ? DateOrder::dmy : DateOrder::unknown;
}

}  // namespace abm
