#include "core/ingest/acceptor_reader.h"

#include <algorithm>

#include "core/ingest/device_status.h"

namespace abm {
namespace {

using K = EventKind;

}  // namespace

void AcceptorReader::see(const Event& event) {
    if (tally_open_ && event.kind != K::note_list && event.kind != K::blank) end_tally();
    Facts& facts = session_.facts;
    switch (event.kind) {
        case K::escrow_count:
            begin_tally(NoteTally::Kind::escrow, event);
            break;
        case K::validated_count:
            begin_tally(recovering_ ? NoteTally::Kind::recovered : NoteTally::Kind::validated, event);
            break;
        case K::refused_count:
            begin_tally(NoteTally::Kind::returned, event);
            break;
        case K::note_list:
            read_list(event);
            break;
        case K::acceptor_status:
            read_status(event);
            break;
        case K::acceptor_table_head:
            read_table_head(event);
            break;
        case K::acceptor_table_total:
            read_table_total(event);
            break;
        case K::recovery_started:
        case K::init_acceptor:
            recovering_ = true;
            break;
        case K::items_inserted:
            ++inserted_;
            facts[Fact::items_inserted] += 1;
            break;
        case K::input_refused:
            facts[Fact::items_refused] += 1;
            break;
        case K::note_error:
            facts[Fact::note_errors] += 1;
            break;
        case K::deposit_refunded:
            refund_announced_ = true;
            break;
        case K::items_presented:
            ++presented_;
            break;
        case K::items_taken:
            ++taken_;
            if (refund_announced_) returned_by_hand();
            break;
        case K::retract_started:
            // Within a recovery the retract is how the recovery empties the transport.
            if (!recovering_) facts[Fact::retract_to_bin] += 1;
            break;
        default:
            break;
    }
}

void AcceptorReader::begin_tally(NoteTally::Kind kind, const Event& event) {
    open_ = {kind, event.offset, std::clamp(event.value, 0, kMostNotes), 0, {static_cast<std::uint32_t>(chunk_.notes.size()), 0}};
    tally_open_ = true;
}

// "JMD500-000,JMD1000-013,": notes per denomination of the count line above.
void AcceptorReader::read_list(const Event& event) {
    if (!tally_open_) return;
    std::string_view words = chunk_.words_of(event);
    std::copy_n(words.begin(), 3, session_.currency.begin());
    while (!words.empty()) {
        const std::int32_t value = take_number(words);
        if (value < 0 || words.empty() || words.front() != '-') break;
        const std::int32_t notes = take_count(words);
        if (notes > 0) {
            const Money denomination = std::min(Money{value} * 100, kMostDenomination);
            chunk_.notes.push_back({denomination, notes});
            ++open_.list.count;
            open_.amount += denomination * notes;
        }
    }
}

void AcceptorReader::end_tally() {
    tally_open_ = false;
    settle(open_);
    if (open_.notes > 0) {
        chunk_.tallies.push_back(open_);
        ++session_.tallies.count;
    }
}

void AcceptorReader::settle(const NoteTally& tally) {
    switch (tally.kind) {
        case NoteTally::Kind::escrow:
            if (tally.notes > 0 && !recovering_) {
                escrow_notes_ = tally.notes;
                escrow_amount_ = last_escrow_amount_ = tally.amount;
                most_escrow_ = std::max(most_escrow_, tally.amount);
                most_escrow_notes_ = std::max(most_escrow_notes_, tally.notes);
            }
            break;
        case NoteTally::Kind::validated:
            add_notes(validated_notes_, tally.notes);
            validated_amount_ += tally.amount;
            escrow_notes_ = std::max(0, escrow_notes_ - tally.notes);
            escrow_amount_ = std::max<Money>(0, escrow_amount_ - tally.amount);
            break;
        case NoteTally::Kind::returned:
            add_notes(returned_notes_, tally.notes);
            // A refund without a list returns notes of unknown value: all of the escrow when the counts agree.
            escrow_amount_ = tally.notes >= escrow_notes_ ? 0 : std::max<Money>(0, escrow_amount_ - tally.amount);
            escrow_notes_ = std::max(0, escrow_notes_ - tally.notes);
            break;
        case NoteTally::Kind::recovered:
            add_notes(recovered_notes_, tally.notes);
            recovered_amount_ += tally.amount;
            break;
        case NoteTally::Kind::receipt:
            break;
    }
}

void AcceptorReader::returned_by_hand() {
    escrow_notes_ = 0;
    escrow_amount_ = 0;
    refund_announced_ = false;
}

void AcceptorReader::read_status(const Event& event) {
    const char digit = static_cast<char>(event.value & 0xFF);
    Facts& facts = session_.facts;
    facts[Fact::acceptor_status] = is_digit(digit) ? digit - '0' : 0;
    const bool fault = digit == '3' || digit == '4' || digit == '7' || digit == '8';
    if (fault && inserted_ == 0) facts[Fact::acceptor_error_before_notes] = 1;
    if (fault && inserted_ > 0) facts[Fact::acceptor_errors] += 1;
    if (digit == '7') facts[Fact::retract_to_bin] += 1;
    if (digit == '?') facts[Fact::counterfeit_notes] = std::max(facts[Fact::counterfeit_notes], 1.0);
    if (digit == '@') facts[Fact::suspect_notes] = std::max(facts[Fact::suspect_notes], 1.0);
}

// "DENOM   CASS1   CASS2   RETRACT" or "DENOM   REJECT  CNTRFEIT"
void AcceptorReader::read_table_head(const Event& event) {
    std::string_view words = chunk_.words_of(event);
    take_word(words);
    column_count_ = 0;
    for (auto word = take_word(words); !word.empty() && column_count_ < columns_.size(); word = take_word(words)) {
        columns_[column_count_++] = word.starts_with("CASS")   ? 'c'
                                    : word.starts_with("RETR") ? 'r'
                                    : word.starts_with("REJ")  ? 'j'
                                                               : 'f';
    }
    // A head with other columns continues the table above it; one that names the cassettes again begins a new one.
    const bool repeats = table_open_ && column_count_ > 0 && columns_[0] == 'c' && chunk_.tables.back().stored >= 0;
    if (!table_open_ || repeats) {
        chunk_.tables.push_back({});
        chunk_.tables.back().offset = event.offset;
        ++session_.tables.count;
        table_open_ = true;
    }
}

void AcceptorReader::read_table_total(const Event& event) {
    if (!table_open_ || column_count_ == 0) return;
    std::string_view words = chunk_.words_of(event);
    take_word(words);
    AcceptorTable& table = chunk_.tables.back();
    for (std::size_t column = 0; column < column_count_; ++column) {
        const std::int32_t notes = take_count(words);
        if (notes < 0) break;
        std::int32_t& target = columns_[column] == 'c'   ? table.stored
                               : columns_[column] == 'r' ? table.retracted
                               : columns_[column] == 'j' ? table.rejected
                                                         : table.counterfeit;
        target = std::max(target, 0) + notes;
    }
    column_count_ = 0;
}

void AcceptorReader::finish(bool has_end) {
    if (tally_open_) end_tally();
    Facts& facts = session_.facts;
    if (refund_announced_ && has_end && returned_notes_ >= most_escrow_notes_ && taken_ >= presented_) returned_by_hand();
    // Notes given back that nobody took are still the machine's, or somebody else's.
    if (returned_notes_ > 0 && presented_ > taken_ && escrow_notes_ == 0 && validated_notes_ == 0) {
        escrow_notes_ = returned_notes_;
        escrow_amount_ = last_escrow_amount_;
    }
    facts[Fact::escrow_amount] = units(most_escrow_);
    facts[Fact::escrow_notes] = most_escrow_notes_;
    facts[Fact::escrow_left_notes] = escrow_notes_;
    facts[Fact::escrow_left_amount] = units(escrow_amount_);
    facts[Fact::validated_amount] = units(validated_amount_);
    facts[Fact::returned_notes] = returned_notes_;
    facts[Fact::recovered_notes] = recovered_notes_;
    facts[Fact::recovered_amount] = units(recovered_amount_);
    if (recovering_ && recovered_notes_ > 0 && escrow_notes_ > recovered_notes_) {
        facts[Fact::recovery_short_notes] = escrow_notes_ - recovered_notes_;
        facts[Fact::recovery_short_amount] = units(escrow_amount_ - recovered_amount_);
    }
}

}  // namespace abm
