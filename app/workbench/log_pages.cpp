#include "app/workbench/log_pages.h"

#include <algorithm>
#include <span>

#include "core/data/record_names.h"
#include "core/pipeline/investigate.h"
#include "core/pipeline/search_log.h"
#include "widgets/format.h"

namespace abm {
namespace {

constexpr std::int64_t kPageBytes = 64 * 1024;
constexpr std::int64_t kBefore = 16 * 1024;

std::span<const Record> records_in(std::span<const Record> records, TextSpan span) {
    const auto first = std::partition_point(records.begin(), records.end(),
                                            [&](const Record& record) { return record.span.end() <= span.offset; });
    const auto last =
        std::partition_point(first, records.end(), [&](const Record& record) { return record.span.offset < span.end(); });
    return {first, last};
}

TextSpan wanted_span(const LogRequest& request, std::int64_t bytes) {
    std::int64_t begin = request.offset, end = request.offset + kPageBytes;
    if (request.where == LogRequest::Where::around) begin -= kBefore;
    if (request.where == LogRequest::Where::before) begin -= kPageBytes, end = request.offset;
    begin = std::max<std::int64_t>(begin, 0);
    return {begin, std::min(end, bytes) - begin};
}

bool in_journal(const Record& record) { return record.kind == RecordKind::session || record.kind == RecordKind::interval; }

QString mark_text(const Investigation& all, const Record& record) {
    const Source& source = all.source_of(record);
    const bool session = record.kind == RecordKind::session;
    QString text = session ? QStringLiteral("Session %1 of %2").arg(count_text(record.ordinal), count_text(source.sessions))
                           : QStringLiteral("Interval %1 of %2").arg(count_text(record.ordinal), count_text(source.intervals));
    if (!in_journal(record)) {
        const QString kind = qstring(name_of(record.kind));
        text = QStringLiteral("%1 %2 · %3")
                   .arg(kind.left(1).toUpper() + kind.mid(1), count_text(record.ordinal), qstring(all.machine_of(record)));
    }
    if (known(record.start)) text += " · " + when_text(record.start, DateDetail::year);
    if (record.severity != Severity::none)
        text += QStringLiteral(" · %1, %2").arg(qstring(display_name(record.type)), qstring(name_of(record.severity)));
    return text;
}

/// Entities and windows of series interleave: of them the log marks the one that is selected.
ShownPage with_marks_of(const Investigation& all, const Record& record, ShownPage shown) {
    for (const Finding& finding : all.findings_of(record))
        shown.evidence.insert(shown.evidence.end(), finding.evidence.begin(), finding.evidence.end());
    const bool here = record.span.offset >= shown.page.span.offset && record.span.offset < shown.page.span.end();
    if (here && record.kind != RecordKind::row) shown.marks.push_back({record.span.offset, mark_text(all, record), true});
    if (record.kind == RecordKind::row && here) shown.evidence.push_back({record.span, {}});
    return shown;
}

}  // namespace

ShownPage read_shown_page(const LogOrigin& origin, const LogRequest& request) {
    const Investigation& all = *origin.snapshot;
    const Source& source = origin.file();
    const TextSpan wanted = wanted_span(request, source.bytes);
    const auto holder = record_at(all, origin.source, wanted.offset);
    ShownPage shown;
    shown.page = read_log_page(source, wanted, holder ? all.records[raw(*holder)].span.offset : -1);
    if (origin.index) shown.page.first_line = origin.index->line_of(shown.page.span.offset).value_or(0);
    const Record* const selected = origin.selected ? &all.records[raw(*origin.selected)] : nullptr;
    if (selected && !in_journal(*selected)) return with_marks_of(all, *selected, std::move(shown));
    for (const Record& record : records_in(all.records_of(origin.source), shown.page.span)) {
        for (const Finding& finding : all.findings_of(record))
            shown.evidence.insert(shown.evidence.end(), finding.evidence.begin(), finding.evidence.end());
        if (record.span.offset >= shown.page.span.offset)
            shown.marks.push_back({record.span.offset, mark_text(all, record), &record == selected});
    }
    return shown;
}

namespace {

FoundPlace record_place(const Investigation& all, const Record& record) { return {record.span.offset, mark_text(all, record)}; }

FoundPlace session_place(const LogOrigin& origin, std::int64_t ordinal) {
    const auto records = origin.snapshot->records_of(origin.source);
    for (const Record& record : records) {
        if (record.kind != RecordKind::interval && record.ordinal == ordinal) return record_place(*origin.snapshot, record);
    }
    if (!records.empty() && !in_journal(records.front()))
        return {{},
                QStringLiteral("no record %1: the file has %2").arg(QString::number(ordinal), count_text(std::ssize(records)))};
    return {{},
            QStringLiteral("no session %1: the file has %2")
                .arg(QString::number(ordinal), counted(origin.file().sessions, "session", "sessions"))};
}

FoundPlace line_place(const LogOrigin& origin, std::int64_t line) {
    if (origin.file().is_capture()) return {{}, "no lines in a capture: give a time, @byte or #window"};
    if (!origin.index) return {{}, "lines are not counted yet"};
    if (const auto offset = origin.index->offset_of(line)) return {offset, "line " + count_text(line)};
    const auto lines = origin.index->lines();
    return {{},
            lines ? QStringLiteral("no line %1: the file has %2").arg(count_text(line), counted(*lines, "line", "lines"))
                  : QStringLiteral("lines are still being counted")};
}

FoundPlace byte_place(const LogOrigin& origin, std::int64_t byte) {
    if (byte < origin.file().bytes) return {byte, "byte " + count_text(byte)};
    return {{}, QStringLiteral("no byte %1: the file has %2").arg(count_text(byte), count_text(origin.file().bytes))};
}

// Clocks jump, so records are not sorted by time: the first that holds it, else the one that begins next after it.
FoundPlace time_place(const LogOrigin& origin, Time time) {
    const Investigation& all = *origin.snapshot;
    const Record* next = nullptr;
    const Record* holder = nullptr;
    for (const Record& record : all.records_of(origin.source)) {
        if (!known(record.start)) continue;
        if (record.start <= time && known(record.end) && time <= record.end) {
            holder = &record;
            break;
        }
        if (record.start >= time && (!next || record.start < next->start)) next = &record;
    }
    if (!holder && !next) return {{}, "the file has no time that late"};
    if (!holder) return {next->span.offset, "nothing then; next: " + mark_text(all, *next)};
    FoundPlace place = record_place(all, *holder);
    if (!in_journal(*holder)) return place;
    const std::int64_t second = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count() % 86400;
    for (const LogLine& line : read_log(origin.file(), holder->span)) {
        if (line.second_of_day < second) continue;
        place.offset = line.span.offset;
        break;
    }
    return place;
}

FoundPlace clock_place(const LogOrigin& origin, std::int32_t second) {
    Time day = origin.file().first_time;
    if (origin.selected && known(origin.snapshot->records[raw(*origin.selected)].start))
        day = origin.snapshot->records[raw(*origin.selected)].start;
    if (!known(day)) return {{}, "the file has no times"};
    return time_place(origin, std::chrono::floor<std::chrono::days>(day) + std::chrono::seconds(second));
}

FoundPlace transaction_place(const LogOrigin& origin, std::int64_t number, std::stop_token stop) {
    const TextPattern pattern(R"((?:TRAN(?:SACTION)? NO[ .:#]*|^\s*\*)0*)" + std::to_string(number) + R"((?:\D|$))",
                              {true, false});
    const Source& source = origin.file();
    if (source.is_capture()) return {{}, "no transactions in a capture"};
    std::stop_source found;
    LogMatches seen;
    try {
        const std::stop_callback outer(stop, [&] { found.request_stop(); });
        seen = search_log(
            source, {0, source.bytes}, pattern,
            [&](const LogMatches& matches) {
                seen = matches;
                if (matches.matches > 0) found.request_stop();
            },
            Progress(found.get_token(), {}));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Cancelled || stop.stop_requested()) throw;
    }
    const auto place = step_match(source, pattern, seen, -1, 0, 1);
    if (place) return {place->line, QStringLiteral("transaction %1").arg(number)};
    return {{}, QStringLiteral("no transaction %1 in this file").arg(number)};
}

}  // namespace

FoundPlace find_place(const LogOrigin& origin, const LogPlace& place, std::stop_token stop) {
    switch (place.kind) {
        case LogPlace::Kind::line:
            return line_place(origin, place.number);
        case LogPlace::Kind::byte:
            return byte_place(origin, place.number);
        case LogPlace::Kind::session:
            return session_place(origin, place.number);
        case LogPlace::Kind::transaction:
            return transaction_place(origin, place.number, stop);
        case LogPlace::Kind::clock:
            return clock_place(origin, place.second_of_day);
        case LogPlace::Kind::time:
            return time_place(origin, place.time);
    }
    return {};
}

}  // namespace abm
