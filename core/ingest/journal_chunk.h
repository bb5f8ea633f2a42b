// A piece of a journal that begins at a START line (or at the start of its source) and what was read out of it.
// Everything here is independent of what came before; core/ingest/linker.h adds the history.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/data/record.h"
#include "core/ingest/escapes.h"
#include "core/ingest/fact.h"
#include "core/ingest/journal_lexer.h"
#include "core/ingest/scope.h"
#include "core/ingest/text_scan.h"

namespace abm {

inline constexpr int kMostCassettes = 8;
inline constexpr Money kMostDenomination = 100'000'000;  ///< a note of a million; more is a damaged line
using CassetteCounts = std::array<std::int32_t, kMostCassettes>;
using CassetteValues = std::array<Money, kMostCassettes>;

/// Half-open range of indices into one of the pools of a chunk.
struct PoolRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// What moved, or counted, notes of the dispenser, in the order of the journal.
struct CashStep {
    enum class Kind : std::uint8_t { presented, taken, retracted, unknown, counters };
    Kind kind = Kind::presented;
    std::int16_t cassettes = 0;  ///< how many of the counts below are meant
    std::int64_t offset = 0;
    CassetteCounts notes{};         ///< presented or requested notes
    CassetteValues denomination{};  ///< counters only
    CassetteCounts dispensed{}, rejected{}, remaining{};
};

/// One receipt and the exchange it closes: from OPCODE or "START OF TRANSACTION" to the next one or to the end of the session.
struct Receipt {
    std::int64_t offset = 0;       ///< where its exchange begins
    std::int64_t end = INT64_MAX;  ///< where the next exchange begins
    Money withdrawal = kNoAmount;
    Money deposit = kNoAmount;  ///< credited value of a cash deposit
    Money cheque = kNoAmount;
    Money payment = kNoAmount;
    Money balance = kNoAmount;
    std::int32_t serial = -1;       ///< last four digits of TRAN NO; -1: none or 000000
    std::int32_t host_second = -1;  ///< second of the day by the host's clock
    std::int32_t terminal_second = -1;
    bool printed = false;  ///< any receipt text at all
    bool authorised = false;
    bool balance_inquiry = false;
    bool has_bills = false;
    EventKind decline = EventKind::blank;  ///< blank: none
};

/// Notes of one denomination in an acceptor block or on a deposit receipt.
struct NoteCount {
    Money denomination = 0;
    std::int32_t notes = 0;
};

/// A list of notes somewhere in the session, e.g. what one VAL: line says.
struct NoteTally {
    enum class Kind : std::uint8_t { escrow, validated, returned, recovered, receipt };
    Kind kind = Kind::escrow;
    std::int64_t offset = 0;
    std::int32_t notes = 0;  ///< as counted by the line itself
    Money amount = 0;        ///< sum over the list; 0 when no list was printed
    PoolRange list;          ///< NoteCount
};

/// A total row of the acceptor's table.
struct AcceptorTable {
    std::int64_t offset = 0;
    std::int32_t stored = -1;  ///< notes in the cassettes; -1: not printed
    std::int32_t retracted = -1;
    std::int32_t rejected = -1;
    std::int32_t counterfeit = -1;
};

struct SessionDraft {
    Facts facts;
    std::uint64_t identity = 0;      ///< hash of the session's bytes: the same session in two files counts once
    std::uint64_t card = 0;          ///< hash of the masked card number; 0: none
    std::int32_t issuer = -1;        ///< first digits of the card
    std::string_view masked_card;    ///< in the chunk's text
    std::string_view machine;        ///< MACHINE of the receipt; in the chunk's text
    std::array<char, 4> currency{};  ///< "JMD", or empty
    std::int32_t first_second = kNoSecond, last_second = kNoSecond;
    std::int32_t first_serial = -1, last_serial = -1;
    std::int32_t exchanges_before_first_serial = 0, exchanges_after_last_serial = 0;
    PoolRange cash_steps, receipts, tallies, tables;
    bool fallback = false;
    bool deposit_approved = false;  ///< the chip approved (TC) after the last notes were inserted
};

struct RecordDraft {
    TextSpan span;
    PoolRange events;
    std::int32_t session = -1;       ///< index into sessions; -1: an interval
    std::uint32_t first_header = 0;  ///< headers [first_header, next record's first_header) lie in this record
    bool trivial = false;
};

struct JournalChunk {
    std::int64_t offset = 0;  ///< of text in the source
    std::string text;
    LexedText lexed;
    std::vector<RecordDraft> records;
    std::vector<SessionDraft> sessions;
    std::vector<CashStep> cash_steps;
    std::vector<Receipt> receipts;
    std::vector<NoteTally> tallies;
    std::vector<NoteCount> notes;
    std::vector<AcceptorTable> tables;
    std::vector<TextSpan> not_understood;  ///< all of them
    std::vector<TextSpan> card_numbers;    ///< lines that hold an unmasked card number
    std::int64_t accounts = 0;             ///< MICR lines

    std::string_view line_of(const Event& event) const {
        return std::string_view(text).substr(static_cast<std::size_t>(event.offset - offset),
                                             static_cast<std::size_t>(event.bytes));
    }
    /// The line without escapes in front, time and surrounding blanks.
    std::string_view words_of(const Event& event) const {
        std::string_view line = line_of(event);
        line.remove_prefix(read_prefix(line).bytes);
        if (event.second != kNoSecond) line.remove_prefix(8);
        if (!line.empty() && line.front() == '*' && event.second != kNoSecond) line.remove_prefix(1);
        return trimmed(line);
    }
    /// Forgets everything but the memory.
    void clear();
    std::span<const Event> events_of(const RecordDraft& record) const {
        return std::span(lexed.events).subspan(record.events.first, record.events.count);
    }
};

/// Lexes, cuts into sessions and intervals, and establishes what each session says about itself.
/// chunk.text, at chunk.offset, begins at a START line or at the start of its source; everything else in chunk is made anew
/// (its memory is used again). Safe on any bytes.
void read_chunk(JournalChunk& chunk);

}  // namespace abm
