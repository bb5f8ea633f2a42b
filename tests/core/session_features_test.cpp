#include "core/features/session_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace abm {
namespace {

class SessionFeatures : public testing::Test {
protected:
    float value(const std::string& name) const {
        const auto& names = session_feature_names();
        std::vector<float> row(names.size());
        session_features(facts_, row);
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) return ADD_FAILURE() << "no feature " << name, 0.0F;
        return row[static_cast<std::size_t>(found - names.begin())];
    }
    Facts facts_;
};

TEST_F(SessionFeatures, NamesAreUniqueAndManageable) {
    const auto& names = session_feature_names();
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
    EXPECT_GE(names.size(), 35U);
    EXPECT_LE(names.size(), 45U);
}

TEST_F(SessionFeatures, MoneyIsLogarithmicAndItsSignDoesNotMatter) {
    facts_[Fact::deposit_mismatch_amount] = -500.0;
    EXPECT_NEAR(value("log1p_deposit_difference_amount"), std::log1p(500.0), 1e-5);
    EXPECT_NEAR(natural_value("log1p_deposit_difference_amount", value("log1p_deposit_difference_amount")), 500.0, 1e-2);
    EXPECT_EQ(natural_name("log1p_deposit_difference_amount"), "deposit_difference_amount");
    EXPECT_EQ(natural_value("longest_gap_s", 7.0), 7.0);
}

TEST_F(SessionFeatures, StepsThatDidNotHappenHaveNoDuration) {
    facts_[Fact::card_to_pin_s] = 0.0;
    EXPECT_TRUE(std::isnan(value("card_to_pin_s")));
    EXPECT_TRUE(std::isnan(value("present_to_taken_s")));
    facts_[Fact::pin_entered] = 1.0;
    facts_[Fact::card_to_pin_s] = 9.0;
    facts_[Fact::presented_notes] = 3.0;
    facts_[Fact::present_to_taken_s] = 4.0;
    EXPECT_EQ(value("card_to_pin_s"), 9.0F);
    EXPECT_EQ(value("present_to_taken_s"), 4.0F);
}

TEST_F(SessionFeatures, UnknownFactsStayUnknown) {
    for (int fact = 0; fact < kFactCount; ++fact) facts_[static_cast<Fact>(fact)] = Facts::kUnknown;
    std::vector<float> row(session_feature_names().size());
    session_features(facts_, row);
    for (const float cell : row) EXPECT_TRUE(std::isnan(cell));
}

TEST_F(SessionFeatures, MidnightIsNearBothItsNeighbours) {
    const auto place = [&](double hour) {
        facts_[Fact::hour_of_day] = hour;
        return std::pair{value("hour_sin"), value("hour_cos")};
    };
    const auto [late_sin, late_cos] = place(23.9);
    const auto [early_sin, early_cos] = place(0.1);
    EXPECT_LT(std::hypot(late_sin - early_sin, late_cos - early_cos), 0.06);
}

TEST_F(SessionFeatures, EveryFeatureHasWordsAndAUnit) {
    for (const std::string& name : session_feature_names())
        EXPECT_TRUE(feature_phrase(natural_name(name)).starts_with("the ")) << name;
    EXPECT_EQ(feature_phrase("packet_gap_s"), "the packet gap");
    EXPECT_EQ(feature_text("longest_gap_s", 383.0), "383 s");
    EXPECT_EQ(feature_text("longest_gap_s", 4.26), "4.26 s");
    EXPECT_EQ(feature_text("withdrawn_amount", 4500.0), "4,500.00");
    EXPECT_EQ(feature_text("exchanges", 3.0), "3");
    EXPECT_EQ(feature_text("exchanges", std::nan("")), "unknown");
}

}  // namespace
}  // namespace abm
