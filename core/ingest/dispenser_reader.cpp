#include "core/ingest/dispenser_reader.h"

#include <algorithm>

#include "core/ingest/device_status.h"

namespace abm {
namespace {

using K = EventKind;

// Numbers of a row, at most one a cassette. Returns how many there were.
int take_counts(std::string_view text, CassetteCounts& counts) {
    int found = 0;
    while (found < kMostCassettes) {
        const std::int32_t number = take_count(text);
        if (number < 0) break;
        counts[static_cast<std::size_t>(found++)] = number;
    }
    return found;
}

// A good dispense after a bad one does not undo it. 3: unknown, 5: retracted, 1, 2, 4: short or nothing.
int gravity(int status) {
    switch (status) {
        case 3:
            return 4;
        case 5:
            return 3;
        case 1:
            return 2;
        case 2:
        case 4:
            return 1;
        default:
            return 0;
    }
}

}  // namespace

int dispenser_status_notes(std::string_view status, CassetteCounts& notes) {
    int found = 0;
    for (std::size_t at = 1; found < kMostCassettes; at += 2) {
        const std::int32_t number = fixed_number(status, at, 2);
        if (number < 0) break;
        notes[static_cast<std::size_t>(found++)] = number;
    }
    return found;
}

void DispenserReader::see(const Event& event) {
    switch (event.kind) {
        case K::notes_stacked:
            ++stacked_;
            break;
        case K::notes_presented:
            read_presented(event);
            break;
        case K::notes_taken:
            add({.kind = CashStep::Kind::taken, .offset = event.offset});
            break;
        case K::dispenser_status:
            read_status(event);
            break;
        case K::unable_to_dispense:
            session_.facts[Fact::dispense_refused] += 1;
            break;
        case K::counter_title:
            block_ = {.kind = CashStep::Kind::counters, .offset = event.offset};
            block_open_ = true;
            break;
        case K::counter_denomination:
        case K::counter_dispensed:
        case K::counter_rejected:
        case K::counter_remaining:
            if (block_open_) read_counter_row(event);
            break;
        default:
            break;
    }
}

void DispenserReader::add(const CashStep& step) {
    chunk_.cash_steps.push_back(step);
    ++session_.cash_steps.count;
}

// "NOTES PRESENTED 1,2,1,0": notes per cassette.
void DispenserReader::read_presented(const Event& event) {
    CashStep step{.kind = CashStep::Kind::presented, .offset = event.offset};
    step.cassettes = static_cast<std::int16_t>(take_counts(chunk_.words_of(event), step.notes));
    ++presented_;
    add(step);
}

// "3 00 00 04 00,M-12": the status digit, then two digits of notes per cassette.
void DispenserReader::read_status(const Event& event) {
    const std::string_view line = chunk_.line_of(event);
    const auto status = parse_device_status(line.substr(std::min(line.size(), line.find('*', read_prefix(line).bytes))));
    if (!status) return;
    const char digit = status->digit();
    if (!is_digit(digit)) return;
    double& gravest = session_.facts[Fact::dispenser_status];
    if (gravity(digit - '0') > gravity(static_cast<int>(gravest))) gravest = digit - '0';
    if (digit != '3' && digit != '5') return;
    CashStep step{.kind = digit == '3' ? CashStep::Kind::unknown : CashStep::Kind::retracted, .offset = event.offset};
    step.cassettes = static_cast<std::int16_t>(dispenser_status_notes(status->status, step.notes));
    add(step);
}

void DispenserReader::read_counter_row(const Event& event) {
    std::string_view words = chunk_.words_of(event);
    take_word(words);
    CassetteCounts counts{};
    const int found = take_counts(words, counts);
    switch (event.kind) {
        case K::counter_denomination:
            block_.cassettes = static_cast<std::int16_t>(found);
            for (std::size_t i = 0; i < counts.size(); ++i)
                block_.denomination[i] = std::min(Money{counts[i]} * 100, kMostDenomination);
            break;
        case K::counter_dispensed:
            block_.dispensed = counts;
            break;
        case K::counter_rejected:
            block_.rejected = counts;
            break;
        default:
            block_.remaining = counts;
            block_open_ = false;
            // A block with rows of different lengths cannot be trusted; the ledger does without it.
            if (block_.cassettes > 0 && found == block_.cassettes) add(block_);
            break;
    }
}

void DispenserReader::finish() { session_.facts[Fact::stacked_not_presented] = std::max(0, stacked_ - presented_); }

}  // namespace abm
