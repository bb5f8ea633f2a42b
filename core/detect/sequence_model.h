// What usually follows what: a bigram model with Witten-Bell smoothing (Witten, Bell, IEEE Trans. Inf. Theory 1991).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/detect/detector.h"

namespace abm {

/// One step of a sequence: from its start or a word to the next word or its end.
struct Transition {
    std::size_t position = 0;  ///< 0: from the start to the first word; length: from the last word to the end
    std::string from, to;      ///< words; kSequenceStart, kSequenceEnd
    double surprisal_bits = 0;
    std::string likely;       ///< what follows `from` most often; empty when `from` was never seen
    double likely_share = 0;  ///< of the training transitions from `from`, 0..1
};
inline constexpr std::string_view kSequenceStart = "START";
inline constexpr std::string_view kSequenceEnd = "END";

/// "NOTES PRESENTED is followed by CARD TAKEN; expected NOTES TAKEN here, 99.7 % of the time"; where nothing is expected, how
/// rare the step is: "..., as 0.4 % of the time".
std::string sentence_of(const Transition& transition);

/// P(to | from) = (count(from, to) + kinds(from) P(to)) / (count(from) + kinds(from)), where kinds(from) is how many different
/// words followed it; P(to) is smoothed the same way with 1 / (words + 2): END and one unknown word are possible everywhere.
/// Words are matched by their text: what the training has not seen is the unknown word, in every vocabulary.
class SequenceModel final : public Detector {
public:
    static constexpr std::string_view kKind = "sequence";

    /// data.sequences: [n]; features are not looked at. Time O(tokens log words).
    /// Throws Error{Invalid} without sequences, Error{Cancelled}.
    static SequenceModel fit(const Dataset& data, const Progress& progress);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt} for anything damaged.
    static SequenceModel load(const Json& document);

    /// Surprisal in bits (-log2 P) of the least expected transition. Throws Error{Mismatch} without sequences.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// [length + 1] surprisal of every transition, in bits; its maximum is the score.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    /// [length + 1]. REQUIRES: sequence < sequences.size().
    std::vector<Transition> explain(const TokenSequences& sequences, std::size_t sequence) const;
    Json save() const override;

private:
    using WordId = std::uint32_t;  // [0, words): words_; words: START as `from`, END as `to`; words + 1: unknown
    struct Follower {
        WordId to = 0;
        std::int64_t count = 0;
        double bits = 0;  ///< surprisal of the step to it
        bool operator==(const Follower&) const = default;
    };
    struct Context {
        std::vector<Follower> followers;  ///< rising `to`
        std::int64_t count = 0;           ///< of all followers
        std::size_t likely = 0;           ///< most frequent follower, the first of equals
    };

    SequenceModel() = default;
    void finish();
    WordId boundary() const { return static_cast<WordId>(words_.size()); }
    WordId unknown() const { return boundary() + 1; }
    std::vector<WordId> ids_of(const TokenSequences& sequences) const;
    std::vector<double> surprisals(const TokenSequences& sequences, std::size_t sequence, const std::vector<WordId>& ids) const;
    double surprisal(WordId from, WordId to) const;
    double smoothed(const Context& context, std::int64_t count, WordId to) const;
    std::string name_of(WordId word, std::string_view boundary) const;

    std::vector<std::string> words_;  // distinct
    std::unordered_map<std::string, WordId> word_ids_;
    std::vector<Context> contexts_;  // [words + 1], the last is START
    std::vector<double> alone_;      // [words + 2] P(to): words, END, unknown
};

}  // namespace abm
