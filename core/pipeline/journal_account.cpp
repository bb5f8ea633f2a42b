#include "core/pipeline/journal_account.h"

#include <fmt/format.h>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::size_t kListedLines = 100;  // of those not understood, and of those with card numbers

std::string machine_from_name(std::string_view name) {
    std::size_t at = 0;
    while (at < name.size() && !is_digit(name[at])) ++at;
    std::size_t end = at;
    while (end < name.size() && is_digit(name[end])) ++end;
    if (at == end || end - at > 8) return "unknown";
    return fmt::format("{:0>4}", name.substr(at, end - at));
}

void list(const std::vector<TextSpan>& more, std::vector<TextSpan>& lines) {
    for (const TextSpan& line : more) {
        if (lines.size() == kListedLines) return;
        lines.push_back(line);
    }
}

}  // namespace

JournalAccount::JournalAccount(std::string_view file_name) : machine_of_name_(machine_from_name(file_name)) {}

void JournalAccount::take(const JournalChunk& chunk, const LinkedChunk& linked) {
    lines_ += chunk.lexed.lines;
    cr_ends_ += chunk.lexed.cr_ends;
    lf_ends_ += chunk.lexed.lf_ends;
    crlf_ends_ += chunk.lexed.crlf_ends;
    lines_not_understood_ += static_cast<std::int64_t>(chunk.not_understood.size());
    list(chunk.not_understood, first_not_understood_);
    card_numbers_ += static_cast<std::int64_t>(chunk.card_numbers.size());
    list(chunk.card_numbers, card_lines_);
    account_numbers_ += chunk.accounts;
    is_journal_ = is_journal_ || !chunk.lexed.headers.empty() || !chunk.sessions.empty();
    for (const SessionDraft& session : chunk.sessions) {
        if (machine_.empty()) machine_ = session.machine;
    }
    for (const Record& record : linked.records) {
        ++(record.kind == RecordKind::session ? sessions_ : intervals_);
        if (!known(record.start)) continue;
        if (!known(first_time_)) first_time_ = record.start;
        last_time_ = record.end;
    }
    repeated_ += linked.repeated_sessions;
}

LineEnd JournalAccount::line_end() const {
    const int kinds = (cr_ends_ > 0) + (lf_ends_ > 0) + (crlf_ends_ > 0);
    if (kinds > 1) return LineEnd::mixed;
    return cr_ends_ > 0 ? LineEnd::cr : lf_ends_ > 0 ? LineEnd::lf : crlf_ends_ > 0 ? LineEnd::crlf : LineEnd::none;
}

void JournalAccount::tell(Source& source) const {
    if (is_journal_) source.format = "ndc-journal";
    source.machine = machine_;
    source.lines = lines_;
    source.lines_not_understood = lines_not_understood_;
    source.first_not_understood = first_not_understood_;
    source.sessions = sessions_;
    source.intervals = intervals_;
    source.card_numbers_masked = card_numbers_;
    source.account_numbers_masked = account_numbers_;
    source.first_time = first_time_;
    source.last_time = last_time_;
}

void JournalAccount::close(Source& source) const {
    tell(source);
    source.line_end = line_end();
    source.machine = machine();
    if (repeated_ > 0) {
        source.problems.push_back(
            {-1, repeated_, false,
             fmt::format("{} sessions were read before, here or in another file: they count once in the ledger", repeated_)});
    }
    if (source.format != "unknown") return;
    source.intervals = 0;  // what is no journal has no records
    source.machine.clear();
    if (source.bytes > 0 && source.problems.empty()) {
        source.problems.push_back(
            {0, source.lines, true,
             fmt::format("{}: no line was understood as one of an electronic journal; {} lines were looked at. {}", source.name,
                         source.lines,
                         source.path == "-"
                             ? "Standard input is read as a journal: name a file of another kind."
                             : "It is no capture, no table with a header, and no log whose lines begin with times. "
                               "Is this another kind of file?")});
    }
}

std::optional<Finding> JournalAccount::card_number_finding(const Source& source, RecordIndex record) const {
    if (card_numbers_ == 0) return std::nullopt;
    Finding finding;
    finding.record = record;
    finding.type = RecordType::card_number_in_log;
    finding.severity = Severity::medium;
    finding.rule = "card-number-in-log";
    finding.span = {0, source.bytes};
    finding.sentence =
        fmt::format("{} holds {} full card number{} in its text; {} masked wherever the text is shown.", source.name,
                    card_numbers_, card_numbers_ == 1 ? "" : "s", card_numbers_ == 1 ? "it is" : "they are");
    finding.action = "Tell the owner of the terminal software: full card numbers must not be written to journals.";
    for (const TextSpan& line : card_lines_) finding.evidence.push_back({line, "full card number, masked"});
    return finding;
}

}  // namespace abm
