// The parallel loop of the detectors.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <string_view>

#include "core/base/progress.h"

namespace abm {

/// Calls work(begin, end) once for every block of [0, count), in any order and from several threads; all are joined on return.
/// Blocks must not depend on each other: then results are the same for any number of threads. threads 0: as many as the machine
/// has. The caller's thread works too and is the only one to report. Throws Error{Cancelled}, or the first exception of a block.
void parallel_blocks(Eigen::Index count, Eigen::Index block, int threads, const Progress& progress, std::string_view stage,
                     const std::function<void(Eigen::Index, Eigen::Index)>& work);

}  // namespace abm
