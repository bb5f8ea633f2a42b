#include "core/capture/capture_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace abm {

CaptureInput::CaptureInput(const std::filesystem::path& path, SourceIdentity* identity)
    : bytes_(ByteSource::open(path)), identity_(identity) {
    constexpr std::size_t kMagic = 4;
    head_.resize(kMagic);
    head_.resize(read(head_));
    if (head_.empty() && !bytes_->problem()) return;
    const std::string name = path == "-" ? "standard input" : path.filename().string();
    if (sniff_capture(head_).empty())
        throw Error(ErrorCode::Corrupt, fmt::format("{}: not a packet capture (pcap or pcapng); nothing of it was read", name));
    try {
        file_ = std::make_unique<CaptureFile>([this, first = true](std::span<char> into) mutable {
            if (!std::exchange(first, false)) return read(into);
            std::memcpy(into.data(), head_.data(), head_.size());
            return head_.size() + read(into.subspan(head_.size()));
        });
    } catch (const Error& error) {
        throw Error(error.code(), fmt::format("{}: the header of the capture cannot be read ({}); no packet was read. Get the "
                                              "file once more from where it was made",
                                              name, error.what()));
    }
}

std::size_t CaptureInput::read(std::span<char> into) {
    const std::size_t got = bytes_->read(into);
    if (identity_ != nullptr) identity_->update(into.first(got));
    return got;
}

void CaptureInput::drain() {
    std::string rest(64 * 1024, '\0');
    while (read(rest) > 0) {
    }
}

}  // namespace abm
