// Finds the templates of log messages while they are read: a fixed-depth tree after Drain (He, Zhu, Zheng, Lyu, ICWS 2017) over
// masked messages, and behind it a look at all values of a position, which decides whether it is a variable.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/textlog/message_mask.h"

namespace abm {

/// A masked message the miner keeps apart; stable from the line that showed it first. Which template it belongs to is known when
/// all lines were seen: Templates::of_shape.
enum class ShapeId : std::uint32_t {};
/// What shares a shape when the miner is full (see TemplateMiner::kMostShapes): text "<*>".
inline constexpr ShapeId kOverflowShape{0};

using TemplateId = std::uint32_t;
/// Of messages that came when the miner was full; of no others.
inline constexpr TemplateId kOverflowTemplate = 0;

/// What was found, detached from the miner.
struct Templates {
    std::vector<TemplateId> of_shape;  ///< [shapes] index into texts
    /// [templates] in the order of their first lines, distinct, printable, "<*>" for variables, card numbers masked.
    std::vector<std::string> texts;

    /// Also of a shape that came later: kOverflowTemplate.
    TemplateId of(ShapeId shape) const {
        const auto at = static_cast<std::size_t>(shape);
        return at < of_shape.size() ? of_shape[at] : kOverflowTemplate;
    }
};

/// Not thread-safe; deterministic. Equal lines in another order may give other templates, as in every online miner.
class TemplateMiner {
public:
    static constexpr std::size_t kMostShapes = 65'535;  ///< fits the vocabulary of TokenSequences
    static constexpr std::size_t kMostCached = 1U << 20;
    static constexpr std::size_t kMostInLeaf = 512;
    static constexpr std::size_t kManyValues = 32;  ///< a position with more values is a variable for good

    TemplateMiner();

    /// Learns a message (without its header). About a hundred nanoseconds when its masked form was seen before.
    ShapeId add(std::string_view message);
    std::size_t shapes() const { return shapes_.size(); }
    /// The templates of what was added so far.
    Templates templates() const;

private:
    using WordId = std::uint32_t;
    static constexpr WordId kAnyWord = 0;
    enum class WordKind : std::uint8_t { constant, mixed, variable };

    struct Shape {
        std::uint32_t first_word = 0;
        std::uint32_t words = 0;
        std::uint32_t cluster = 0;
        std::int64_t lines = 0;
    };
    /// Shapes of one length that Drain would call one template: constant where all agree, kAnyWord where they differ.
    struct Cluster {
        std::vector<WordId> words;
        std::vector<bool> open;  ///< positions with more than kManyValues values: shapes say kAnyWord there
        std::vector<ShapeId> shapes;
    };
    struct Cached {
        std::uint64_t hash = 0;
        ShapeId shape{};
        bool used = false;
    };
    friend class TemplateSplitter;

    Cached* slot_of(std::uint64_t hash);
    void remember(std::uint64_t hash, ShapeId shape);
    ShapeId learn(std::string_view masked);
    void read_words(std::string_view masked);
    WordId word_id(std::string_view word);
    std::uint64_t route() const;
    std::uint32_t best_cluster(std::span<const std::uint32_t> leaf) const;
    double likeness(const Cluster& cluster) const;
    bool moved(const Cluster& cluster, std::size_t place) const;
    ShapeId join(std::uint32_t cluster);
    ShapeId add_shape(std::uint32_t cluster);
    void open_positions(Cluster& cluster);
    std::span<const WordId> words_of(ShapeId shape) const;

    MessageMask mask_;
    std::vector<Cached> cache_;
    std::size_t cached_ = 0;
    std::deque<std::string> words_;  ///< [WordId]; masked, views into it are keys of word_ids_
    std::vector<WordKind> kinds_;    ///< [WordId]
    std::unordered_map<std::string_view, WordId> word_ids_;
    std::vector<WordId> shape_words_;
    std::vector<Shape> shapes_;
    std::vector<Cluster> clusters_;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> leaves_;
    std::unordered_map<std::uint64_t, ShapeId> shape_ids_;  ///< by the hash of their words
    std::vector<WordId> line_;                              ///< the message being learnt
};

}  // namespace abm
