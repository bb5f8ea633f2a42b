// Values of rows that may be missing: NULL stands for them.
#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/data/cash_movement.h"

namespace abm {

inline void bind_time(SQLite::Statement& statement, int at, Time time) {
    if (known(time))
        statement.bind(at, time.time_since_epoch().count());
    else
        statement.bind(at);
}
inline void bind_money(SQLite::Statement& statement, int at, Money amount) {
    if (amount != kNoAmount)
        statement.bind(at, amount);
    else
        statement.bind(at);
}
inline void bind_count(SQLite::Statement& statement, int at, std::int32_t count) {
    if (count != kNoCount)
        statement.bind(at, count);
    else
        statement.bind(at);
}

inline Time time_of(const SQLite::Column& column) {
    return column.isNull() ? kUnknownTime : Time(std::chrono::microseconds(column.getInt64()));
}
inline Money money_of(const SQLite::Column& column) { return column.isNull() ? kNoAmount : column.getInt64(); }
inline std::int32_t count_of(const SQLite::Column& column) { return column.isNull() ? kNoCount : column.getInt(); }

}  // namespace abm
