#include "core/store/feature_writer.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <algorithm>

#include "core/store/blob.h"
#include "core/store/course_blob.h"
#include "core/store/source_rows.h"
#include "core/store/source_text.h"

namespace abm {
namespace {

constexpr std::size_t kRowsOfBlock = 4'096;

/// blob_of(first, count): of these rows.
template <class BlobOf>
void write_blocks(const RowSink& sink, std::string_view table, std::size_t rows, const BlobOf& blob_of) {
    const auto count_at = [&](std::size_t row) { return std::min(kRowsOfBlock, rows - row); };
    std::size_t row = 0;
    {
        SQLite::Statement query(sink.database, fmt::format("SELECT first_row, row_count, data FROM {} WHERE source_id = ?"
                                                           " ORDER BY first_row",
                                                           table));
        query.bind(1, raw(sink.source));
        const auto stands = [&] {
            const SQLite::Column data = query.getColumn(2);
            const std::string_view stored(static_cast<const char*>(data.getBlob()), static_cast<std::size_t>(data.getBytes()));
            return query.getColumn(0).getInt64() == static_cast<std::int64_t>(row) &&
                   query.getColumn(1).getInt64() == static_cast<std::int64_t>(count_at(row)) &&
                   stored == blob_of(row, count_at(row));
        };
        while (row < rows && query.executeStep() && stands()) row += count_at(row);
    }
    SQLite::Statement forget(sink.database, fmt::format("DELETE FROM {} WHERE source_id = ? AND first_row >= ?", table));
    forget.bind(1, raw(sink.source));
    forget.bind(2, static_cast<std::int64_t>(row));
    forget.exec();
    sink.count_rows(row);
    SQLite::Statement add(sink.database, fmt::format("INSERT INTO {} VALUES(?,?,?,?)", table));
    add.bind(1, raw(sink.source));
    while (row < rows) {
        const std::size_t count = count_at(row);
        const std::string blob = blob_of(row, count);
        add.bind(2, static_cast<std::int64_t>(row));
        add.bind(3, static_cast<std::int64_t>(count));
        add.bindNoCopy(4, blob.data(), static_cast<int>(blob.size()));
        add.exec();
        add.reset();
        row += count;
        sink.count_rows(count);
    }
}

/// The steps of courses are places in this list: when it is another one, so are they.
void write_words(const RowSink& sink, const std::vector<std::string>& words) {
    SQLite::Statement query(sink.database, "SELECT words FROM course_words WHERE source_id = ?");
    query.bind(1, raw(sink.source));
    const std::string text = names_text(words);
    if (query.executeStep() && query.getColumn(0).getString() == text) return;
    query.reset();
    for (const char* const table : {"courses", "course_words"}) forget_rows_in(sink.database, table, sink.source);
    if (words.empty()) return;
    SQLite::Statement add(sink.database, "INSERT INTO course_words VALUES(?, ?)");
    add.bind(1, raw(sink.source));
    add.bind(2, text);
    add.exec();
}

}  // namespace

void write_features(const RowSink& sink, std::span<const float> values, std::size_t columns) {
    const std::size_t rows = columns > 0 ? values.size() / columns : 0;
    write_blocks(sink, "features", rows,
                 [&](std::size_t first, std::size_t count) { return to_blob(values.subspan(first * columns, count * columns)); });
}

void write_courses(const RowSink& sink, const TokenSequences& courses) {
    write_words(sink, courses.words);
    write_blocks(sink, "courses", courses.size(),
                 [&](std::size_t first, std::size_t count) { return course_blob(courses, first, count); });
}

}  // namespace abm
