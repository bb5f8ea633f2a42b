// Puts sequences of several readings behind each other: words of one text become one token.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "core/data/token_sequences.h"

namespace abm {

class SequenceJoiner {
public:
    /// The sequences of `part`, or, when it has none, `rows` empty ones: it is not known what happened in these rows.
    /// REQUIRES: part.size() is 0 or rows.
    void take(const TokenSequences& part, std::size_t rows);
    /// One sequence, as its words.
    void take(std::span<const std::string> words);
    /// Without words when no part had any: then nothing is known at all.
    TokenSequences finish();

private:
    Token token_for(const std::string& word);

    TokenSequences joined_;
    std::unordered_map<std::string, Token> tokens_;
};

/// Every stride-th sequence of [first, last), with the words they use alone.
TokenSequences chosen_sequences(const TokenSequences& all, std::size_t first, std::size_t last, std::size_t stride = 1);

}  // namespace abm
