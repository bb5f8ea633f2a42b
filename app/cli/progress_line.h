// One line on stderr that says how far the work is, only where a person sees it.
#pragma once

#include <chrono>
#include <mutex>
#include <string_view>

namespace abm::cli {

/// Shows nothing when stderr is not a terminal, and nothing for work that takes less than a third of a second. Thread-safe.
class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void report(double fraction, std::string_view stage);
    /// Removes the line, so that what is written next starts on a clean one.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    bool terminal_;
    std::mutex mutex_;
    Clock::time_point next_;
    bool shown_ = false;
};

}  // namespace abm::cli
