// Where the rows of one source go. For the source files of this folder only.
//
// A source that is read again mostly says what it said: a journal that has grown all but its end. Whoever writes its rows
// compares them with what is stored, leaves those at the front that are the same, and replaces the rest: a gigabyte that grows by
// a line is not written anew. What is stored afterwards is the same either way.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <functional>

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

}  // namespace abm
