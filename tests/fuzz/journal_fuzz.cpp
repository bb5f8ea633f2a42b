// Journals come from machines that crash in mid-line. Whatever the bytes: records tile them, nothing points outside them, and
// where the text is cut (always before a START line) does not change what is read.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/decide/rule_set.h"
#include "core/ingest/journal_chunk.h"
#include "core/ingest/linker.h"
#include "core/pipeline/judge.h"

namespace {

using abm::TextSpan;

void require(bool holds) {
    if (!holds) std::abort();
}

bool inside(const TextSpan& span, std::int64_t bytes) {
    return span.offset >= 0 && span.bytes >= 0 && span.offset <= bytes && span.bytes <= bytes - span.offset;
}

/// What one way of cutting gives.
struct Reading {
    std::vector<abm::Record> records;
    std::vector<abm::Finding> findings;
    std::vector<abm::CashMovement> movements;
    std::vector<float> features;
    std::vector<TextSpan> not_understood;
    std::int64_t lines = 0;
};

/// Lines as the lexer sees them: CR, LF and CRLF end a line.
std::vector<std::size_t> start_lines(std::string_view text) {
    std::vector<std::size_t> starts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
        // As in core/ingest/journal_blocks.cpp: a block is cut only before a START line whose end was seen.
        if (begin > 0 && end < text.size() && abm::is_start_line(text.substr(begin, end - begin))) starts.push_back(begin);
        begin = end + 1;
    }
    return starts;
}

void check_chunk(const abm::JournalChunk& chunk, const abm::LinkedChunk& linked, std::int64_t bytes) {
    for (const abm::Event& event : chunk.lexed.events) {
        require(event.offset >= chunk.offset && inside(event.span(), bytes));
        chunk.words_of(event);
    }
    for (const abm::RecordDraft& record : chunk.records)
        require(record.events.first + record.events.count <= chunk.lexed.events.size());
    for (const TextSpan& span : chunk.not_understood) require(inside(span, bytes));
    for (const TextSpan& span : chunk.card_numbers) require(inside(span, bytes));
    for (const abm::LinkedScope& scope : linked.scopes) {
        require(inside(scope.span, bytes));
        require(scope.events.first + scope.events.count <= chunk.lexed.events.size());
        require(scope.session < std::ssize(chunk.sessions) && scope.facts < std::ssize(linked.facts));
        require(scope.session >= 0 || scope.facts >= 0);
    }
}

void take(Reading& reading, const abm::JournalChunk* chunk, const abm::LinkedChunk& linked) {
    const abm::JudgedChunk judged = abm::judge(chunk, linked, abm::RuleSet::built_in(), "0001");
    reading.records.insert(reading.records.end(), linked.records.begin(), linked.records.end());
    reading.movements.insert(reading.movements.end(), linked.movements.begin(), linked.movements.end());
    reading.findings.insert(reading.findings.end(), judged.findings.begin(), judged.findings.end());
    reading.features.insert(reading.features.end(), judged.features.begin(), judged.features.end());
}

/// Reads text cut before each of `cuts`.
Reading read(std::string_view text, const std::vector<std::size_t>& cuts) {
    Reading reading;
    abm::SessionIdentities identities;
    abm::SourceLinker linker({}, {}, identities);
    abm::JournalChunk chunk;  // one for all pieces, as the pipeline does: nothing of a piece may survive into the next
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const std::size_t end = i < cuts.size() ? cuts[i] : text.size();
        chunk.text.assign(text.substr(begin, end - begin));
        chunk.offset = static_cast<std::int64_t>(begin);
        abm::read_chunk(chunk);
        const abm::LinkedChunk linked = linker.link(chunk);
        check_chunk(chunk, linked, static_cast<std::int64_t>(text.size()));
        take(reading, &chunk, linked);
        reading.lines += chunk.lexed.lines;
        reading.not_understood.insert(reading.not_understood.end(), chunk.not_understood.begin(), chunk.not_understood.end());
        begin = end;
    }
    const abm::LinkedChunk ending = linker.finish(static_cast<std::int64_t>(text.size()));
    require(ending.records.empty());
    take(reading, nullptr, ending);
    abm::roll_up(reading.records, reading.findings);
    return reading;
}

void check_whole(const Reading& reading, std::int64_t bytes) {
    std::int64_t at = 0;
    for (const abm::Record& record : reading.records) {
        require(record.span.offset == at && record.span.bytes > 0);
        at = record.span.end();
    }
    require(at == bytes);
    for (const abm::Finding& finding : reading.findings) {
        require(raw(finding.record) < reading.records.size() && inside(finding.span, bytes) && !finding.sentence.empty());
        for (const abm::Evidence& evidence : finding.evidence) require(inside(evidence.line, bytes));
    }
    for (const abm::CashMovement& movement : reading.movements) {
        require(movement.offset >= 0 && movement.offset < bytes && raw(movement.record) < reading.records.size());
    }
}

bool same(const abm::Record& a, const abm::Record& b) {
    return a.span == b.span && a.start == b.start && a.end == b.end && a.amount == b.amount && a.at_risk == b.at_risk &&
           a.ordinal == b.ordinal && a.kind == b.kind && a.type == b.type && a.severity == b.severity &&
           a.activity == b.activity && a.trivial == b.trivial && a.first_finding == b.first_finding &&
           a.finding_count == b.finding_count;
}

bool same(const abm::Finding& a, const abm::Finding& b) {
    return a.record == b.record && a.span == b.span && a.amount == b.amount && a.rule == b.rule && a.sentence == b.sentence &&
           a.evidence.size() == b.evidence.size();
}

void require_same(const Reading& whole, const Reading& pieces) {
    require(whole.lines == pieces.lines && whole.not_understood == pieces.not_understood);
    require(whole.records.size() == pieces.records.size() && whole.findings.size() == pieces.findings.size());
    for (std::size_t i = 0; i < whole.records.size(); ++i) require(same(whole.records[i], pieces.records[i]));
    for (std::size_t i = 0; i < whole.findings.size(); ++i) require(same(whole.findings[i], pieces.findings[i]));
    require(whole.movements.size() == pieces.movements.size() && whole.features.size() == pieces.features.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const Reading whole = read(text, {});
    check_whole(whole, static_cast<std::int64_t>(size));
    const std::vector<std::size_t> cuts = start_lines(text);
    if (!cuts.empty()) require_same(whole, read(text, cuts));
    return 0;
}
