// An expert's verdict as the window writes it: a sign and a word, never colour alone.
#pragma once

#include <QString>
#include <string_view>

#include "core/data/label.h"

namespace abm {

QString verdict_sign(LabelClass label);  ///< "×" anomaly, "✓" normal, "?" unsure; empty for none
QString verdict_word(LabelClass label);  ///< "× anomaly"; empty for none
/// "cash at risk" for "cash_at_risk"; a word of the expert's own stays as it is.
QString type_words(std::string_view type);
/// The type where there is one: "× cash at risk", "✓ normal", "? unsure".
QString verdict_text(LabelClass label, std::string_view type);
/// Local time of an instant in UTC: "14:05:09" for today, "3 Mar 14:05" for this year, else "3 Mar 2025".
QString local_when(Time utc);

}  // namespace abm
