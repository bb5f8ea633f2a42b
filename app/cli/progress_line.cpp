#include "app/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace abm::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto kFirstAfter = 300ms;
constexpr auto kEvery = 100ms;

}  // namespace

ProgressLine::ProgressLine() : terminal_(::isatty(STDERR_FILENO) == 1), next_(Clock::now() + kFirstAfter) {}

void ProgressLine::report(double fraction, std::string_view stage) {
    if (!terminal_) return;
    const std::scoped_lock lock(mutex_);
    const auto now = Clock::now();
    if (now < next_) return;
    next_ = now + kEvery;
    shown_ = true;
    const std::string percent = fraction < 0 ? std::string() : fmt::format(" {:3.0f} %", 100 * std::min(fraction, 1.0));
    fmt::print(stderr, "\r{}{}\x1B[K", stage.empty() ? "working" : stage, percent);
    std::fflush(stderr);
}

void ProgressLine::clear() {
    const std::scoped_lock lock(mutex_);
    if (shown_) fmt::print(stderr, "\r\x1B[K");
    shown_ = false;
}

}  // namespace abm::cli
