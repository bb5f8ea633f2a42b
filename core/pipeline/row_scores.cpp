#include "core/pipeline/row_scores.h"

#include <algorithm>
#include <cstring>

#include "core/data/sequence_joiner.h"
#include "core/detect/classifier.h"
#include "core/pipeline/channel.h"

namespace abm {
namespace {

/// Of how many rows at the front and at the back of two tables the same is known.
struct Common {
    Eigen::Index front = 0, back = 0;
};

class RowComparison {
public:
    RowComparison(const FeatureTable& table, const FeatureTable& before) : table_(table), before_(before) {
        for (const std::string& word : before.sequences.words) {
            const auto found = std::ranges::find(table.sequences.words, word);
            words_.push_back(found - table.sequences.words.begin());
        }
    }

    Common common() const {
        Common found;
        const FeatureMatrix& now = table_.features;
        const FeatureMatrix& then = before_.features;
        const bool comparable = now.names == then.names && has_sequences() == (before_.sequences.size() > 0);
        const Eigen::Index shorter = comparable ? std::min<Eigen::Index>(now.rows(), then.rows()) : 0;
        while (found.front < shorter && same(found.front, found.front)) ++found.front;
        while (found.back < shorter - found.front && same(now.rows() - 1 - found.back, then.rows() - 1 - found.back))
            ++found.back;
        return found;
    }

private:
    bool has_sequences() const { return table_.sequences.size() > 0; }

    bool same(Eigen::Index row, Eigen::Index other) const {
        const RowMatrix& now = table_.features.values;
        const RowMatrix& then = before_.features.values;
        // As bits: unknown values are NaN.
        const auto bytes = static_cast<std::size_t>(now.cols()) * sizeof(float);
        if (bytes > 0 && std::memcmp(now.row(row).data(), then.row(other).data(), bytes) != 0) return false;
        return !has_sequences() || std::ranges::equal(table_.sequences.of(static_cast<std::size_t>(row)),
                                                      before_.sequences.of(static_cast<std::size_t>(other)),
                                                      [&](Token a, Token b) { return a == words_[b]; });
    }

    const FeatureTable& table_;
    const FeatureTable& before_;
    std::vector<std::ptrdiff_t> words_;  ///< where the words of `before` stand in `table`; behind its last: nowhere
};

FeatureTable rows_between(const FeatureTable& table, Eigen::Index first, Eigen::Index last) {
    FeatureTable between;
    between.features.names = table.features.names;
    between.features.values = table.features.values.middleRows(first, last - first);
    if (table.sequences.size() > 0) {
        between.sequences = chosen_sequences(table.sequences, static_cast<std::size_t>(first), static_cast<std::size_t>(last));
    }
    return between;
}

/// The front and the back of what was known, with what is new between them.
Eigen::VectorXd joined(const Eigen::VectorXd& known, const Eigen::VectorXd& fresh, Common common) {
    Eigen::VectorXd all(common.front + fresh.size() + common.back);
    all << known.head(common.front), fresh, known.tail(common.back);
    return all;
}

LeafIds joined(const LeafIds& known, const LeafIds& fresh, Common common) {
    const auto front = static_cast<std::size_t>(common.front), back = static_cast<std::size_t>(common.back);
    LeafIds all;
    all.trees = known.trees;
    all.rows = front + fresh.rows + back;
    all.slots.resize(all.trees * all.rows);
    for (std::size_t tree = 0; tree < all.trees; ++tree) {
        std::uint8_t* to = all.slots.data() + tree * all.rows;
        to = std::copy_n(known.of_tree(tree), front, to);
        to = std::copy_n(fresh.of_tree(tree), fresh.rows, to);
        std::copy_n(known.of_tree(tree) + known.rows - back, back, to);
    }
    return all;
}

}  // namespace

RowScores score_rows(const JournalModel& model, const FeatureTable& table, int threads, const Progress& progress) {
    RowScores scores;
    scores.forest = model.forest.score(table.features, threads, progress);
    scores.lifts = channel_lifts(model.channels, table.dataset(), threads, progress);
    scores.ids = leaf_ids(model.forest, table.features, threads, progress);
    if (model.votes) {
        scores.votes =
            model.votes->margins(classifier_rows(model.forest, table.features.values, scores.forest), threads, progress);
    }
    return scores;
}

RowScores score_rows(const JournalModel& model, const FeatureTable& table, const FeatureTable& before, const RowScores& known,
                     int threads, const Progress& progress) {
    const Common common = RowComparison(table, before).common();
    if (common.front + common.back == 0) return score_rows(model, table, threads, progress);
    const FeatureTable between = rows_between(table, common.front, table.features.rows() - common.back);
    const RowScores fresh = score_rows(model, between, threads, progress);
    RowScores all;
    all.forest = joined(known.forest, fresh.forest, common);
    all.lifts = joined(known.lifts, fresh.lifts, common);
    all.ids = joined(known.ids, fresh.ids, common);
    if (model.votes) all.votes = joined(known.votes, fresh.votes, common);
    return all;
}

}  // namespace abm
