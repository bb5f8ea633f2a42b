#include "core/store/source_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "core/store/blob.h"
#include "core/store/source_rows.h"

namespace abm {

std::optional<FileStamp> stamp_of(const std::filesystem::path& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0) return std::nullopt;
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    return FileStamp{static_cast<std::int64_t>(about.st_size), about.st_mtim.tv_sec * kNanoseconds + about.st_mtim.tv_nsec};
}

namespace {

constexpr const char* kStoredSource =
    "SELECT id, identity, name, path, bytes, file_bytes, file_time, reader_version, read_at FROM sources";

StoredSource source_from(SQLite::Statement& row) {
    StoredSource source;
    source.id = static_cast<SourceId>(row.getColumn(0).getInt64());
    source.identity = row.getColumn(1).getString();
    source.name = row.getColumn(2).getString();
    source.path = row.getColumn(3).getString();
    source.bytes = row.getColumn(4).getInt64();
    source.file_bytes = row.getColumn(5).getInt64();
    source.file_time = row.getColumn(6).getInt64();
    source.reader_version = row.getColumn(7).getInt();
    source.read_at = row.getColumn(8).getInt64();
    return source;
}

std::vector<StoredSource> sources_where(SQLite::Database& database, std::string_view condition) {
    SQLite::Statement query(database, fmt::format("{} WHERE {} ORDER BY id", kStoredSource, condition));
    std::vector<StoredSource> sources;
    while (query.executeStep()) sources.push_back(source_from(query));
    return sources;
}

}  // namespace

std::vector<StoredSource> SourceStore::list() const {
    return stored(workspace_.path(), [&] { return sources_where(workspace_.database(), "taken_out_at IS NULL"); });
}

std::vector<StoredSource> SourceStore::taken_out() const {
    return stored(workspace_.path(), [&] { return sources_where(workspace_.database(), "taken_out_at IS NOT NULL"); });
}

std::optional<StoredSource> SourceStore::find(SourceId id) const {
    return stored(workspace_.path(), [&]() -> std::optional<StoredSource> {
        SQLite::Statement query(workspace_.database(), fmt::format("{} WHERE id = ?", kStoredSource));
        query.bind(1, raw(id));
        if (!query.executeStep()) return std::nullopt;
        return source_from(query);
    });
}

void SourceStore::moved(SourceId id, const std::filesystem::path& path, std::string_view who) {
    stored(workspace_.path(), [&] {
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement before(workspace_.database(), "SELECT path, file_bytes, file_time FROM sources WHERE id = ?");
        before.bind(1, raw(id));
        if (!before.executeStep()) throw Error(ErrorCode::Invalid, fmt::format("there is no source {}", raw(id)));
        const FileStamp stamp = stamp_of(path).value_or(FileStamp{});
        const std::string old_path = before.getColumn(0).getString();
        const bool same_stamp = stamp == FileStamp{before.getColumn(1).getInt64(), before.getColumn(2).getInt64()};
        if (old_path == path.string() && same_stamp) return;
        SQLite::Statement change(workspace_.database(),
                                 "UPDATE sources SET path = ?, name = ?, file_bytes = ?, file_time = ? WHERE id = ?");
        change.bind(1, path.string());
        change.bind(2, path.filename().string());
        change.bind(3, stamp.bytes);
        change.bind(4, stamp.time);
        change.bind(5, raw(id));
        change.exec();
        const nlohmann::json details{{"source", raw(id)}, {"from", old_path}, {"to", path.string()}};
        workspace_.audit(who, "move", path.filename().string(),
                         details.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        transaction.commit();
    });
}

std::vector<std::uint64_t> SourceStore::prints(SourceId id) const {
    return stored(workspace_.path(), [&] { return read_prints(workspace_.database(), id); });
}

std::string SourceStore::checkpoint(SourceId id) const {
    return stored(workspace_.path(), [&] {
        SQLite::Statement query(workspace_.database(), "SELECT data FROM journal_checkpoints WHERE source_id = ?");
        query.bind(1, raw(id));
        return query.executeStep() ? query.getColumn(0).getString() : std::string();
    });
}

std::vector<std::uint64_t> read_prints(SQLite::Database& database, SourceId id) {
    SQLite::Statement query(database, "SELECT data FROM session_prints WHERE source_id = ?");
    query.bind(1, raw(id));
    std::vector<std::uint64_t> prints;
    if (!query.executeStep()) return prints;
    const SQLite::Column data = query.getColumn(0);
    prints.resize(static_cast<std::size_t>(data.getBytes()) / sizeof(std::uint64_t));
    from_blob(data.getBlob(), static_cast<std::size_t>(data.getBytes()), std::span(prints));
    return prints;
}

}  // namespace abm
