// SourceStore::put(): one source with everything that was read from it, in one transaction.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/data/sequence_joiner.h"
#include "core/store/blob.h"
#include "core/store/feature_writer.h"
#include "core/store/finding_writer.h"
#include "core/store/movement_writer.h"
#include "core/store/record_writer.h"
#include "core/store/row_values.h"
#include "core/store/source_rows.h"
#include "core/store/source_store.h"
#include "core/store/source_text.h"
#include "core/store/words.h"

namespace abm {
namespace {

constexpr std::size_t kRowsBetweenCheckpoints = 16'384;

/// What survives kill -9 and is fast: the log is not forced to the disk at each commit. If the power fails, the sources stored
/// last may have to be read again; labels always force the log, with all that came before them.
class BulkSettings {
public:
    explicit BulkSettings(SQLite::Database& database) : database_(database) {
        database_.exec("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536");
    }
    ~BulkSettings() {
        sqlite3_exec(database_.getHandle(), "PRAGMA synchronous = FULL; PRAGMA cache_size = -2000", nullptr, nullptr, nullptr);
    }
    BulkSettings(const BulkSettings&) = delete;
    BulkSettings& operator=(const BulkSettings&) = delete;

private:
    SQLite::Database& database_;
};

class SourceWriter {
public:
    SourceWriter(Workspace& workspace, const Investigation& read, SourceIndex index, int reader_version, const Progress& progress)
        : database_(workspace.database()),
          words_(workspace.words()),
          read_(read),
          index_(index),
          source_(read.sources.at(raw(index))),
          reader_version_(reader_version),
          progress_(progress),
          records_(read.records_of(index)),
          first_record_(static_cast<std::size_t>(records_.data() - read.records.data())) {
        find_features();
        rows_ = records_.size() + read.findings_of(index).size() + read.movements_of(index).size() +
                2 * feature_rows_;  // and their courses
    }

    std::size_t record_count() const { return records_.size(); }

    SourceId write(const ReadingTraces& traces, std::optional<SourceId> replaces) {
        refuse_known_identity(replaces);
        const RowSink sink{database_, words_, write_source(replaces), [this](std::size_t rows) { count_rows(rows); }};
        RecordWriter(sink, read_, first_feature_row_).write(first_record_, first_record_ + records_.size());
        write_findings(sink, read_.findings_of(index_), first_record_, about_source());
        write_movements(sink, read_.movements_of(index_), first_record_);
        write_rows_of_models(sink);
        write_traces(sink.source, traces);
        forget_rows_in(database_, "scores", sink.source);
        return sink.source;
    }

private:
    /// Feature rows of a source are consecutive: the block of the matrix they span.
    void find_features() {
        std::int32_t least = INT32_MAX, most = -1;
        for (const Record& record : records_) {
            const std::int32_t row = record.feature_row;
            if (row < 0) continue;
            ++feature_rows_;
            least = std::min(least, row);
            most = std::max(most, row);
        }
        if (feature_rows_ == 0) return;
        first_feature_row_ = least;
        const bool consecutive = static_cast<std::size_t>(most - least) + 1 == feature_rows_ && most < read_.features.rows();
        if (!consecutive || read_.features.place_of(least).table != read_.features.place_of(most).table)
            throw Error(ErrorCode::Invalid, fmt::format("{}: the feature rows of the source are not consecutive", source_.name));
    }

    void refuse_known_identity(std::optional<SourceId> replaces) {
        SQLite::Statement query(database_, "SELECT id, name FROM sources WHERE identity = ?");
        query.bind(1, source_.identity);
        if (!query.executeStep()) return;
        if (replaces && query.getColumn(0).getInt64() == raw(*replaces)) return;
        throw Error(ErrorCode::Invalid, fmt::format("{} is in the workspace already, as {} (source {}). Nothing was changed",
                                                    source_.name, query.getColumn(1).getString(), query.getColumn(0).getInt64()));
    }

    /// Of the file as it is now. When it is not the one that was read any more, the time says so at the next look.
    FileStamp stamp() const {
        FileStamp now = stamp_of(source_.path).value_or(FileStamp{});
        if (!source_.gzip && now.bytes != source_.bytes) now = {source_.bytes, 0};
        return now;
    }

