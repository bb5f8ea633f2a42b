// Text inside HTML, and the marks of the severities.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/data/record_type.h"

namespace abm {

/// Any bytes as text of an HTML element or of a quoted attribute: valid UTF-8, no control characters, no markup.
std::string html(std::string_view text);

/// The shape of a severity as an inline SVG of 12 px: filled triangle, diamond, circle, open circle, dot. Coloured by the style
/// sheet; named for those who do not see it.
std::string severity_mark(Severity severity);

/// The same shape as part of a larger SVG, centred on (x, y).
std::string severity_shape(Severity severity, double x, double y, double radius);

/// "1 session", "12,480 sessions".
std::string counted(std::size_t count, std::string_view singular, std::string_view plural);
/// "2025-06-24 05:51:33"; empty when unknown.
std::string readable(Time time);
/// "12,480"
std::string grouped(std::int64_t number);

}  // namespace abm
