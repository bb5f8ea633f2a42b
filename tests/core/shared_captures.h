// The reference captures, as far as ABM_SHARED_DATA is set, and what libpcap alone says about them.
#pragma once

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace abm::test {

inline std::vector<std::filesystem::path> shared_captures() {
    std::vector<std::filesystem::path> files;
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) return files;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(shared) / "captures")) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Packets a plain loop gets; `ended_well`: it came to the end of the file.
struct PlainCount {
    std::int64_t packets = 0;
    bool opened = false, ended_well = false;
};

inline PlainCount plain_count(const std::filesystem::path& file) {
    std::array<char, PCAP_ERRBUF_SIZE> reason{};
    PlainCount count;
    pcap_t* const pcap = pcap_open_offline(file.c_str(), reason.data());
    if (pcap == nullptr) return count;
    count.opened = true;
    pcap_pkthdr* header = nullptr;
    const u_char* data = nullptr;
    int outcome = 0;
    while ((outcome = pcap_next_ex(pcap, &header, &data)) == 1) ++count.packets;
    count.ended_well = outcome == PCAP_ERROR_BREAK;
    pcap_close(pcap);
    return count;
}

}  // namespace abm::test
