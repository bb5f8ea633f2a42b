// What SQLite reports, as errors that name the workspace, say what was kept and what to do.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/store/workspace.h"

namespace abm {
namespace {

Error damaged(const std::string& name, const std::string& what) {
    return {ErrorCode::Corrupt,
            fmt::format("{}: the workspace is damaged ({}). Nothing was changed; `abm check` lists what is wrong, "
                        "`abm restore` brings back a backup",
                        name, what)};
}

Error of_input_output(const std::string& name, const SQLite::Exception& error) {
    if (error.getExtendedErrorCode() == SQLITE_IOERR_SHMSIZE) {
        return {ErrorCode::Io,
                fmt::format("{}: there is no room for {}-shm. Nothing was changed; free room and try again", name, name)};
    }
    return {ErrorCode::Io,
            fmt::format("{}: the disk or the network drive failed ({}). What was stored before is kept; check it and "
                        "try again",
                        name, error.what())};
}

Error of_constraint(const std::string& name, const SQLite::Exception& error) {
    return {ErrorCode::Invalid, fmt::format("{}: refused ({}). Nothing was changed", name, error.what())};
}

Error of_sqlite(const std::string& name, const SQLite::Exception& error) {
    switch (error.getErrorCode() & 0xFF) {  // the primary code; the rest tells apart causes of one remedy
        case SQLITE_FULL:
            return {ErrorCode::Io, fmt::format("{}: the disk is full. Nothing was changed; free room and try again", name)};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {
                ErrorCode::Io,
                fmt::format("{}: another program is writing to this workspace. Nothing was changed; try again when it is done",
                            name)};
        case SQLITE_READONLY:
            return {ErrorCode::Io,
                    fmt::format("{}: the workspace is read-only. Nothing was changed; check the permissions of the file "
                                "and its folder, or open it for reading only",
                                name)};
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorCode::Io,
                    fmt::format("{}: cannot be opened ({}). Nothing was changed; check the path and the permissions of "
                                "the file and its folder",
                                name, error.what())};
        case SQLITE_NOTADB:
            return {ErrorCode::Mismatch,
                    fmt::format("{}: is not a workspace of ABM Workbench. Nothing was changed; if it was one, "
                                "`abm restore` brings back a backup",
                                name)};
        case SQLITE_CORRUPT:
        case SQLITE_ERROR:  // our statements fit our schema: the schema is another one
            return damaged(name, error.what());
        case SQLITE_IOERR:
            return of_input_output(name, error);
        case SQLITE_CONSTRAINT:
            return of_constraint(name, error);
        case SQLITE_INTERRUPT:
            return {ErrorCode::Cancelled, "cancelled"};
        case SQLITE_NOMEM:
            return {ErrorCode::Io, fmt::format("{}: there is not enough memory. Nothing was changed", name)};
        default:
            return {ErrorCode::Io, fmt::format("{}: {}. Nothing was changed", name, error.what())};
    }
}

/// Errors of core/store below name no workspace: they get its name here, once.
Error named(const std::string& name, const Error& error) {
    const std::string what = error.what();
    if (error.code() == ErrorCode::Cancelled || what.starts_with(name)) return error;
    if (error.code() == ErrorCode::Corrupt) return damaged(name, what);
    return {error.code(), name + ": " + what};
}

}  // namespace

void rethrow_stored(const std::filesystem::path& path) {
    const std::string name = path.string();
    try {
        throw;
    } catch (const SQLite::Exception& error) {
        throw of_sqlite(name, error);
    } catch (const Error& error) {
        throw named(name, error);
    } catch (const nlohmann::json::exception& error) {
        throw damaged(name, error.what());
    } catch (const std::filesystem::filesystem_error& error) {
        throw Error(ErrorCode::Io,
                    fmt::format("{}: {}. Nothing was changed; check the path and the permissions", name, error.code().message()));
    }
}

}  // namespace abm
