#include "core/pipeline/evaluate_sequences.h"

#include "core/decide/metrics.h"
#include "core/detect/sequence_model.h"

namespace abm {

std::vector<DetectorFigures> evaluate_sequences(const TokenSequences& train, const TokenSequences& normal,
                                                const TokenSequences& anomalous, int threads, const Progress& progress) {
    if (normal.size() == 0 || anomalous.size() == 0)
        throw Error(ErrorCode::Invalid, "Normal and anomalous sessions are both needed to tell them apart.");
    const FeatureMatrix none;
    const SequenceModel model = SequenceModel::fit(Dataset(none, &train), progress);
    std::vector<double> scores;
    std::vector<bool> positive;
    for (const TokenSequences* set : {&normal, &anomalous}) {
        const Eigen::VectorXd of_set = model.score(Dataset(none, set), threads, progress);
        scores.insert(scores.end(), of_set.begin(), of_set.end());
        positive.insert(positive.end(), set->size(), set == &anomalous);
    }
    DetectorFigures figures;
    figures.detector = SequenceModel::kKind;
    figures.auroc = auroc(scores, positive);
    figures.average_precision = average_precision(scores, positive);
    std::vector<DetectorFigures> rows(2, figures);
    rows.back().detector = detector_names().back();
    return rows;
}

}  // namespace abm
