// Reads one capture as the workbench does, two passes with features and findings, beside a plain libpcap loop in the same run.
//   capture_bench generate FOLDER BYTES SEED     writes one fronthaul capture of about BYTES and prints its path
//   capture_bench read FILE                      prints packets a second of both, their ratio, the peak memory
#include <fmt/format.h>
#include <pcap/pcap.h>
#include <sys/resource.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <string>

#include "core/capture/read_capture.h"
#include "core/generate/capture_generator.h"

namespace {

// Of the processor, user and system: other programs on the machine count less.
double seconds_used() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

long peak_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

std::int64_t plain_loop(const std::string& file) {
    std::array<char, PCAP_ERRBUF_SIZE> reason{};
    pcap_t* const pcap = pcap_open_offline(file.c_str(), reason.data());
    if (pcap == nullptr) throw abm::Error(abm::ErrorCode::Corrupt, reason.data());
    pcap_pkthdr* header = nullptr;
    const u_char* data = nullptr;
    std::int64_t packets = 0;
    while (pcap_next_ex(pcap, &header, &data) == 1) ++packets;
    pcap_close(pcap);
    return packets;
}

int generate(const std::string& folder, std::int64_t bytes, std::uint64_t seed) {
    abm::GenerateCaptureOptions options;
    options.out = folder;
    options.bytes = bytes;
    options.seed = seed;
    fmt::print("{}\n", abm::generate_capture(options, abm::Progress()).file.string());
    return 0;
}

int read(const std::string& file) {
    plain_loop(file);  // so that neither pays for a cold cache
    const double start = seconds_used();
    const std::int64_t packets = plain_loop(file);
    const double plain = seconds_used() - start;
    const long before_mib = peak_mib();
    const double start_own = seconds_used();
    const abm::SourceReading reading = abm::read_capture(file, {}, abm::Progress());
    const double own = seconds_used() - start_own;
    const auto rate = [&](double seconds) { return static_cast<double>(packets) / seconds / 1e6; };
    fmt::print("{} packets, {} windows, {} findings\n", reading.source.packets, reading.records.size(), reading.findings.size());
    fmt::print("libpcap {:.2f} M packets/s, read_capture {:.2f} M packets/s: {:.2f} times the time; peak {} MiB (before: {})\n",
               rate(plain), rate(own), own / plain, peak_mib(), before_mib);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    try {
        if (verb == "generate" && argc == 5) return generate(argv[2], std::atoll(argv[3]), std::strtoull(argv[4], nullptr, 10));
        if (verb == "read" && argc == 3) return read(argv[2]);
    } catch (const abm::Error& error) {
        fmt::print(stderr, "capture_bench: {}\n", error.what());
        return 1;
    }
    fmt::print(stderr, "usage: capture_bench generate FOLDER BYTES SEED | read FILE\n");
    return 2;
}
