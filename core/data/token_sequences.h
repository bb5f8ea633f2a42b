// What happened one after another in each record: event kinds of a journal session, templates of the lines of a log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace abm {

/// Index into TokenSequences::words.
using Token = std::uint16_t;
inline constexpr std::size_t kMostTokens = 65'536;

/// n sequences one behind the other; a sequence may be empty.
struct TokenSequences {
    std::vector<std::string> words;        ///< [vocabulary] distinct; a model knows tokens by their words, never by their index
    std::vector<Token> tokens;             ///< of all sequences
    std::vector<std::uint64_t> first{0U};  ///< [n + 1] ascending; sequence i is tokens[first[i], first[i + 1])

    std::size_t size() const { return first.size() - 1; }
    std::span<const Token> of(std::size_t sequence) const {
        return {tokens.data() + first[sequence], static_cast<std::size_t>(first[sequence + 1] - first[sequence])};
    }
    void end_sequence() { first.push_back(tokens.size()); }
};

}  // namespace abm
