// Reading the parameters of a detector: every member is checked, and one nobody asked for is an error.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/features/model_document.h"

namespace abm {

/// Ask for every member there is, then call finish(). detector: as users call it, for messages. params: an object, or null for
/// none. All throw Error{Invalid} that names the detector, the member and what is allowed.
class DetectorParams {
public:
    DetectorParams(std::string_view detector, const Json& params);

    std::int64_t integer(const char* name, std::int64_t least, std::int64_t most, std::int64_t absent);
    /// 64 bits, none is wrong.
    std::uint64_t seed(std::uint64_t absent);
    /// Finite and above 0.
    double positive(const char* name, double absent);
    /// One of `allowed`; the first of them when absent.
    std::string word(const char* name, std::span<const std::string_view> allowed);
    bool has(const char* name) const;
    /// Refuses members that were not asked for.
    void finish() const;

private:
    const Json* find(const char* name);
    [[noreturn]] void refuse(std::string_view name, std::string_view what) const;

    std::string_view detector_;
    const Json& params_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace abm
