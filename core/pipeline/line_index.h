// Which line has which number, in files too large to count them each time.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/data/source.h"

namespace abm {

/// A place about every 64 KiB: 16 bytes of memory for each. Thread-safe: questions are answered while it is built, about the part
/// that was read by then. Lines count from 1.
class LineIndex {
public:
    static constexpr std::int64_t kSpacing = 64 * 1024;

    explicit LineIndex(Source source);

    /// Reads the source once. Throws Error{Io}, Error{Corrupt}, Error{Cancelled}; what was counted stays.
    void build(const Progress& progress);

    bool complete() const;
    std::int64_t counted_bytes() const;
    std::optional<std::int64_t> lines() const;  ///< of the whole source, when it is complete
    /// The number of the line that holds the byte; nullopt when that part was not read yet. Reads about 64 KiB.
    std::optional<std::int64_t> line_of(std::int64_t offset) const;
    /// Where the line begins; nullopt when it was not read yet or does not exist (then lines() is smaller). Reads about 64 KiB.
    std::optional<std::int64_t> offset_of(std::int64_t line) const;

private:
    struct Place {
        std::int64_t offset = 0;  ///< where a line begins
        std::int64_t line = 1;
    };

    Source source_;
    mutable std::mutex mutex_;  ///< guards what is below
    std::vector<Place> places_{{0, 1}};
    std::int64_t counted_ = 0;
    std::int64_t lines_ = 0;
    bool complete_ = false;
};

}  // namespace abm
