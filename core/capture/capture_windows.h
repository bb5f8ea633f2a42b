// Cuts the packets of a capture into non-empty windows: records, their features, and what the findings are made of.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/capture/capture_options.h"
#include "core/capture/contact_watch.h"
#include "core/capture/response_matcher.h"
#include "core/capture/sequence_watch.h"
#include "core/capture/window_tally.h"
#include "core/data/record.h"

namespace abm {

/// What may be said about a window besides its features. Most windows have none.
struct WindowNote {
    static constexpr std::size_t kMostShown = 3;

    std::int64_t window = 0;  ///< its record
    std::int64_t requests = 0;
    std::int64_t missing = 0;
    std::array<CaptureRequest, kMostShown> missed{};  ///< the first of them
    std::int64_t late = 0;
    TextSpan late_request, late_response;  ///< the slowest
    std::int64_t late_ns = 0;
    std::int64_t lost = 0;
    TextSpan lost_before, lost_after;  ///< the packets around the first gap in the numbers

    bool empty() const { return missing == 0 && late == 0 && lost == 0; }
};

struct CaptureSilence {
    std::int64_t window = 0;  ///< of the last packet before it
    TextSpan before, after;   ///< the packets around it
    std::int64_t from_ns = 0, gap_ns = 0;
};

/// Record number i is window i; row i of the features is its.
struct CaptureWindows {
    std::vector<Record> records;
    std::vector<float> rows;                                          ///< [n, kWindowFeatures]
    std::array<std::vector<float>, WindowTally::kLags> unsteadiness;  ///< [lag - 1][n] see WindowTally
    std::vector<WindowNote> notes;                                    ///< by window
    std::vector<CaptureSilence> silences;
    std::vector<ContactBurst> bursts;
    std::int64_t silences_not_kept = 0, bursts_not_kept = 0;
    LogHistogram<4> waits_ns;  ///< of the requests that were answered, each by its own response
    std::int64_t requests = 0, missing = 0;
    std::int64_t windows_with_requests = 0, windows_all_answered = 0;
};

/// A window lasts options.window, in a grid that begins with the first packet. A packet that is up to one window late stays in
/// the window that is open; a clock that was set back further, or forward, opens the window of its time. A packet without a
/// time has that of the packet before it. Windows follow one another in the file. Not thread-safe.
class WindowCutter {
public:
    /// silence_limit_ns: longer gaps are noted.
    WindowCutter(const CaptureOptions& options, std::int64_t silence_limit_ns, CaptureWindows& out);

    void add(const DecodedPacket& packet, Side side);
    void finish();

private:
    struct Open {
        Record record;
        WindowTally tally;
        WindowNote note;
    };

    std::int64_t window_now() const { return closed_ + static_cast<std::int64_t>(open_.size()) - 1; }
    Open& open_at(std::int64_t window) { return open_[static_cast<std::size_t>(window - closed_)]; }
    void open_window(const PacketSummary& packet, std::int64_t now_ns);
    void note_silence(const PacketSummary& packet);
    WindowNote* find_note(std::int64_t window);  ///< null when nothing was noted
    void note_loss(const DecodedPacket& packet);
    void match(const PacketSummary& packet, std::int64_t now_ns, Side side);
    void note_missing(const CaptureRequest& request);
    void note_response(const CaptureRequest& request, std::int64_t wait_ns, TextSpan response);
    void close_settled(std::int64_t before);

    CaptureOptions options_;
    std::int64_t window_ns_, response_limit_ns_, silence_limit_ns_;
    CaptureWindows& out_;
    std::deque<Open> open_;    ///< the last one takes packets, those before wait for their responses
    std::int64_t closed_ = 0;  ///< windows before open_.front()
    ResponseMatcher matcher_;
    SequenceWatch sequences_;
    ContactWatch contacts_;
    std::int64_t origin_ns_ = 0, window_start_ns_ = 0, now_ns_ = 0;
    PacketSummary last_;
    bool started_ = false;
};

}  // namespace abm
