// The small style sheet on top of Fusion and the palette.
#pragma once

#include <QString>

namespace abm {

struct Tokens;
QString style_sheet(const Tokens& tokens);

}  // namespace abm
