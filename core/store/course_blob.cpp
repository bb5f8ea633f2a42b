#include "core/store/course_blob.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/store/blob.h"

namespace abm {
namespace {

constexpr std::size_t kMostNarrowWords = 256;

template <class Step>
void read_steps(const void* data, std::size_t bytes, TokenSequences& into) {
    std::vector<Step> steps(bytes / sizeof(Step));
    from_blob(data, bytes, std::span(steps));
    const std::size_t words = into.words.size();
    if (std::ranges::any_of(steps, [&](Step step) { return step >= words; }))
        throw Error(ErrorCode::Corrupt, "a step of a course is no word of its source");
    into.tokens.insert(into.tokens.end(), steps.begin(), steps.end());
}

}  // namespace

std::string course_blob(const TokenSequences& sequences, std::size_t first, std::size_t count) {
    std::vector<std::uint32_t> lengths;
    lengths.reserve(count);
    for (std::size_t row = first; row < first + count; ++row)
        lengths.push_back(static_cast<std::uint32_t>(sequences.of(row).size()));
    const auto steps =
        std::span(sequences.tokens).subspan(sequences.first[first], sequences.first[first + count] - sequences.first[first]);
    std::string blob = to_blob(std::span<const std::uint32_t>(lengths));
    if (sequences.words.size() > kMostNarrowWords) return blob + to_blob(std::span<const Token>(steps));
    std::ranges::transform(steps, std::back_inserter(blob), [](Token step) { return static_cast<char>(step); });
    return blob;
}

void read_course_blob(const void* data, std::size_t bytes, std::size_t count, TokenSequences& into) {
    std::vector<std::uint32_t> lengths(count);
    const std::size_t head = std::min(bytes, count * sizeof(std::uint32_t));
    from_blob(data, head, std::span(lengths));
    std::uint64_t end = into.tokens.size();
    for (const std::uint32_t length : lengths) into.first.push_back(end += length);
    const auto* const steps = static_cast<const char*>(data) + head;
    if (into.words.size() > kMostNarrowWords) {
        read_steps<std::uint16_t>(steps, bytes - head, into);
    } else {
        read_steps<std::uint8_t>(steps, bytes - head, into);
    }
    if (into.tokens.size() != end) throw Error(ErrorCode::Corrupt, "a block of courses has the wrong length");
}

}  // namespace abm
