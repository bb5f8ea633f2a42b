// Sizes and words that the series chart and its painting share.
#pragma once

#include <QString>

namespace abm {

inline constexpr int kSeriesLeft_px = 62;    ///< values
inline constexpr int kSeriesHead_px = 24;    ///< name and readout
inline constexpr int kSeriesTimes_px = 20;   ///< below
inline constexpr int kSeriesShapes_px = 15;  ///< strip of severity shapes at the top of the plot

QString series_value_text(double value);

}  // namespace abm