    SourceId write_source(std::optional<SourceId> replaces) {
        static const char* const kInsert =
            "INSERT INTO sources(identity, name, path, file_bytes, file_time, bytes, format, encoding, gzip, line_end, machine, "
            "lines,"
            " lines_not_understood, first_not_understood, sessions, intervals, card_numbers_masked, account_numbers_masked, "
            "first_time,"
            " last_time, problems, feature_schema, reader_version, read_at, packets, link_type)"
            " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26)";
        static const char* const kReplace =
            "UPDATE sources SET identity=?1, name=?2, path=?3, file_bytes=?4, file_time=?5, bytes=?6, format=?7, encoding=?8, "
            "gzip=?9,"
            " line_end=?10, machine=?11, lines=?12, lines_not_understood=?13, first_not_understood=?14, sessions=?15, "
            "intervals=?16,"
            " card_numbers_masked=?17, account_numbers_masked=?18, first_time=?19, last_time=?20, problems=?21, "
            "feature_schema=?22,"
            " reader_version=?23, read_at=?24, packets=?25, link_type=?26, taken_out_at=NULL WHERE id=?27";
        SQLite::Statement put(database_, replaces ? kReplace : kInsert);
        bind_file(put);
        bind_reading(put);
        if (replaces) put.bind(27, raw(*replaces));
        if (put.exec() != 1)
            throw Error(ErrorCode::Invalid, fmt::format("there is no source {} to replace", replaces ? raw(*replaces) : 0));
        return replaces ? *replaces : static_cast<SourceId>(database_.getLastInsertRowid());
    }

    void bind_file(SQLite::Statement& put) const {
        const FileStamp file = stamp();
        put.bind(1, source_.identity);
        put.bind(2, source_.name);
        put.bind(3, source_.path.string());
        put.bind(4, file.bytes);
        put.bind(5, file.time);
        put.bind(6, source_.bytes);
        put.bind(7, source_.format);
        put.bind(8, source_.encoding);
        put.bind(9, source_.gzip ? 1 : 0);
        put.bind(10, words_.line_ends.code(source_.line_end));
    }

    void bind_reading(SQLite::Statement& put) {
        put.bind(11, source_.machine);
        put.bind(12, source_.lines);
        put.bind(13, source_.lines_not_understood);
        put.bind(14, spans_text(source_.first_not_understood));
        put.bind(15, source_.sessions);
        put.bind(16, source_.intervals);
        put.bind(17, source_.card_numbers_masked);
        put.bind(18, source_.account_numbers_masked);
        bind_time(put, 19, source_.first_time);
        bind_time(put, 20, source_.last_time);
        put.bind(21, problems_text(source_.problems));
        put.bind(22, write_schema());
        put.bind(23, reader_version_);
        put.bind(24, utc_now().time_since_epoch().count());
        put.bind(25, source_.packets);
        put.bind(26, source_.link_type);
    }

    std::string write_schema() {
        const FeatureMatrix features = names_of_features();
        std::string schema = fmt::format("{:016x}", features.schema());
        SQLite::Statement add(database_, "INSERT OR IGNORE INTO feature_schemas(schema, names) VALUES(?, ?)");
        add.bind(1, schema);
        add.bind(2, names_text(features.names));
        add.exec();
        return schema;
    }

    /// Of the rows of the source; where it has none, those any source of its reading has.
    FeatureMatrix names_of_features() const {
        FeatureMatrix named;
        if (feature_rows_ > 0) named.names = read_.features.names_of(first_feature_row_);
        if (feature_rows_ == 0 && read_.features.size() > 0) named.names = read_.features[0].features.names;
        return named;
    }

    std::vector<const Finding*> about_source() const {
        std::vector<const Finding*> findings;
        for (const Finding& finding : read_.source_findings) {
            if (raw(finding.record) == raw(index_)) findings.push_back(&finding);
        }
        return findings;
    }

