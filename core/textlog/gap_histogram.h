// Which gaps between lines are usual: counts in steps of a twelfth of a doubling (6 %), from a millisecond to 30 years.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace abm {

class GapHistogram {
public:
    void add(double seconds) {
        ++counts_[bin_of(seconds)];
        ++total_;
    }
    std::int64_t total() const { return total_; }

    /// Seconds that the share of gaps does not exceed, rounded up to the next step; 0 when there are none.
    double quantile(double share) const {
        const double wanted = share * static_cast<double>(total_);
        double seen = 0;
        for (std::size_t bin = 0; bin < kBins; ++bin) {
            seen += static_cast<double>(counts_[bin]);
            if (seen >= wanted && total_ > 0) return kLeast * std::exp2(static_cast<double>(bin) / kStepsInDoubling);
        }
        return 0;
    }

private:
    static constexpr std::size_t kBins = 480;
    static constexpr double kLeast = 1e-3, kStepsInDoubling = 12;

    static std::size_t bin_of(double seconds) {
        if (!(seconds > kLeast)) return 0;
        const double step = std::ceil(std::log2(seconds / kLeast) * kStepsInDoubling);
        return std::min(kBins - 1, static_cast<std::size_t>(step));
    }

    std::array<std::uint32_t, kBins> counts_{};
    std::int64_t total_ = 0;
};

}  // namespace abm
