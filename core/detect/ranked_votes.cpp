#include "core/detect/ranked_votes.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace abm {

RankedVotes RankedVotes::fit(const RowMatrix& rows, const std::vector<bool>& anomaly, const RowMatrix& reference,
                             const Eigen::VectorXd& margins, std::uint64_t seed, int threads, const Progress& progress) {
    RankedVotes fitted(LabelForest::fit(rows, anomaly, {.seed = seed}, threads, progress));
    Eigen::VectorXd shares = fitted.votes_.probabilities(reference, threads, progress);
    Eigen::VectorXd sorted = margins;
    std::sort(shares.begin(), shares.end());
    std::sort(sorted.begin(), sorted.end());
    // Rows with equal shares stand at the mean of their ranks' margins.
    for (Eigen::Index first = 0; first < shares.size();) {
        Eigen::Index last = first;
        while (last < shares.size() && shares[last] == shares[first]) ++last;
        fitted.shares_.push_back(shares[first]);
        fitted.margins_.push_back(sorted.segment(first, last - first).mean());
        first = last;
    }
    return fitted;
}

double RankedVotes::margin_of(double share) const {
    const auto right = static_cast<std::size_t>(std::upper_bound(shares_.begin(), shares_.end(), share) - shares_.begin());
    if (right == 0) return margins_.front();
    if (right == shares_.size()) return margins_.back();
    const double way = (share - shares_[right - 1]) / (shares_[right] - shares_[right - 1]);
    return margins_[right - 1] + way * (margins_[right] - margins_[right - 1]);
}

Eigen::VectorXd RankedVotes::margins(const RowMatrix& rows, int threads, const Progress& progress) const {
    Eigen::VectorXd all = votes_.probabilities(rows, threads, progress);
    for (double& value : all) value = margin_of(value);
    return all;
}

Json RankedVotes::save() const {
    Json document = votes_.save();
    document["shares"] = shares_;
    document["margins"] = margins_;
    return document;
}

RankedVotes RankedVotes::load(const Json& document, Eigen::Index columns) {
    RankedVotes loaded(LabelForest::load(document, columns));
    loaded.shares_ = finite_numbers(document, "shares");
    loaded.margins_ = finite_numbers(document, "margins");
    const bool small = std::all_of(loaded.margins_.begin(), loaded.margins_.end(), [](double m) { return std::abs(m) <= 1e6; });
    if (loaded.shares_.empty() || loaded.shares_.size() != loaded.margins_.size() || !small ||
        std::adjacent_find(loaded.shares_.begin(), loaded.shares_.end(), std::greater_equal<>()) != loaded.shares_.end())
        throw Error(ErrorCode::Corrupt, "The saved votes are damaged: their ranks do not fit together. Train the model again.");
    return loaded;
}

}  // namespace abm