    void write_rows_of_models(const RowSink& sink) const {
        if (feature_rows_ == 0) {
            write_features(sink, {}, 0);
            return write_courses(sink, {});
        }
        const FeatureTables::Place place = read_.features.place_of(first_feature_row_);
        const RowMatrix& values = read_.features[place.table].features.values;
        const auto columns = static_cast<std::size_t>(values.cols());
        const auto first = static_cast<std::size_t>(place.row);
        write_features(sink, std::span(values.data() + first * columns, feature_rows_ * columns), columns);
        const TokenSequences& all = read_.features[place.table].sequences;
        write_courses(sink, all.size() > 0 ? chosen_sequences(all, first, first + feature_rows_) : TokenSequences());
    }

    bool loses_prints(SourceId id, std::vector<std::uint64_t> now) {
        std::vector<std::uint64_t> before = read_prints(database_, id);
        if (std::ranges::mismatch(before, now).in1 == before.end()) return false;  // new, or grown: nothing to sort
        std::ranges::sort(before);
        std::ranges::sort(now);
        return !std::ranges::includes(now, before);
    }

    void write_traces(SourceId id, const ReadingTraces& traces) {
        if (loses_prints(id, traces.prints)) forget_checkpoints(database_);
        const std::string blob = to_blob(std::span(traces.prints));
        SQLite::Statement prints(database_, "INSERT OR REPLACE INTO session_prints VALUES(?, ?)");
        prints.bind(1, raw(id));
        prints.bindNoCopy(2, blob.data(), static_cast<int>(blob.size()));
        prints.exec();
        if (traces.checkpoint.empty()) return forget_rows_in(database_, "journal_checkpoints", id);
        SQLite::Statement checkpoint(database_, "INSERT OR REPLACE INTO journal_checkpoints VALUES(?, ?)");
        checkpoint.bind(1, raw(id));
        checkpoint.bindNoCopy(2, traces.checkpoint.data(), static_cast<int>(traces.checkpoint.size()));
        checkpoint.exec();
    }

    void count_rows(std::size_t rows) {
        rows_done_ += rows;
        if (rows == 0 || rows_done_ < next_checkpoint_) return;
        next_checkpoint_ = rows_done_ + kRowsBetweenCheckpoints;
        progress_.checkpoint(static_cast<double>(rows_done_) / static_cast<double>(rows_), "storing");
    }

    SQLite::Database& database_;
    const Words& words_;
    const Investigation& read_;
    SourceIndex index_;
    const Source& source_;
    int reader_version_;
    const Progress& progress_;
    std::span<const Record> records_;
    std::size_t first_record_;
    std::size_t feature_rows_ = 0;
    std::int32_t first_feature_row_ = 0;
    std::size_t rows_ = 0, rows_done_ = 0, next_checkpoint_ = 0;
};

std::string details_of(SourceId id, const Source& source, std::size_t records, int reader_version) {
    const nlohmann::json details{{"source", raw(id)},
                                 {"identity", source.identity},
                                 {"bytes", source.bytes},
                                 {"records", records},
                                 {"reader_version", reader_version}};
    return details.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void forget_rows_in(SQLite::Database& database, std::string_view table, SourceId id) {
    SQLite::Statement forget(database, fmt::format("DELETE FROM {} WHERE source_id = ?", table));
    forget.bind(1, raw(id));
    forget.exec();
}

void forget_checkpoints(SQLite::Database& database) { database.exec("DELETE FROM journal_checkpoints"); }

void forget_rows(SQLite::Database& database, SourceId id) {
    for (const char* table : {"records", "record_columns", "findings", "movements", "features", "courses", "course_words",
                              "session_prints", "journal_checkpoints", "scores"})
        forget_rows_in(database, table, id);
}

SourceId SourceStore::put(const Investigation& read, SourceIndex index, const ReadingTraces& traces,
                          std::optional<SourceId> replaces, int reader_version, std::string_view who, const Progress& progress) {
    return stored(workspace_.path(), [&] {
        const Source& source = read.sources.at(raw(index));
        const BulkSettings bulk(workspace_.database());
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SourceWriter writer(workspace_, read, index, reader_version, progress);
        progress.checkpoint(0.0, "storing");
        const SourceId id = writer.write(traces, replaces);
        workspace_.audit(who, replaces ? "replace" : "import", source.name,
                         details_of(id, source, writer.record_count(), reader_version));
        progress.checkpoint(1.0, "storing");
        transaction.commit();
        return id;
    });
}

}  // namespace abm
