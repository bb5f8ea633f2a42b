#include "core/decide/combine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace abm {
namespace {

constexpr Severity kTiers[] = {Severity::none, Severity::low, Severity::medium, Severity::high, Severity::critical};

TEST(Combine, ScoresStayStrictlyInsideTheirBandEvenAsFloat) {
    for (const Severity tier : kTiers) {
        const auto [low, high] = band_of(tier);
        for (const double surprise : {0.0, 0.3, 2.0, 40.0, 1e6, 1e300, std::numeric_limits<double>::infinity()}) {
            const auto score = static_cast<float>(displayed_score(tier, surprise));
            EXPECT_GT(score, static_cast<float>(low)) << name_of(tier) << surprise;
            EXPECT_LT(score, static_cast<float>(high)) << name_of(tier) << surprise;
        }
    }
}

TEST(Combine, RisesWithSurpriseWithinATier) {
    for (const Severity tier : kTiers) {
        double before = displayed_score(tier, 0.0);
        for (double surprise = 0.1; surprise < 50; surprise += 0.1) {
            const double now = displayed_score(tier, surprise);
            EXPECT_GT(now, before);
            before = now;
        }
    }
}

TEST(Combine, AProvenFaultStandsAboveWhatIsMerelyOdd) {
    const Verdict odd = combine(RecordType::normal, Severity::none, {1e-30, 30.0});
    const Verdict proven = combine(RecordType::cash_at_risk, Severity::critical, {});
    const Verdict medium = combine(RecordType::deposit_fault, Severity::medium, {});
    EXPECT_GT(proven.score, odd.score);
    EXPECT_GT(medium.score, odd.score);
    EXPECT_EQ(proven.type, RecordType::cash_at_risk);
}

TEST(Combine, OnlyOrdinaryRecordsBecomeUnusual) {
    const ModelEvidence rare{0.001, 3.0};
    const Verdict unusual = combine(RecordType::normal, Severity::none, rare);
    EXPECT_EQ(unusual.type, RecordType::unusual);
    EXPECT_EQ(unusual.severity, Severity::low);
    EXPECT_EQ(combine(RecordType::host_declined, Severity::none, rare).type, RecordType::host_declined);
    EXPECT_EQ(combine(RecordType::chip_fallback, Severity::low, rare).type, RecordType::chip_fallback);
    EXPECT_EQ(combine(RecordType::normal, Severity::none, {0.001, 3.0, false}).type, RecordType::normal);
    EXPECT_EQ(combine(RecordType::normal, Severity::none, {kUnusualTail, 2.3}).type, RecordType::normal);
}

TEST(Combine, ModelEvidenceAloneStaysBelowAHalfUntilItIsUnusual) {
    const Verdict common = combine(RecordType::normal, Severity::none, {0.0051, -std::log10(0.0051)});
    EXPECT_LT(common.score, 0.5);
    const Verdict unusual = combine(RecordType::normal, Severity::none, {1e-12, 12.0});
    EXPECT_GE(unusual.score, 0.5);
    EXPECT_LT(unusual.score, 0.65);
    const ModelEvidence unknown{1.0, std::numeric_limits<double>::quiet_NaN()};
    EXPECT_EQ(combine(RecordType::normal, Severity::none, unknown).score, displayed_score(Severity::none, 0.0));
}

}  // namespace
}  // namespace abm
