// Where the rows of one source go. For the source files of this folder only.
//
// A source that is read again mostly says what it said: a journal that has grown all but its end. Whoever writes its rows
// compares them with what is stored, leaves those at the front that are the same, and replaces the rest: a gigabyte that grows by
// a line is not written anew. What is stored afterwards is the same either way.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <cstddef>
#include <functional>
#include <string_view>

#include "core/base/ids.h"
#include "core/store/words.h"

namespace abm {

/// REQUIRES of everything that writes into it: inside a transaction.
struct RowSink {
    SQLite::Database& database;
    const Words& words;
    SourceId source;
    std::function<void(std::size_t rows)> count_rows;  ///< told of all rows, those that stay among them; throws to stop
};

/// Of `rows` rows of a table, numbered by `position`, the first `stays` are stored as they are: the others are deleted and
/// inserted. columns: how many the table has; bind(statement, row) binds those behind source and position.
template <class Bind>
void write_from(const RowSink& sink, std::string_view table, int columns, std::size_t stays, std::size_t rows, const Bind& bind) {
    SQLite::Statement forget(sink.database, fmt::format("DELETE FROM {} WHERE source_id = ? AND position >= ?", table));
    forget.bind(1, raw(sink.source));
    forget.bind(2, static_cast<std::int64_t>(stays));
    forget.exec();
    sink.count_rows(stays);
    std::string values = "?";
    for (int column = 1; column < columns; ++column) values += ",?";
    SQLite::Statement add(sink.database, fmt::format("INSERT INTO {} VALUES({})", table, values));
    add.bind(1, raw(sink.source));
    for (std::size_t row = stays; row < rows; ++row) {
        add.bind(2, static_cast<std::int64_t>(row));
        bind(add, row);
        add.exec();
        add.reset();
        sink.count_rows(1);
    }
}

}  // namespace abm
