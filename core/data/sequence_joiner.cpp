#include "core/data/sequence_joiner.h"

#include <cassert>
#include <utility>

namespace abm {

void SequenceJoiner::take(const TokenSequences& part, std::size_t rows) {
    assert(part.size() == 0 || part.size() == rows);
    std::vector<Token> token_of;
    for (const std::string& word : part.words) token_of.push_back(token_for(word));
    for (std::size_t row = 0; row < rows; ++row) {
        if (part.size() > 0) {
            for (const Token token : part.of(row)) joined_.tokens.push_back(token_of[token]);
        }
        joined_.end_sequence();
    }
}

void SequenceJoiner::take(std::span<const std::string> words) {
    for (const std::string& word : words) joined_.tokens.push_back(token_for(word));
    joined_.end_sequence();
}

TokenSequences SequenceJoiner::finish() {
    if (joined_.words.empty()) return {};
    return std::move(joined_);
}

/// Those beyond kMostTokens share the last.
Token SequenceJoiner::token_for(const std::string& word) {
    std::vector<std::string>& words = joined_.words;
    const auto known = tokens_.find(word);
    if (known != tokens_.end()) return known->second;
    if (words.size() == kMostTokens) return static_cast<Token>(kMostTokens - 1);
    words.push_back(word);
    return tokens_.emplace(word, static_cast<Token>(words.size() - 1)).first->second;
}

TokenSequences chosen_sequences(const TokenSequences& all, std::size_t first, std::size_t last, std::size_t stride) {
    constexpr std::size_t kUnused = kMostTokens;
    std::vector<std::size_t> token_of(all.words.size(), kUnused);
    TokenSequences chosen;
    for (std::size_t row = first; row < last; row += stride) {
        for (const Token token : all.of(row)) {
            if (token_of[token] == kUnused) {
                token_of[token] = chosen.words.size();
                chosen.words.push_back(all.words[token]);
            }
            chosen.tokens.push_back(static_cast<Token>(token_of[token]));
        }
        chosen.end_sequence();
    }
    return chosen;
}

}  // namespace abm
