#include "core/features/scaler.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using test::kNan;

FeatureMatrix column(std::initializer_list<float> values) {
    FeatureMatrix data;
    data.names = {"x"};
    data.values.resize(static_cast<Eigen::Index>(values.size()), 1);
    std::copy(values.begin(), values.end(), data.values.data());
    return data;
}

TEST(Scaler, ZScoreHasMeanZeroAndDeviationOne) {
    const FeatureMatrix data = test::normal_table(500, 2);
    const RowMatrix scaled = Scaler::fit(data, Scaling::z_score).transform(data);
    EXPECT_NEAR(scaled.col(0).mean(), 0.0, 1e-5);
    EXPECT_NEAR(scaled.col(0).squaredNorm() / 500.0F, 1.0, 1e-4);
}

TEST(Scaler, RobustIsNotMovedByAnOutlier) {
    const Scaler scaler = Scaler::fit(column({1, 2, 3, 4, 1000}), Scaling::robust);
    EXPECT_DOUBLE_EQ(scaler.centre()[0], 3.0);
    EXPECT_DOUBLE_EQ(scaler.scale()[0], 1.4826);
    EXPECT_GT(Scaler::fit(column({1, 2, 3, 4, 1000}), Scaling::z_score).scale()[0], 100.0);
}

TEST(Scaler, LeavesOutWhatIsUnknownAndKeepsItUnknown) {
    const FeatureMatrix data = column({1, kNan, 3, std::numeric_limits<float>::infinity()});
    const Scaler scaler = Scaler::fit(data, Scaling::z_score);
    EXPECT_DOUBLE_EQ(scaler.centre()[0], 2.0);
    EXPECT_DOUBLE_EQ(scaler.scale()[0], 1.0);
    EXPECT_TRUE(std::isnan(scaler.transform(data)(1, 0)));
    EXPECT_FLOAT_EQ(scaler.transform(data)(2, 0), 1.0F);
}

TEST(Scaler, ConstantAndUnknownColumnsKeepTheirScale) {
    for (const Scaling scaling : {Scaling::z_score, Scaling::robust}) {
        EXPECT_EQ(Scaler::fit(column({0.1F, 0.1F, 0.1F}), scaling).scale()[0], 1.0);
        EXPECT_EQ(Scaler::fit(column({kNan, kNan}), scaling).scale()[0], 1.0);
    }
    // More than half equal: MAD is 0, the standard deviation still tells something.
    EXPECT_NEAR(Scaler::fit(column({0, 0, 0, 2}), Scaling::robust).scale()[0], std::sqrt(0.75), 1e-12);
}

TEST(Scaler, SurvivesSaveAndLoadAndRefusesOtherFeatures) {
    const FeatureMatrix data = test::normal_table(30, 3);
    const Scaler scaler = Scaler::load(Scaler::fit(data, Scaling::robust).save());
    EXPECT_EQ(scaler.transform(data), Scaler::fit(data, Scaling::robust).transform(data));
    FeatureMatrix renamed = data;
    renamed.names[0] = "y";
    EXPECT_THROW(scaler.transform(renamed), Error);
    EXPECT_THROW(Scaler::fit({}, Scaling::z_score), Error);
}

TEST(FeatureMatrix, SchemaDependsOnNamesAndTheirOrder) {
    FeatureMatrix a;
    FeatureMatrix b;
    a.names = {"ab", "c"};
    b.names = {"a", "bc"};
    EXPECT_NE(a.schema(), b.schema());
    b.names = {"c", "ab"};
    EXPECT_NE(a.schema(), b.schema());
    b.names = {"ab", "c"};
    EXPECT_EQ(a.schema(), b.schema());
    EXPECT_NE(a.schema(), FeatureMatrix{}.schema());
}

}  // namespace
}  // namespace abm
