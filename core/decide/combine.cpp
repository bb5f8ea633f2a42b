#include "core/decide/combine.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace abm {

Band band_of(Severity severity) {
    constexpr std::array<Band, kSeverityCount> kBands{{{0.0, 0.5}, {0.5, 0.65}, {0.65, 0.85}, {0.85, 0.95}, {0.95, 1.0}}};
    return kBands[static_cast<std::size_t>(severity)];
}

double displayed_score(Severity severity, double surprise) {
    // Half of the band is reached at one in a hundred; it is never used up, so nothing saturates.
    constexpr double kHalfway = 2.0;
    // Off the edges, so that narrowing to float cannot put a score into the neighbouring band.
    constexpr double kMargin = 0.01;
    const double known = std::isnan(surprise) ? 0.0 : std::max(0.0, surprise);
    const double place = 1.0 - kHalfway / (known + kHalfway);
    const auto [low, high] = band_of(severity);
    return low + (high - low) * (kMargin + (1.0 - 2.0 * kMargin) * place);
}

Verdict combine(RecordType type, Severity severity, const ModelEvidence& evidence) {
    const bool ordinary = type == RecordType::normal && severity == Severity::none;
    if (ordinary && evidence.distinct && evidence.tail_probability < kUnusualTail) {
        type = RecordType::unusual;
        severity = Severity::low;
    }
    return {type, severity, displayed_score(severity, evidence.surprise)};
}

}  // namespace abm
