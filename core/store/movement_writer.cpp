#include "core/store/movement_writer.h"

#include "core/store/fast_rows.h"
#include "core/store/row_values.h"

namespace abm {
namespace {

std::int64_t record_position(const CashMovement& movement, std::size_t first_record) {
    return static_cast<std::int64_t>(raw(movement.record) - first_record);
}

/// How many at the front are stored as they are.
std::size_t standing(const RowSink& sink, std::span<const CashMovement> movements, std::size_t first_record) {
    FastRows row(sink.database,
                 "SELECT record_position, event, start_offset, time, cassette, denomination, notes, expected, counted, difference"
                 " FROM movements WHERE source_id = ? ORDER BY position");
    row.bind(1, raw(sink.source));
    std::size_t at = 0;
    for (; at < movements.size() && row.next(); ++at) {
        const CashMovement& movement = movements[at];
        const bool same = row.integer(0) == record_position(movement, first_record) &&
                          row.integer(1) == sink.words.cash_events.code(movement.event) && row.integer(2) == movement.offset &&
                          row.time(3) == movement.time && row.integer(4) == movement.cassette &&
                          row.money(5) == movement.denomination && row.integer(6) == movement.notes &&
                          row.count(7) == movement.expected && row.count(8) == movement.counted &&
                          row.integer(9) == movement.difference;
        if (!same) break;
    }
    return at;
}

}  // namespace

void write_movements(const RowSink& sink, std::span<const CashMovement> movements, std::size_t first_record) {
    write_from(sink, "movements", 12, standing(sink, movements, first_record), movements.size(),
               [&](SQLite::Statement& add, std::size_t at) {
                   const CashMovement& movement = movements[at];
                   add.bind(3, record_position(movement, first_record));
                   add.bind(4, sink.words.cash_events.code(movement.event));
                   add.bind(5, movement.offset);
                   bind_time(add, 6, movement.time);
                   add.bind(7, movement.cassette);
                   bind_money(add, 8, movement.denomination);
                   add.bind(9, movement.notes);
                   bind_count(add, 10, movement.expected);
                   bind_count(add, 11, movement.counted);
                   add.bind(12, movement.difference);
               });
}

}  // namespace abm
