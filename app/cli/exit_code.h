// What `abm` tells the shell. Scripts rely on these numbers.
#pragma once

namespace abm::cli {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;       ///< a message on stderr says what, where and what was kept
inline constexpr int kUsage = 2;        ///< the command line makes no sense, or asks for something of a later version
inline constexpr int kCancelled = 130;  ///< Ctrl+C, as shells have it: 128 + SIGINT

}  // namespace abm::cli
