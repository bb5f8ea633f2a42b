// Which request of A was answered by which packet of B, in one pass and bounded memory.
#pragma once

#include <cstdint>
#include <deque>

#include "core/base/ids.h"

namespace abm {

struct CaptureRequest {
    std::int64_t time_ns = 0;
    std::int64_t window = 0;  ///< number of the window it is in
    TextSpan span;
};

/// Two questions, two rules:
///  - how long did A wait? For each request: the time to the next packet of B, which may answer several requests.
///  - is a response missing? A packet of B answers one request, the youngest that waits, so that a lost response does not make
///    every later one look late; a request that waits longer than the timeout misses its response.
class ResponseMatcher {
public:
    explicit ResponseMatcher(std::int64_t timeout_ns) : timeout_ns_(timeout_ns) {}

    static constexpr std::size_t kMostWaiting = 65'536;  ///< the oldest beyond it counts as missing

    /// missed(request) for those that have waited too long at this time, oldest first. Call it for every packet.
    template <class Missed>
    void expire(std::int64_t now_ns, const Missed& missed) {
        while (!waiting_.empty() && (far(now_ns, waiting_.front().time_ns) || waiting_.size() > kMostWaiting)) {
            missed(waiting_.front());
            waiting_.pop_front();
            if (unseen_ > waiting_.size()) unseen_ = waiting_.size();
        }
    }

    void request(const CaptureRequest& request) {
        waiting_.push_back(request);
        ++unseen_;
    }

    /// next(request, ns) for each request since the last response; then own(request, ns) for the one this response answers.
    template <class Next, class Own>
    void response(std::int64_t now_ns, const Next& next, const Own& own) {
        if (waiting_.empty()) return;
        for (std::size_t i = waiting_.size() - unseen_; i < waiting_.size(); ++i) next(waiting_[i], wait(now_ns, waiting_[i]));
        unseen_ = 0;
        own(waiting_.back(), wait(now_ns, waiting_.back()));
        waiting_.pop_back();
    }

    /// At the end of the capture: those that have waited longer than `limit_ns` by then; nobody knows about the younger ones.
    template <class Missed>
    void finish(std::int64_t now_ns, std::int64_t limit_ns, const Missed& missed) {
        for (const CaptureRequest& request : waiting_) {
            if (wait(now_ns, request) > limit_ns) missed(request);
        }
        waiting_.clear();
        unseen_ = 0;
    }

    /// The window of the oldest request that waits; `otherwise` when none does.
    std::int64_t oldest_window(std::int64_t otherwise) const { return waiting_.empty() ? otherwise : waiting_.front().window; }

private:
    static std::int64_t wait(std::int64_t now_ns, const CaptureRequest& request) {
        return now_ns > request.time_ns ? now_ns - request.time_ns : 0;
    }
    // A clock that was set back as far ends the waiting too.
    bool far(std::int64_t now_ns, std::int64_t then_ns) const {
        return now_ns - then_ns > timeout_ns_ || then_ns - now_ns > timeout_ns_;
    }

    std::int64_t timeout_ns_;
    std::deque<CaptureRequest> waiting_;  ///< by place in the file
    std::size_t unseen_ = 0;              ///< of those at the back: no packet of B came since
};

}  // namespace abm
