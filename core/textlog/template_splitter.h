// Says which positions of a cluster are variables, when all their values are known.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/textlog/template_miner.h"

namespace abm {

/// A cluster is taken apart again at a position with few words that come often: "VM Started" and "VM Paused" are two templates,
/// "Failed password for <*>" is one. Templates that differ in one of their first two words only, in which the tree cannot merge,
/// become one when there are many of them.
class TemplateSplitter {
public:
    /// miner outlives it and does not change.
    explicit TemplateSplitter(const TemplateMiner& miner) : miner_(miner) {}
    Templates templates();

private:
    using WordId = TemplateMiner::WordId;
    using Shapes = std::vector<ShapeId>;
    struct Group {
        std::vector<WordId> words;
        Shapes shapes;
    };

    void split(Shapes shapes);
    std::size_t position_to_split(const Shapes& shapes) const;
    std::size_t choices_at(const Shapes& shapes, std::size_t position) const;
    std::vector<WordId> common_words(const Shapes& shapes) const;
    void merge_beginnings(std::size_t position);
    std::string text_of(const Group& group) const;

    const TemplateMiner& miner_;
    std::vector<Group> groups_;
};

}  // namespace abm
