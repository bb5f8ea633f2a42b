// Invents a log of UE events at a base station, with faults and the truth about them. Used by tests and benchmarks.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"

namespace abm {

/// How the lines look.
enum class UeLogStyle : std::uint8_t {
    plain,      ///< 2025-10-10 12:00:01.123 UE 460110123456789 ATTACH_REQUEST
    key_value,  ///< 2025-10-10T12:00:01.123 IMSI=460110123456789 Cell_ID=1021 Event=Attach_Request
    colon,      ///< [2025-10-10 12:00:01,123] INFO UE_ID: 460110123456789 attach request
};

struct GenerateUeLogOptions {
    int ues = 500;  ///< 1 .. 1,000,000
    int hours = 6;  ///< 1 .. 10,000: everything happens within them
    std::uint64_t seed = 1;
    double fault_rate = 0.05;  ///< 0 .. 0.5: UEs with a fault, kinds in turn
    UeLogStyle style = UeLogStyle::plain;
    std::filesystem::path out{};  ///< folder, made if missing
};

struct GeneratedUeLog {
    std::filesystem::path file;
    std::int64_t lines = 0;
    std::int64_t bytes = 0;
    std::int64_t faulty = 0;  ///< UEs labelled anomaly in the truth
};

/// Writes out/ue-events.log, lines of all UEs in the order of time, and out/truth.csv with the columns of generate_journals():
/// kind entity; ordinal in the order in which UEs first appear, from 1; offsets reach from the first byte of the first line of
/// the UE to the end of its last; type is attach_failed (three refusals or more), attach_timeout, abnormal_detach,
/// forced_detach or normal; note is the id. Ordinary UEs are refused too, once or twice, and then get in. Deterministic: the
/// same options give the same bytes on every platform. Memory: about 24 bytes a line. Throws Error{Invalid} for options out of
/// range, Error{Io} and Error{Cancelled}; then no file of the run is left and older files keep their content.
GeneratedUeLog generate_ue_log(const GenerateUeLogOptions& options, const Progress& progress);

}  // namespace abm
