// Connections to a workspace file: what is one, what may be written, what lies on read-only media.
#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <memory>

namespace abm {

/// Makes what does not exist, brings older schemas up to date. WAL, every commit on the disk when it returns.
/// Throws Error or SQLite::Exception; a file that is no workspace, or one of a newer program, was not touched.
std::unique_ptr<SQLite::Database> open_for_writing(const std::filesystem::path& path);

/// Writes nothing into the workspace. Throws Error or SQLite::Exception.
std::unique_ptr<SQLite::Database> open_for_reading(const std::filesystem::path& path);

}  // namespace abm
