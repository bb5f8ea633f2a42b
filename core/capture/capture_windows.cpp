#include "core/capture/capture_windows.h"

#include <algorithm>

namespace abm {
namespace {

constexpr double kNsPerSecond = 1e9;

std::int64_t floor_to(std::int64_t value, std::int64_t step) {
    const std::int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

void widen(Record& record, const PacketSummary& packet) {
    record.span.bytes = packet.span.end() - record.span.offset;
    if (packet.time_ns == 0) return;
    const Time time = packet.time();
    if (!known(record.start) || time < record.start) record.start = time;
    if (!known(record.end) || time > record.end) record.end = time;
}

}  // namespace

WindowCutter::WindowCutter(const CaptureOptions& options, std::int64_t silence_limit_ns, CaptureWindows& out)
    : options_(options),
      window_ns_(std::chrono::nanoseconds(options.window).count()),
      response_limit_ns_(std::chrono::nanoseconds(options.response_limit).count()),
      silence_limit_ns_(silence_limit_ns),
      out_(out),
      matcher_(std::chrono::nanoseconds(options.response_timeout).count()),
      contacts_(options, [this](const ContactBurst& burst) {
          if (std::ssize(out_.bursts) < options_.most_findings) {
              out_.bursts.push_back(burst);
          } else {
              ++out_.bursts_not_kept;
          }
      }) {}

void WindowCutter::open_window(const PacketSummary& packet, std::int64_t now_ns) {
    if (!started_) origin_ns_ = now_ns;
    window_start_ns_ = origin_ns_ + floor_to(now_ns - origin_ns_, window_ns_);
    Open& window = open_.emplace_back();
    window.record.kind = RecordKind::window;
    window.record.span.offset = packet.span.offset;
    window.record.ordinal = static_cast<std::int32_t>(window_now() + 1);
    window.note.window = window_now();
}

void WindowCutter::note_silence(const PacketSummary& packet) {
    if (!started_ || packet.time_ns == 0 || last_.time_ns == 0) return;
    const std::int64_t gap_ns = packet.time_ns - last_.time_ns;
    if (gap_ns <= silence_limit_ns_) return;
    if (std::ssize(out_.silences) < options_.most_findings) {
        out_.silences.push_back({window_now(), last_.span, packet.span, last_.time_ns, gap_ns});
    } else {
        ++out_.silences_not_kept;
    }
}

WindowNote* WindowCutter::find_note(std::int64_t window) {
    if (window >= closed_) return &open_at(window).note;
    const auto found = std::lower_bound(out_.notes.begin(), out_.notes.end(), window,
                                        [](const WindowNote& note, std::int64_t number) { return note.window < number; });
    return found != out_.notes.end() && found->window == window ? &*found : nullptr;
}

void WindowCutter::note_loss(const DecodedPacket& packet) {
    const SequenceWatch::Loss loss = sequences_.add(packet, window_now());
    if (loss.packets == 0) return;
    WindowNote* const note = find_note(loss.window);
    if (note == nullptr) return;
    if (note->lost == 0 && loss.packets > 0) {
        note->lost_before = loss.before;
        note->lost_after = packet.summary.span;
    }
    note->lost += loss.packets;
}

void WindowCutter::note_missing(const CaptureRequest& request) {
    Open& window = open_at(request.window);
    window.tally.add_missing();
    WindowNote& note = window.note;
    if (note.missing < static_cast<std::int64_t>(note.missed.size()))
        note.missed[static_cast<std::size_t>(note.missing)] = request;
    ++note.missing;
    ++out_.missing;
}

void WindowCutter::note_response(const CaptureRequest& request, std::int64_t wait_ns, TextSpan response) {
    out_.waits_ns.add(wait_ns);
    if (wait_ns <= response_limit_ns_) return;
    WindowNote& note = open_at(request.window).note;
    ++note.late;
    if (wait_ns <= note.late_ns) return;
    note.late_ns = wait_ns;
    note.late_request = request.span;
    note.late_response = response;
}

void WindowCutter::match(const PacketSummary& packet, std::int64_t now_ns, Side side) {
    matcher_.expire(now_ns, [this](const CaptureRequest& request) { note_missing(request); });
    if (side == Side::a) {
        matcher_.request({now_ns, window_now(), packet.span});
        ++out_.requests;
    } else if (side == Side::b) {
        matcher_.response(
            now_ns,
            [this](const CaptureRequest& request, std::int64_t wait_ns) {
                open_at(request.window).tally.add_response(wait_ns, response_limit_ns_);
            },
            [&](const CaptureRequest& request, std::int64_t wait_ns) { note_response(request, wait_ns, packet.span); });
    }
}

void WindowCutter::add(const DecodedPacket& packet, Side side) {
    const PacketSummary& summary = packet.summary;
    now_ns_ = summary.time_ns == 0 ? now_ns_ : summary.time_ns;
    note_silence(summary);
    const bool later = started_ && now_ns_ - window_start_ns_ >= window_ns_;
    const bool set_back = started_ && window_start_ns_ - now_ns_ > window_ns_;
    if (!started_ || later || set_back) {
        matcher_.expire(now_ns_, [this](const CaptureRequest& request) { note_missing(request); });
        open_window(summary, now_ns_);
        started_ = true;
        close_settled(std::min(window_now(), matcher_.oldest_window(window_now())));
    }
    Open& window = open_.back();
    widen(window.record, summary);
    window.tally.add_packet(now_ns_, summary.original, side);
    match(summary, now_ns_, side);
    note_loss(packet);
    contacts_.add({summary.span, now_ns_, window_now()}, packet);
    last_ = summary;
}

void WindowCutter::close_settled(std::int64_t before) {
    while (closed_ < before && !open_.empty()) {
        Open& window = open_.front();
        const std::size_t row = out_.rows.size();
        out_.rows.resize(row + kWindowFeatures);
        window.tally.features(static_cast<double>(window_ns_) / kNsPerSecond, std::span(out_.rows).subspan(row));
        const auto unsteadiness = window.tally.unsteadiness_ns();
        for (std::size_t lag = 0; lag < unsteadiness.size(); ++lag) out_.unsteadiness[lag].push_back(unsteadiness[lag]);
        window.record.feature_row = static_cast<std::int32_t>(closed_);
        out_.records.push_back(window.record);
        if (window.tally.requests() > 0) ++out_.windows_with_requests;
        if (window.tally.requests() > 0 && window.tally.missing() == 0) ++out_.windows_all_answered;
        window.note.requests = window.tally.requests();
        if (!window.note.empty()) out_.notes.push_back(window.note);
        open_.pop_front();
        ++closed_;
    }
}

void WindowCutter::finish() {
    if (!started_) return;
    matcher_.finish(now_ns_, response_limit_ns_, [this](const CaptureRequest& request) { note_missing(request); });
    contacts_.finish();
    close_settled(window_now() + 1);
}

}  // namespace abm
