// Progress and cancellation of long calls.
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

#include "core/base/error.h"

namespace abm {

/// Handed down through every long call. Thread-safe as long as the callback is.
class Progress {
public:
    /// fraction in 0..1 (negative: unknown); stage is a short word such as "reading".
    using Report = std::function<void(double fraction, std::string_view stage)>;

    Progress() = default;
    Progress(std::stop_token stop, Report report) : stop_(std::move(stop)), report_(std::move(report)) {}

    const std::stop_token& stop_token() const { return stop_; }
    bool cancelled() const { return stop_.stop_requested(); }

    /// Reports the fraction done. Throws Error{Cancelled} when the user asked to stop.
    void checkpoint(double fraction, std::string_view stage = {}) const {
        if (stop_.stop_requested()) throw Error(ErrorCode::Cancelled, "cancelled");
        if (report_) report_(fraction, stage);
    }

private:
    std::stop_token stop_;
    Report report_;
};

}  // namespace abm
