// The row a model sees of a journal session. Source: docs/journal-format.md, "Features for the models".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/fact.h"

namespace abm {

/// [d] names with units, in the order of the columns. "log1p_x" holds log(1 + x); natural_name() and natural_value() undo it.
const std::vector<std::string>& session_feature_names();

/// Writes one row; row.size() must be session_feature_names().size(). NaN where a fact is unknown or does not apply
/// (no time from card to PIN when no PIN was entered).
void session_features(const Facts& facts, std::span<float> row);

/// What people read: "log1p_card_cash_24h" -> "card_cash_24h" and its value in currency units.
std::string_view natural_name(std::string_view feature);
double natural_value(std::string_view feature, double value);

/// The words of a natural feature name in a sentence: "the longest gap", "the reset in mid-session". A feature nobody
/// described is named after itself: "packet_gap_s" is "the packet gap".
std::string feature_phrase(std::string_view natural);
/// "383 s", "4,500.00" or "3", by the unit of the natural name.
std::string feature_text(std::string_view natural, double value);

}  // namespace abm
