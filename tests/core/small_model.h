// A journal model small enough to keep as a file, and sessions for it: the same numbers on every platform.
#pragma once

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "core/detect/split_mix.h"
#include "core/features/session_features.h"
#include "core/pipeline/model_set.h"

namespace abm::test {

/// n rows of the features of journal sessions. Some values are unknown; with each row number 9 modulo 10 odd in its first five.
inline FeatureMatrix session_rows(Eigen::Index n, std::uint64_t seed = 3) {
    FeatureMatrix data;
    data.names = session_feature_names();
    data.values.resize(n, static_cast<Eigen::Index>(data.names.size()));
    SplitMix random(seed);
    for (Eigen::Index row = 0; row < n; ++row) {
        for (Eigen::Index column = 0; column < data.columns(); ++column) {
            const double value = random.normal() + (row % 10 == 9 && column < 5 ? 4.0 : 0.0);
            const bool unknown = random.below(50) == 0;
            data.values(row, column) = unknown ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(value);
        }
    }
    return data;
}

/// The same with what happened in them: in rows 9 modulo 10 the notes are taken before they are presented.
inline FeatureTable small_table(Eigen::Index n, std::uint64_t seed = 3) {
    FeatureTable table{session_rows(n, seed), {}};
    table.sequences.words = {"SESSION START", "NOTES PRESENTED", "NOTES TAKEN", "SESSION END"};
    for (Eigen::Index row = 0; row < n; ++row) {
        const std::vector<Token> usual{0, 1, 2, 3}, odd{0, 2, 1, 3};
        for (const Token token : row % 10 == 9 ? odd : usual) table.sequences.tokens.push_back(token);
        table.sequences.end_sequence();
    }
    return table;
}

/// `trees` of 32 rows each, two machines, three labels.
inline JournalModel small_model(int trees = 4) {
    const FeatureMatrix data = session_rows(64);
    std::vector<MachineIndex> machines(64, MachineIndex{0});
    std::fill(machines.begin() + 40, machines.end(), MachineIndex{1});
    IsolationForest forest = IsolationForest::fit(data, {.trees = trees, .sample = 32, .seed = 5}, 1, {});
    const Eigen::VectorXd scores = forest.score(data, 1, {});
    const auto features = [&](Eigen::Index row) {
        return std::vector<float>(data.values.row(row).data(), data.values.row(row).data() + data.columns());
    };
    JournalModel model{.kind = RecordKind::session,
                       .forest = std::move(forest),
                       .calibration = Calibration::fit(scores),
                       .prior_mean = scores.mean(),
                       .prior_deviation = 0.05,
                       .scaler = Scaler::fit(data, Scaling::z_score),
                       .ranges = UsualRanges(data, machines),
                       .machines = {"0777", "Zürich \"2\""},
                       .labels = {},
                       .seed = 0xFEDCBA9876543210U,
                       .records = 64};
    model.labels.push_back({"00112233445566778899aabbccddeeff", RecordKind::session, 4096, true, features(9), {"card-retained"}});
    model.labels.push_back({"00112233445566778899aabbccddeeff", RecordKind::session, 9000, false, features(10), {}});
    model.labels.push_back(
        {"ffeeddccbbaa99887766554433221100", RecordKind::interval, 0, false, {}, {"power-reset", "journal-gap"}});
    return model;
}

inline std::shared_ptr<const ModelSet> set_of(JournalModel model) {
    return std::make_shared<const ModelSet>(ModelSet{{std::make_shared<const JournalModel>(std::move(model))}});
}

}  // namespace abm::test
