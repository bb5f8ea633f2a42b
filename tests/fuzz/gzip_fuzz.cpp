// Any bytes as gzip data: no crash, the offsets add up, and a reader that starts in the middle gives the same text.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "core/base/gzip_reader.h"

namespace {

using abm::GzipIndex;
using abm::GzipReader;

constexpr std::size_t kMostText = std::size_t{8} << 20;  // a few bytes of gzip can hold gigabytes

void require(bool holds) {
    if (!holds) std::abort();
}

std::string read_all(GzipReader& reader, std::size_t block) {
    std::string text;
    std::string buffer(block, '\0');
    while (text.size() < kMostText) {
        const std::size_t got = reader.read(buffer);
        text.append(buffer, 0, got);
        if (got < buffer.size()) {
            require(reader.ended());
            break;
        }
    }
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto fetch = [=](std::int64_t offset, std::span<char> into) -> std::size_t {
        const auto from = std::min(size, static_cast<std::size_t>(offset));
        const std::size_t bytes = std::min({size - from, into.size(), std::size_t{5}});
        if (bytes > 0) std::memcpy(into.data(), data + from, bytes);
        return bytes;
    };
    GzipIndex index;
    GzipReader indexing(fetch, &index);
    const std::string text = read_all(indexing, 65'536);
    require(indexing.out_offset() == static_cast<std::int64_t>(text.size()));
    if (indexing.damage()) require(indexing.damage()->out == indexing.out_offset());

    GzipReader plain(fetch);
    require(read_all(plain, text.size() < 5000 ? 7 : 65'536).starts_with(text.substr(0, std::min(text.size(), kMostText))));
    require(plain.damage().has_value() == indexing.damage().has_value() || text.size() >= kMostText);

    if (const auto point = index.before(INT64_MAX)) {
        GzipReader middle(fetch, *point);
        const auto from = static_cast<std::size_t>(point->out);
        const std::string rest = read_all(middle, 4096).substr(0, text.size() - from);
        require(rest == text.substr(from));
    }
    return 0;
}
