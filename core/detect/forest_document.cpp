// Saving and loading of isolation forests. Trees are written in preorder: "terms" and "thresholds" of the splits, "leaves"
// holding for each node its rows when it is a leaf and 0 when it is split. A node is therefore never claimed twice and nothing
// can point away.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/detect/damaged_model.h"
#include "core/detect/forest_grow.h"
#include "core/detect/isolation_forest.h"

namespace abm {
namespace {

constexpr int kForestFormat = 1;

class TreeWriter {
public:
    TreeWriter(const ForestTable& table, std::size_t tree) : table_(table), tree_(tree) { write(1); }
    Json document() const {
        Json all{{"leaves", leaves_}, {"features", features_}, {"thresholds", thresholds_}};
        if (table_.terms_per_split > 1) all["weights"] = weights_;
        return all;
    }

private:
    void write(std::size_t node) {
        if (table_.is_leaf(tree_, node)) {
            leaves_.push_back(table_.size_of(tree_, node));
            return;
        }
        leaves_.push_back(0);
        const ForestSplit& split = table_.splits[tree_ * kForestNodes + node];
        thresholds_.push_back(split.threshold);
        if (table_.terms_per_split == 1) features_.push_back(split.lane_offset / kForestLanes);
        if (table_.terms_per_split > 1) {
            for (const ForestTerm& term : table_.terms_of(tree_, node)) {
                features_.push_back(term.feature);
                weights_.push_back(term.weight);
            }
        }
        write(2 * node);
        write(2 * node + 1);
    }

    const ForestTable& table_;
    std::size_t tree_;
    std::vector<std::uint32_t> leaves_;
    std::vector<std::int32_t> features_;
    std::vector<float> thresholds_;
    std::vector<float> weights_;
};

float written_float(double value, const char* name) {
    const auto narrow = static_cast<float>(value);
    if (!std::isfinite(narrow) || static_cast<double>(narrow) != value)
        refuse_damaged("forest", fmt::format("\"{}\" holds a number no forest writes", name));
    return narrow;
}

class TreeReader {
public:
    TreeReader(const Json& document, std::int64_t features, int sample, std::size_t tree, ForestTable& table)
        : table_(table),
          tree_(tree),
          leaves_(integers(document, "leaves", 0, sample)),
          features_(integers(document, "features", 0, features - 1)),
          thresholds_(finite_numbers(document, "thresholds")) {
        const auto each = static_cast<std::size_t>(table.terms_per_split);
        if (each > 1) weights_ = finite_numbers(document, "weights");
        if (features_.size() != thresholds_.size() * each || (each > 1 && weights_.size() != features_.size()))
            refuse_damaged("forest", "the lists of a tree differ in length");
        const std::uint64_t rows = read(1, 0);
        if (next_node_ != leaves_.size() || next_split_ != thresholds_.size())
            refuse_damaged("forest", "a tree has more entries than nodes");
        if (rows != static_cast<std::uint64_t>(sample))
            refuse_damaged("forest", fmt::format("a tree of {} rows instead of {}", rows, sample));
    }

private:
    std::uint32_t read(std::size_t node, int depth) {
        if (next_node_ == leaves_.size()) refuse_damaged("forest", "a tree ends too early");
        if (const auto rows = static_cast<std::uint32_t>(leaves_[next_node_++]); rows > 0) {
            table_.set_leaf(tree_, node, rows);
            return rows;
        }
        if (depth == kForestDepth) refuse_damaged("forest", "a tree is too deep");
        if (next_split_ == thresholds_.size()) refuse_damaged("forest", "a tree has more splits than thresholds");
        read_split(node, next_split_++);
        // Leaves hold at most 65,536 rows each and there are at most 256: no sum overflows.
        const std::uint32_t left = read(2 * node, depth + 1);
        const std::uint32_t rows = left + read(2 * node + 1, depth + 1);
        table_.sizes[tree_ * 2 * kForestNodes + node] = rows;
        return rows;
    }

