// Samples of one metric of one machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/progress.h"
#include "core/base/time.h"
#include "core/data/source.h"
#include "core/series/table_layout.h"

namespace abm {

struct Sample {
    Time time;
    double value = 0;  ///< NaN: unknown; else finite
    TextSpan row;
};

struct Series {
    std::string entity;           ///< "source metric", or what of both is known; UTF-8, card numbers masked
    std::vector<Sample> samples;  ///< by time; equal times in the order of the file
};

/// The usual distance of two samples in seconds: the median of those above 0; 1 when there is none.
double sampling_interval_s(const Series& series);

/// Second pass over a table of series; memory: 40 bytes a sample. only: the one entity wanted; empty: all. Rows without a
/// time are counted as not understood in `source`, whose first and last time are set. Throws Error{Io, Cancelled}.
std::vector<Series> collect_series(const TableLayout& layout, Source& source, std::string_view only, const Progress& progress);

}  // namespace abm
