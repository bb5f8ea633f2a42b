#include "core/generate/truth.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "core/base/error.h"
#include "core/base/time.h"

namespace abm {
namespace {

constexpr std::size_t kBlock = 128 * 1024;

void put_field(std::string& row, std::string_view text) {
    if (text.find_first_of(",\"") == std::string_view::npos) {
        row += text;
        return;
    }
    row += '"';
    for (const char c : text) row.append(c == '"' ? 2 : 1, c);
    row += '"';
}

}  // namespace

Outcome ordinary(RecordType type, std::string note) { return {type, Severity::none, kNoAmount, std::move(note), false}; }

Outcome incident(RecordType type, Severity severity, std::string note, Money amount) {
    return {type, severity, amount, std::move(note), true};
}

void TruthLog::add(const Place& place, const Outcome& outcome) {
    if (place.kind == "session") ++sessions;
    if (outcome.anomaly) ++incidents;
    fmt::format_to(std::back_inserter(buffer_), "{},{},{},{},{},{},{},{},{},", place.kind, place.ordinal, place.start, place.end,
                   iso8601(Time{std::chrono::seconds{place.second}}), outcome.anomaly ? "anomaly" : "normal",
                   name_of(outcome.type), name_of(outcome.severity), money_text(outcome.amount, false));
    put_field(buffer_, outcome.note);
    buffer_ += '\n';
    if (buffer_.size() > kBlock) flush();
}

void TruthLog::flush() {
    spool_.write(buffer_);
    buffer_.clear();
}

void append_truth(const PartFile& spool, std::string_view journal_name, PartFile& truth) {
    std::ifstream rows(spool.part(), std::ios::binary);
    std::string block, row;
    while (std::getline(rows, row)) {
        block.append(journal_name).append(1, ',').append(row).append(1, '\n');
        if (block.size() < kBlock) continue;
        truth.write(block);
        block.clear();
    }
    if (!rows.eof())
        throw Error(ErrorCode::Io, fmt::format("cannot read back {}; nothing of this run is kept", spool.part().string()));
    truth.write(block);
}

}  // namespace abm