    void read_split(std::size_t node, std::size_t split) {
        ForestSplit& slot = table_.splits[tree_ * kForestNodes + node];
        slot.threshold = written_float(thresholds_[split], "thresholds");
        if (table_.terms_per_split == 1) {
            slot.lane_offset = static_cast<std::int32_t>(features_[split]) * kForestLanes;
            return;
        }
        slot.lane_offset = 0;
        std::size_t at = split * static_cast<std::size_t>(table_.terms_per_split);
        for (ForestTerm& term : table_.terms_of(tree_, node)) {
            term = {static_cast<std::int32_t>(features_[at]), written_float(weights_[at], "weights")};
            ++at;
        }
    }

    ForestTable& table_;
    std::size_t tree_;
    std::vector<std::int64_t> leaves_;
    std::vector<std::int64_t> features_;
    std::vector<double> thresholds_;
    std::vector<double> weights_;
    std::size_t next_node_ = 0;
    std::size_t next_split_ = 0;
};

}  // namespace

ForestParams forest_params(const Json& params) {
    ForestParams chosen;
    if (params.is_null()) return chosen;
    if (!params.is_object()) throw Error(ErrorCode::Invalid, "The parameters of a forest must be an object.");
    for (const auto& [name, value] : params.items()) {
        if (!value.is_number_integer())
            throw Error(ErrorCode::Invalid, fmt::format("Forest parameter \"{}\" must be a whole number.", name));
        // Ranges are checked by fit(); here a value only has to survive the narrowing.
        const auto whole = static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), INT32_MIN, INT32_MAX));
        if (name == "trees")
            chosen.trees = whole;
        else if (name == "sample")
            chosen.sample = whole;
        else if (name == "extension")
            chosen.extension = whole;
        else if (name == "seed")
            chosen.seed = value.get<std::uint64_t>();
        else
            throw Error(ErrorCode::Invalid, fmt::format("A forest has no parameter \"{}\".", name));
    }
    return chosen;
}

Json IsolationForest::save() const {
    Json document = model_document(kKind, kForestFormat);
    document["schema"] = schema_;
    document["names"] = names_;
    document["medians"] = medians_;
    document["sample"] = sample_;
    document["seed"] = seed_;
    document["extension"] = table_.terms_per_split - 1;
    Json& trees = document["trees"] = Json::array();
    for (int tree = 0; tree < table_.trees; ++tree)
        trees.push_back(TreeWriter(table_, static_cast<std::size_t>(tree)).document());
    return document;
}

IsolationForest IsolationForest::load(const Json& document) {
    check_model_header(document, kKind, kForestFormat);
    IsolationForest forest;
    FeatureMatrix schema;
    schema.names = forest.names_ = strings(document, "names");
    forest.schema_ = hex_text(schema.schema());
    const auto features = static_cast<std::int64_t>(forest.names_.size());
    if (features == 0 || features > kForestMostFeatures) refuse_damaged("forest", fmt::format("it has {} features", features));
    if (member(document, "schema") != forest.schema_)
        throw Error(ErrorCode::Mismatch,
                    "The saved forest belongs to another set of features than it names. Train the model again.");
    for (const double median : finite_numbers(document, "medians"))
        forest.medians_.push_back(plain_value(written_float(median, "medians"), 0));
    if (forest.medians_.size() != forest.names_.size()) refuse_damaged("forest", "medians and features differ in number");
    forest.sample_ = static_cast<int>(integer(document, "sample", 1, kForestMostSample));
    const Json& seed = member(document, "seed");
    if (!seed.is_number_integer()) refuse_damaged("forest", "\"seed\" is not a whole number");
    forest.seed_ = seed.get<std::uint64_t>();
    const auto terms = integer(document, "extension", 0, features - 1) + 1;
    const Json& trees = member(document, "trees");
    if (!trees.is_array() || trees.empty() || trees.size() > static_cast<std::size_t>(kForestMostTrees))
        refuse_damaged("forest", "it has no trees, or too many");
    if (!forest_fits(static_cast<std::int64_t>(trees.size()), terms)) refuse_damaged("forest", "its splits are too large");
    forest.table_ = ForestTable::padded(static_cast<int>(trees.size()), static_cast<int>(terms));
    for (std::size_t tree = 0; tree < trees.size(); ++tree)
        TreeReader(trees[tree], features, forest.sample_, tree, forest.table_);
    return forest;
}

}  // namespace abm
