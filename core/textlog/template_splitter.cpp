#include "core/textlog/template_splitter.h"

#include <algorithm>
#include <map>

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"
#include "core/ingest/text_scan.h"

namespace abm {
namespace {

constexpr std::size_t kMostWordChoices = 4;       ///< "opened", "closed"
constexpr std::size_t kMostCapitalChoices = 16;   ///< names of states and commands: RUNNING, GET
constexpr std::int64_t kLeastLinesPerChoice = 3;  ///< on average
constexpr std::size_t kManyBeginnings = 8;
constexpr std::size_t kManyNames = 3;  ///< of beginnings that look like names of things: [cn<*>], com.example.mail
constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

bool is_capital(std::string_view word) {
    return std::any_of(word.begin(), word.end(), is_upper) &&
           std::none_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == kVariableMark; });
}

// A number in it, or written from the top as packages are.
bool is_name(std::string_view word) {
    return word.find(kVariableMark) != std::string_view::npos || std::count(word.begin(), word.end(), '.') >= 2;
}

}  // namespace

Templates TemplateSplitter::templates() {
    for (const auto& cluster : miner_.clusters_) {
        if (!cluster.shapes.empty()) split(cluster.shapes);
    }
    merge_beginnings(0);
    merge_beginnings(1);
    const auto first_shape = [](const Group& group) { return *std::min_element(group.shapes.begin(), group.shapes.end()); };
    std::sort(groups_.begin(), groups_.end(), [&](auto& a, auto& b) { return first_shape(a) < first_shape(b); });
    Templates found;
    found.of_shape.assign(miner_.shapes_.size(), kOverflowTemplate);
    found.texts = {std::string(kVariable)};
    std::unordered_map<std::string, TemplateId> ids;
    for (const Group& group : groups_) {
        std::string text = text_of(group);
        const auto [entry, is_new] = ids.emplace(text, static_cast<TemplateId>(found.texts.size()));
        if (is_new) found.texts.push_back(std::move(text));
        for (const ShapeId shape : group.shapes) found.of_shape[static_cast<std::size_t>(shape)] = entry->second;
    }
    return found;
}

void TemplateSplitter::split(Shapes shapes) {
    const std::size_t position = position_to_split(shapes);
    if (position == kNowhere) {
        groups_.push_back({common_words(shapes), std::move(shapes)});
        return;
    }
    std::map<WordId, Shapes> parts;
    for (const ShapeId shape : shapes) parts[miner_.words_of(shape)[position]].push_back(shape);
    for (auto& [word, part] : parts) split(std::move(part));
}

std::size_t TemplateSplitter::position_to_split(const Shapes& shapes) const {
    std::size_t best = kNowhere;
    std::size_t fewest = kMostCapitalChoices + 1;
    for (std::size_t i = 0; i < miner_.words_of(shapes.front()).size(); ++i) {
        const std::size_t choices = choices_at(shapes, i);
        if (choices < 2 || choices >= fewest) continue;
        best = i;
        fewest = choices;
    }
    return best;
}

// How many templates the position tells apart; 0 when its values are those of a variable.
std::size_t TemplateSplitter::choices_at(const Shapes& shapes, std::size_t position) const {
    std::map<WordId, std::int64_t> lines;
    std::int64_t all = 0;
    bool capital = true;
    for (const ShapeId shape : shapes) {
        const WordId word = miner_.words_of(shape)[position];
        const bool in_capitals = is_capital(miner_.words_[word]);  // SOCKS5 is as much a choice as HTTPS
        const TemplateMiner::WordKind kind = miner_.kinds_[word];
        if (kind != TemplateMiner::WordKind::constant && !(kind == TemplateMiner::WordKind::mixed && in_capitals)) return 0;
        const std::int64_t of_shape = miner_.shapes_[static_cast<std::size_t>(shape)].lines;
        all += of_shape;
        capital = capital && in_capitals;
        if ((lines[word] += of_shape) == of_shape && lines.size() > kMostCapitalChoices) return 0;
    }
    const std::size_t most = capital ? kMostCapitalChoices : kMostWordChoices;
    return lines.size() <= most && all >= kLeastLinesPerChoice * static_cast<std::int64_t>(lines.size()) ? lines.size() : 0;
}

std::vector<TemplateSplitter::WordId> TemplateSplitter::common_words(const Shapes& shapes) const {
    const auto first = miner_.words_of(shapes.front());
    std::vector<WordId> words(first.begin(), first.end());
    for (const ShapeId shape : shapes) {
        const auto other = miner_.words_of(shape);
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i] != other[i]) words[i] = TemplateMiner::kAnyWord;
        }
    }
    return words;
}

void TemplateSplitter::merge_beginnings(std::size_t position) {
    std::map<std::vector<WordId>, std::vector<std::size_t>> alike;  // words with the position taken out -> groups
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        std::vector<WordId> words = groups_[group].words;
        if (words.size() <= position) continue;
        words[position] = TemplateMiner::kAnyWord;
        const auto constants = std::count_if(
            words.begin(), words.end(), [this](WordId word) { return miner_.kinds_[word] == TemplateMiner::WordKind::constant; });
        if (constants >= 2) alike[std::move(words)].push_back(group);
    }
    for (const auto& [words, members] : alike) {
        const bool names = std::ranges::all_of(
            members, [&](std::size_t group) { return is_name(miner_.words_[groups_[group].words[position]]); });
        if (members.size() <= (names ? kManyNames : kManyBeginnings)) continue;
        Group& into = groups_[members.front()];
        into.words = words;
        for (const std::size_t member : std::span(members).subspan(1)) {
            into.shapes.insert(into.shapes.end(), groups_[member].shapes.begin(), groups_[member].shapes.end());
            groups_[member].shapes.clear();
        }
    }
    std::erase_if(groups_, [](const Group& group) { return group.shapes.empty(); });
}

std::string TemplateSplitter::text_of(const Group& group) const {
    std::string text;
    for (const WordId word : group.words) {
        const std::string& masked = miner_.words_[word];
        if (!text.empty()) text += ' ';
        for (const char c : masked) {
            if (c == kVariableMark)
                text += kVariable;
            else
                text += c;
        }
    }
    text = printable(text);
    mask_private_numbers(text);
    return text;
}

}  // namespace abm
