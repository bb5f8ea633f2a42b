// The packets of an invented fronthaul link in the order of time, with what is wrong about them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "core/base/random.h"
#include "core/data/record_type.h"

namespace abm {

inline constexpr std::int64_t kTruthWindow_us = 100'000;  ///< the truth says what is in each

struct FronthaulFrame {
    std::int64_t time_us = 0;  ///< since the first cycle
    bool from_du = false;
    std::uint8_t sequence = 0;
    std::uint16_t bytes = 0;                ///< of the whole Ethernet frame
    RecordType fault = RecordType::normal;  ///< for the window of this frame
    bool after_silence = false;             ///< for the window of the frame before this one
};

/// One cycle a millisecond: a C-plane message of the DU, and about 200 µs later a U-plane message of the RU.
class FronthaulTraffic {
public:
    FronthaulTraffic(std::uint64_t seed, double faults_per_minute);

    /// Never ends; times never fall.
    FronthaulFrame next();

private:
    struct Fault {
        RecordType type = RecordType::normal;
        int cycles_left = 0;
    };

    void cycle();
    void plan_fault();
    void start_fault();
    bool jitters() const;
    void send(std::int64_t request_us);
    std::int64_t response_wait_us();

    Random random_;
    double faults_per_minute_;
    std::multimap<std::int64_t, FronthaulFrame> ahead_;  ///< late responses overtake nobody
    std::int64_t clock_us_ = 0, next_fault_us_ = 0;
    int faults_ = 0;
    Fault fault_;
    std::uint8_t du_sequence_ = 0, ru_sequence_ = 0;
    bool silent_before_ = false, lost_before_ = false;
};

}  // namespace abm
