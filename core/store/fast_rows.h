// Rows of the large tables. SQLite::Statement copies a shared pointer for each value it hands out: for thirty million values that
// is a third of the time of opening a workspace, so here the values are taken from SQLite directly.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <memory>
#include <string_view>

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/data/cash_movement.h"

namespace abm {

/// A query and its current row. Throws SQLite::Exception.
class FastRows {
public:
    FastRows(SQLite::Database& database, const char* sql) : database_(database) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database.getHandle(), sql, -1, &statement, nullptr));
        statement_.reset(statement);
    }

    void bind(int at, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), at, value)); }
    bool next() {
        const int result = sqlite3_step(statement_.get());
        if (result == SQLITE_ROW) return true;
        if (result != SQLITE_DONE) check(result);
        return false;
    }

    bool is_null(int at) const { return sqlite3_column_type(statement_.get(), at) == SQLITE_NULL; }
    /// Until the next row.
    std::string_view text(int at) const {
        const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), at));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), at))};
    }
    std::int64_t integer(int at) const { return sqlite3_column_int64(statement_.get(), at); }
    Time time(int at) const { return Time(std::chrono::microseconds(integer_or(at, kUnknownTime.time_since_epoch().count()))); }
    Money money(int at) const { return integer_or(at, kNoAmount); }
    std::int32_t count(int at) const { return static_cast<std::int32_t>(integer_or(at, kNoCount)); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    /// NULL reads as 0: the type is asked for only then.
    std::int64_t integer_or(int at, std::int64_t missing) const {
        const std::int64_t value = integer(at);
        return value == 0 && is_null(at) ? missing : value;
    }
    void check(int result) const {
        if (result != SQLITE_OK) throw SQLite::Exception(database_.getHandle(), result);
    }

    SQLite::Database& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace abm
