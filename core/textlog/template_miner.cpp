#include "core/textlog/template_miner.h"

#include <xxhash.h>

#include <algorithm>
#include <limits>
#include <unordered_set>

#include "core/textlog/template_splitter.h"
#include "core/textlog/token_mask.h"

namespace abm {
namespace {

constexpr double kLeastLikeness = 0.6;
constexpr std::size_t kRoutingWords = 2;
constexpr std::uint32_t kNoCluster = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostWordBytes = 64U << 20;

std::size_t index(ShapeId shape) { return static_cast<std::size_t>(shape); }

}  // namespace

TemplateMiner::TemplateMiner() : cache_(1U << 12) {
    word_id(std::string_view(&kVariableMark, 1));  // kAnyWord
    shapes_.push_back({});                         // kOverflowShape
    clusters_.push_back({});
}

ShapeId TemplateMiner::add(std::string_view message) {
    const std::string_view masked = mask_.mask(message);
    const std::uint64_t hash = XXH3_64bits(masked.data(), masked.size());
    Cached* const known = slot_of(hash);
    ShapeId shape = known->shape;
    if (!known->used) {
        shape = learn(masked);
        remember(hash, shape);
    }
    ++shapes_[index(shape)].lines;
    return shape;
}

TemplateMiner::Cached* TemplateMiner::slot_of(std::uint64_t hash) {
    std::size_t at = hash & (cache_.size() - 1);
    while (cache_[at].used && cache_[at].hash != hash) at = (at + 1) & (cache_.size() - 1);
    return &cache_[at];
}

void TemplateMiner::remember(std::uint64_t hash, ShapeId shape) {
    if (cached_ == kMostCached) return;
    if (2 * ++cached_ > cache_.size()) {
        std::vector<Cached> old(2 * cache_.size());
        old.swap(cache_);
        for (const Cached& entry : old) {
            if (entry.used) *slot_of(entry.hash) = entry;
        }
    }
    *slot_of(hash) = {hash, shape, true};
}

ShapeId TemplateMiner::learn(std::string_view masked) {
    if (shape_words_.size() * sizeof(WordId) > kMostWordBytes) return kOverflowShape;
    read_words(masked);
    std::vector<std::uint32_t>& leaf = leaves_[route()];
    std::uint32_t cluster = best_cluster(leaf);
    if (cluster != kNoCluster) return join(cluster);
    if (leaf.size() == kMostInLeaf || shapes_.size() == kMostShapes) return kOverflowShape;
    cluster = static_cast<std::uint32_t>(clusters_.size());
    leaf.push_back(cluster);
    clusters_.push_back({line_, std::vector<bool>(line_.size()), {}});
    return add_shape(cluster);
}

void TemplateMiner::read_words(std::string_view masked) {
    line_.clear();
    while (!masked.empty()) {
        const std::size_t size = std::min(masked.find(' '), masked.size());
        line_.push_back(word_id(masked.substr(0, size)));
        masked.remove_prefix(std::min(size + 1, masked.size()));
    }
}

TemplateMiner::WordId TemplateMiner::word_id(std::string_view word) {
    if (const auto found = word_ids_.find(word); found != word_ids_.end()) return found->second;
    const auto id = static_cast<WordId>(words_.size());
    word_ids_.emplace(words_.emplace_back(word), id);
    bool letters = false;
    bool id_like = false;
    for (const char c : word) {
        letters = letters || (character_marks(c) & kMarkLetter) != 0;
        id_like = id_like || (character_marks(c) & kMarkDigit) != 0 || c == '/' || c == '\\' || c == '@';
    }
    kinds_.push_back(!letters ? WordKind::variable : id_like ? WordKind::mixed : WordKind::constant);
    return id;
}

// Length, and the first words that are constants by their looks.
std::uint64_t TemplateMiner::route() const {
    std::uint64_t key = line_.size();
    for (std::size_t i = 0; i < kRoutingWords; ++i) {
        const bool constant = i < line_.size() && kinds_[line_[i]] == WordKind::constant;
        key = key * 0x9E3779B97F4A7C15U + (constant ? line_[i] : kAnyWord);
    }
    return key;
}

std::uint32_t TemplateMiner::best_cluster(std::span<const std::uint32_t> leaf) const {
    std::uint32_t best = kNoCluster;
    double highest = kLeastLikeness;
    for (const std::uint32_t candidate : leaf) {
        const double like = likeness(clusters_[candidate]);
        if (like < highest || (like == highest && best != kNoCluster)) continue;
        highest = like;
        best = candidate;
    }
    return best;
}

// Share of the words that say something on which both agree. Two values of what varies by its looks say nothing. A word that
// stands where the other has a value, and the other way round, is no value: "<*> sent, <*> (<*>) received" is another sentence
// than "<*> (<*>) sent, <*> received".
double TemplateMiner::likeness(const Cluster& cluster) const {
    int same = 0;
    int other = 0;
    for (std::size_t i = 0; i < line_.size(); ++i) {
        const WordKind kind = kinds_[line_[i]];
        const WordKind theirs = kinds_[cluster.words[i]];
        if (line_[i] == cluster.words[i]) {
            same += kind == WordKind::variable ? 0 : 1;
        } else if (kind == WordKind::constant || theirs == WordKind::constant) {
            ++other;
            if (theirs == WordKind::variable && moved(cluster, i)) return 0;
        }
    }
    return same + other == 0 ? 1 : static_cast<double>(same) / (same + other);
}

// Whether the cluster has the word of this place elsewhere, where the line has a value.
bool TemplateMiner::moved(const Cluster& cluster, std::size_t place) const {
    for (std::size_t i = 0; i < line_.size(); ++i) {
        if (cluster.words[i] == line_[place] && kinds_[line_[i]] == WordKind::variable) return true;
    }
    return false;
}

ShapeId TemplateMiner::join(std::uint32_t cluster) {
    Cluster& into = clusters_[cluster];
    for (std::size_t i = 0; i < line_.size(); ++i) {
        if (into.open[i]) line_[i] = kAnyWord;
        if (into.words[i] != line_[i]) into.words[i] = kAnyWord;
    }
    return add_shape(cluster);
}

ShapeId TemplateMiner::add_shape(std::uint32_t cluster) {
    const std::uint64_t hash = XXH3_64bits(line_.data(), line_.size() * sizeof(WordId));
    if (const auto found = shape_ids_.find(hash); found != shape_ids_.end()) return found->second;
    Cluster& into = clusters_[cluster];
    if (shapes_.size() == kMostShapes) return into.shapes.empty() ? kOverflowShape : into.shapes.front();
    const auto shape = static_cast<ShapeId>(shapes_.size());
    shapes_.push_back({static_cast<std::uint32_t>(shape_words_.size()), static_cast<std::uint32_t>(line_.size()), cluster, 0});
    shape_words_.insert(shape_words_.end(), line_.begin(), line_.end());
    shape_ids_.emplace(hash, shape);
    into.shapes.push_back(shape);
    const std::size_t count = into.shapes.size();
    if (count > kManyValues && (count & (count - 1)) == 0) open_positions(into);
    return shape;
}

void TemplateMiner::open_positions(Cluster& cluster) {
    for (std::size_t i = 0; i < cluster.words.size(); ++i) {
        if (cluster.open[i] || cluster.words[i] != kAnyWord) continue;
        std::unordered_set<WordId> values;
        for (const ShapeId shape : cluster.shapes) values.insert(words_of(shape)[i]);
        cluster.open[i] = values.size() > kManyValues;
    }
}

std::span<const TemplateMiner::WordId> TemplateMiner::words_of(ShapeId shape) const {
    const Shape& entry = shapes_[index(shape)];
    return {shape_words_.data() + entry.first_word, entry.words};
}

Templates TemplateMiner::templates() const { return TemplateSplitter(*this).templates(); }

}  // namespace abm
