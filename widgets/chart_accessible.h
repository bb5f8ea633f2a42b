// A chart has no cells a screen reader could walk: its value is what is selected in it.
#pragma once

namespace abm {

/// From now on every ScoreChart has its accessible description as its value too. Once is enough.
void make_value_accessible();

}  // namespace abm
