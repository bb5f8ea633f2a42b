// The phrases journal lines begin with, after escapes and time. Source: docs/journal-format.md, "Vocabulary".
#pragma once

#include <string_view>

#include "core/ingest/event_kind.h"

namespace abm {

/// The kind of the longest known phrase that `text` begins with; not_understood when there is none.
EventKind phrase_kind(std::string_view text);

/// True for lines that only a receipt holds.
bool is_receipt_kind(EventKind kind);

}  // namespace abm
