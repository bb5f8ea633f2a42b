#include "core/generate/capture_generator.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <system_error>

#include "core/base/time.h"
#include "core/generate/fronthaul_traffic.h"
#include "core/generate/invented.h"
#include "core/generate/part_file.h"
#include "core/generate/truth.h"

namespace abm {
namespace {

constexpr std::string_view kCaptureName = "fronthaul.pcap";

void check(const GenerateCaptureOptions& options) {
    const auto refuse = [](std::string_view what) { throw Error(ErrorCode::Invalid, fmt::format("cannot generate: {}", what)); };
    if (options.bytes < 0 || options.bytes > 1'000'000'000'000) refuse("bytes must be 0 to 1 TB");
    if (options.bytes == 0 && (options.seconds < 1 || options.seconds > 1'000'000)) refuse("seconds must be 1 to 1,000,000");
    if (!(options.faults_per_minute >= 0 && options.faults_per_minute <= 30)) refuse("faults_per_minute must be 0 to 30");
    if (options.out.empty()) refuse("no folder given");
}

template <class Number>
void put_little(std::string& out, Number value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
}

// The file header of pcap: microseconds, Ethernet.
std::string pcap_header() {
    std::string out;
    put_little(out, 0xA1B2C3D4U, 4);
    put_little(out, 2, 2);
    put_little(out, 4, 2);
    put_little(out, 0, 8);
    put_little(out, 65'535, 4);
    put_little(out, 1, 4);
    return out;
}

// Ethernet with a VLAN tag, eCPRI, and the first byte of O-RAN: direction and version. The rest is filled with its own place.
void put_frame(std::string& out, const FronthaulFrame& frame) {
    static constexpr std::string_view kDu("\x02\x00\x00\x00\x0D\x01", 6), kRu("\x02\x00\x00\x00\x0E\x02", 6);
    const std::size_t start = out.size();
    out += frame.from_du ? kRu : kDu;
    out += frame.from_du ? kDu : kRu;
    out += std::string_view("\x81\x00\x00\x05\xAE\xFE\x10", 7);
    out += frame.from_du ? '\x02' : '\x00';
    const std::size_t payload = frame.bytes - 22U;
    out += static_cast<char>(payload >> 8);
    out += static_cast<char>(payload & 0xFF);
    out += std::string_view("\x00\x01", 2);
    out += static_cast<char>(frame.sequence);
    out += '\x80';
    out += '\x10';  // uplink: the DU asks for it, the RU delivers it
    while (out.size() - start < frame.bytes) out += static_cast<char>(out.size() - start);
}

/// The rows of truth.csv, a window each.
class WindowTruth {
public:
    explicit WindowTruth(PartFile& file) : file_(file) { file_.write(kTruthHeader); }

    void add(const FronthaulFrame& frame, std::int64_t offset, std::int64_t end) {
        if (windows > 0 && frame.after_silence) type_ = RecordType::silence;
        if (windows == 0) origin_us_ = frame.time_us;
        const std::int64_t index = (frame.time_us - origin_us_) / kTruthWindow_us;
        if (windows == 0 || index != index_) {
            close();
            ++windows;
            index_ = index;
            start_ = offset;
            start_us_ = frame.time_us;
            type_ = RecordType::normal;
        }
        if (frame.fault != RecordType::normal) type_ = frame.fault;
        end_ = end;
    }

    void finish() {
        close();
        file_.close();
    }

    std::int64_t windows = 0, faulty = 0;

private:
    void close() {
        if (windows == 0) return;
        const bool fault = type_ != RecordType::normal;
        faulty += fault ? 1 : 0;
        file_.write(fmt::format("{},window,{},{},{},{},{},{},{},,{}\n", kCaptureName, windows, start_, end_,
                                iso8601(Time{std::chrono::seconds{kFirstSecond} + std::chrono::microseconds{start_us_}}),
                                fault ? "anomaly" : "normal", name_of(type_), fault ? "medium" : "none",
                                fault ? display_name(type_) : ""));
    }

    PartFile& file_;
    RecordType type_ = RecordType::normal;
    std::int64_t origin_us_ = 0, index_ = 0, start_ = 0, end_ = 0, start_us_ = 0;
};

void write_frame(PartFile& file, const FronthaulFrame& frame) {
    constexpr std::int64_t kMicroseconds = 1'000'000;
    std::string packet;
    put_little(packet, kFirstSecond + frame.time_us / kMicroseconds, 4);
    put_little(packet, frame.time_us % kMicroseconds, 4);
    put_little(packet, frame.bytes, 4);
    put_little(packet, frame.bytes, 4);
    put_frame(packet, frame);
    file.write(packet);
}

}  // namespace

GeneratedCapture generate_capture(const GenerateCaptureOptions& options, const Progress& progress) {
    constexpr std::int64_t kPacketsPerReport = 16'384;
    check(options);
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    PartFile capture_file(options.out / kCaptureName), truth_file(options.out / "truth.csv");
    capture_file.write(pcap_header());
    WindowTruth truth(truth_file);
    FronthaulTraffic traffic(options.seed, options.faults_per_minute);
    GeneratedCapture made{options.out / kCaptureName};
    const std::int64_t end_us = std::int64_t{options.seconds} * 1'000'000;
    for (FronthaulFrame frame = traffic.next(); options.bytes > 0 ? capture_file.bytes() < options.bytes : frame.time_us < end_us;
         frame = traffic.next()) {
        const double done = options.bytes > 0 ? static_cast<double>(capture_file.bytes()) / static_cast<double>(options.bytes)
                                              : static_cast<double>(frame.time_us) / static_cast<double>(end_us);
        if (made.packets++ % kPacketsPerReport == 0) progress.checkpoint(done, "writing");
        const std::int64_t offset = capture_file.bytes();
        write_frame(capture_file, frame);
        truth.add(frame, offset, capture_file.bytes());
    }
    made.bytes = capture_file.bytes();
    capture_file.close();
    truth.finish();
    made.windows = truth.windows;
    made.faulty = truth.faulty;
    capture_file.commit(made.file);
    truth_file.commit(options.out / "truth.csv");
    return made;
}

}  // namespace abm
