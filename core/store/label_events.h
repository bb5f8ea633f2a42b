// Within core/store: label events in a transaction that the caller has opened.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/label_store.h"
#include "core/store/step_history.h"

namespace abm {

/// The type of a label: one line of at most 64 characters, as label files have it too.
bool is_type(std::string_view text);
/// A text as it may be stored: valid UTF-8, without a full card number. masked: grows by the numbers masked.
std::string storable(std::string_view text, std::int64_t& masked);
/// The same for type, note and who of a label; blanks around type and who go. Returns how many card numbers were masked.
std::int64_t make_storable(Label& label);

struct StoredStep {
    StepId step{};
    std::int64_t card_numbers_masked = 0;
};
/// Throws Error{Invalid} as LabelStore::append() does.
StoredStep insert_step(SQLite::Database& database, std::span<const NewLabel> labels);
std::vector<LabelEvent> read_events(SQLite::Database& database, std::int64_t after);
StepHistory history_of(std::span<const LabelEvent> events);
/// {"step": 17, "card_numbers_masked": 1} of the audit trail.
std::string details_of(const StoredStep& step);

}  // namespace abm
