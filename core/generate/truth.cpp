#include "core/generate/truth.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "core/base/error.h"
#include "core/base/time.h"

namespace abm {
namespace {

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
    std::string row = fmt::format("{},{},{},{},{},{},{},{},{},", place.kind, place.ordinal, place.start, place.end,
                                  iso8601(Time{std::chrono::seconds{place.second}}), outcome.anomaly ? "anomaly" : "normal",
                                  name_of(outcome.type), name_of(outcome.severity), money_text(outcome.amount, false));
    put_field(row, outcome.note);
    row += '\n';
    spool_.write(row);
}

void append_truth(const PartFile& spool, std::string_view journal_name, PartFile& truth) {
    std::ifstream rows(spool.part(), std::ios::binary);
    std::string row;
    while (std::getline(rows, row)) truth.write(fmt::format("{},{}\n", journal_name, row));
    if (!rows.eof())
        throw Error(ErrorCode::Io, fmt::format("cannot read back {}; nothing of this run is kept", spool.part().string()));
}

}  // namespace abm
