// Several reads of one moment, whatever other programs write between them.
#pragma once

#include <SQLiteCpp/Database.h>

namespace abm {

/// Unlike SQLite::Transaction it may stand within another transaction of the same connection: what is offered to views while a
/// workspace is being loaded is read within the transaction of the loader.
class OneState {
public:
    explicit OneState(SQLite::Database& database) : database_(database) { database_.exec("SAVEPOINT one_state"); }
    OneState(const OneState&) = delete;
    OneState& operator=(const OneState&) = delete;
    ~OneState() { database_.tryExec("RELEASE one_state"); }

private:
    SQLite::Database& database_;
};

}  // namespace abm
