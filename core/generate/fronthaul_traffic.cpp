#include "core/generate/fronthaul_traffic.h"

#include <array>
#include <cstdint>
#include <utility>

namespace abm {
namespace {

constexpr std::int64_t kCycle = 1'000;  // µs
constexpr int kJitterCycles = static_cast<int>(2 * kTruthWindow_us / kCycle);
constexpr std::int64_t kMinute = 60'000'000;

constexpr std::array<RecordType, 5> kFaults{RecordType::missing_responses, RecordType::silence, RecordType::late_response,
                                            RecordType::jitter_burst, RecordType::packet_loss};

}  // namespace

FronthaulTraffic::FronthaulTraffic(std::uint64_t seed, double faults_per_minute)
    : random_(seed), faults_per_minute_(faults_per_minute) {
    plan_fault();
}

// At least a second after the last, on the average so many a minute.
void FronthaulTraffic::plan_fault() {
    if (faults_per_minute_ <= 0) {
        next_fault_us_ = INT64_MAX;
        return;
    }
    const double mean_us = static_cast<double>(kMinute) / faults_per_minute_ - 1'000'000;
    next_fault_us_ = clock_us_ + 1'000'000 + static_cast<std::int64_t>(mean_us * random_.exponential());
}

void FronthaulTraffic::start_fault() {
    const RecordType type = kFaults[static_cast<std::size_t>(faults_) % kFaults.size()];
    // A burst of jitter fills windows: two of them, so that the truth does not hang on a few packets at an edge.
    if (type == RecordType::jitter_burst && clock_us_ % kTruthWindow_us != 0) return;
    ++faults_;
    fault_.type = type;
    switch (type) {
        case RecordType::jitter_burst:
            fault_.cycles_left = kJitterCycles;
            break;
        case RecordType::packet_loss:
            fault_.cycles_left = random_.between(1, 6);
            break;
        case RecordType::silence:
            fault_.cycles_left = 1;
            clock_us_ += random_.between(30, 1500) * kCycle;
            silent_before_ = true;
            break;
        default:
            fault_.cycles_left = random_.between(1, 20);
    }
    plan_fault();
}

std::int64_t FronthaulTraffic::response_wait_us() {
    const int usual = random_.between(180, 220);
    return fault_.type == RecordType::late_response ? usual + random_.between(2'000, 7'000) : usual;
}

// Not in its first and last cycle, which may lie across the edge of a window.
bool FronthaulTraffic::jitters() const {
    return fault_.type == RecordType::jitter_burst && fault_.cycles_left > 1 && fault_.cycles_left < kJitterCycles;
}

void FronthaulTraffic::send(std::int64_t request_us) {
    FronthaulFrame request{request_us, true, du_sequence_++, static_cast<std::uint16_t>(random_.between(64, 96))};
    const bool of_request = fault_.type == RecordType::missing_responses || fault_.type == RecordType::late_response || jitters();
    if (of_request) request.fault = fault_.type;
    if (std::exchange(lost_before_, false)) request.fault = RecordType::packet_loss;
    request.after_silence = std::exchange(silent_before_, false);
    ahead_.emplace(request.time_us, request);
    if (fault_.type == RecordType::missing_responses) return;
    const FronthaulFrame response{request_us + response_wait_us(), false, ru_sequence_++,
                                  static_cast<std::uint16_t>(random_.between(400, 1400))};
    ahead_.emplace(response.time_us, response);
}

void FronthaulTraffic::cycle() {
    if (fault_.cycles_left == 0 && clock_us_ >= next_fault_us_) start_fault();
    if (fault_.cycles_left > 0 && fault_.type == RecordType::packet_loss) {
        ++du_sequence_;
        lost_before_ = true;
    } else {
        const int spread = jitters() ? 300 : 2;
        send(clock_us_ + 300 + random_.between(-spread, spread));
    }
    clock_us_ += kCycle;
    if (fault_.cycles_left > 0 && --fault_.cycles_left == 0) fault_.type = RecordType::normal;
}

FronthaulFrame FronthaulTraffic::next() {
    while (ahead_.empty() || ahead_.begin()->first >= clock_us_) cycle();
    const FronthaulFrame frame = ahead_.begin()->second;
    ahead_.erase(ahead_.begin());
    return frame;
}

}  // namespace abm
