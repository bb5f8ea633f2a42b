#include "core/detect/sequence_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/detect/parallel.h"

namespace abm {
namespace {

constexpr Eigen::Index kRowsAtOnce = 4'096;

const TokenSequences& sequences_of(const Dataset& data, ErrorCode code) {
    if (data.sequences == nullptr)
        throw Error(code, "The sequence detector needs to know what happened in each record; these records have no sequences.");
    if (data.features.columns() > 0 && data.features.rows() != static_cast<Eigen::Index>(data.sequences->size()))
        throw Error(code, fmt::format("{} rows of features, but {} sequences.", data.features.rows(), data.sequences->size()));
    return *data.sequences;
}

}  // namespace

std::string sentence_of(const Transition& step) {
    std::string text = step.from == kSequenceStart ? fmt::format("It begins with {}", step.to)
                       : step.to == kSequenceEnd   ? fmt::format("It ends after {}", step.from)
                                                   : fmt::format("{} is followed by {}", step.from, step.to);
    if (step.likely.empty()) return text + "; never seen before";
    // What comes half of the time is expected; less is only the most frequent of many.
    if (step.likely == step.to || step.likely_share < 0.5)
        return text + fmt::format(", as {:.2g} % of the time", 100 * std::exp2(-step.surprisal_bits));
    return text + fmt::format("; expected {} here, {:.1f} % of the time", step.likely == kSequenceEnd ? "the end" : step.likely,
                              100 * step.likely_share);
}

SequenceModel SequenceModel::fit(const Dataset& data, const Progress& progress) {
    const TokenSequences& sequences = sequences_of(data, ErrorCode::Invalid);
    if (sequences.size() == 0) throw Error(ErrorCode::Invalid, "A sequence model cannot be fitted: there are no sequences.");
    SequenceModel model;
    model.words_ = sequences.words;
    std::vector<std::unordered_map<WordId, std::int64_t>> counts(model.words_.size() + 1);
    const WordId boundary = model.boundary();
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        if (i % std::size_t{kRowsAtOnce} == 0)
            progress.checkpoint(static_cast<double>(i) / static_cast<double>(sequences.size()), "fitting");
        WordId from = boundary;
        for (const Token token : sequences.of(i)) {
            ++counts[from][token];
            from = token;
        }
        ++counts[from][boundary];
    }
    model.contexts_.resize(counts.size());
    for (std::size_t from = 0; from < counts.size(); ++from) {
        for (const auto& [to, count] : counts[from]) model.contexts_[from].followers.push_back({to, count, 0});
        std::sort(model.contexts_[from].followers.begin(), model.contexts_[from].followers.end(),
                  [](const Follower& a, const Follower& b) { return a.to < b.to; });
    }
    model.finish();
    return model;
}

// What follows from the counts alone, so that a loaded model is the same to the bit.
void SequenceModel::finish() {
    for (WordId word = 0; word < words_.size(); ++word) word_ids_.emplace(words_[word], word);
    std::vector<std::int64_t> seen(words_.size() + 1);
    std::int64_t all = 0;
    for (Context& context : contexts_) {
        for (std::size_t i = 0; i < context.followers.size(); ++i) {
            const Follower& follower = context.followers[i];
            context.count += follower.count;
            seen[follower.to] += follower.count;
            if (follower.count > context.followers[context.likely].count) context.likely = i;
        }
        all += context.count;
    }
    const auto kinds = static_cast<double>(seen.size() - static_cast<std::size_t>(std::count(seen.begin(), seen.end(), 0)));
    const double share = kinds / static_cast<double>(words_.size() + 2);  // of each possible word, seen or not
    for (const std::int64_t count : seen)
        alone_.push_back((static_cast<double>(count) + share) / (static_cast<double>(all) + kinds));
    alone_.push_back(share / (static_cast<double>(all) + kinds));
    for (Context& context : contexts_) {
        for (Follower& follower : context.followers) follower.bits = smoothed(context, follower.count, follower.to);
    }
}

double SequenceModel::smoothed(const Context& context, std::int64_t count, WordId to) const {
    const auto kinds = static_cast<double>(context.followers.size());
    return -std::log2((static_cast<double>(count) + kinds * alone_[to]) / (static_cast<double>(context.count) + kinds));
}

double SequenceModel::surprisal(WordId from, WordId to) const {
    if (from == unknown()) return -std::log2(alone_[to]);
    const Context& context = contexts_[from];
    if (context.count == 0) return -std::log2(alone_[to]);
    const auto at = std::lower_bound(context.followers.begin(), context.followers.end(), to,
                                     [](const Follower& follower, WordId word) { return follower.to < word; });
    return at != context.followers.end() && at->to == to ? at->bits : smoothed(context, 0, to);
}

// [words of the data] the id of each in this model.
std::vector<SequenceModel::WordId> SequenceModel::ids_of(const TokenSequences& sequences) const {
    std::vector<WordId> ids;
    ids.reserve(sequences.words.size());
    for (const std::string& word : sequences.words) {
        const auto found = word_ids_.find(word);
        ids.push_back(found == word_ids_.end() ? unknown() : found->second);
    }
    return ids;
}

std::vector<double> SequenceModel::surprisals(const TokenSequences& sequences, std::size_t sequence,
                                              const std::vector<WordId>& ids) const {
    std::vector<double> parts;
    parts.reserve(sequences.of(sequence).size() + 1);
    WordId from = boundary();
    for (const Token token : sequences.of(sequence)) {
        parts.push_back(surprisal(from, ids[token]));
        from = ids[token];
    }
    parts.push_back(surprisal(from, boundary()));
    return parts;
}

Eigen::VectorXd SequenceModel::score(const Dataset& data, int threads, const Progress& progress) const {
    const TokenSequences& sequences = sequences_of(data, ErrorCode::Mismatch);
    const std::vector<WordId> ids = ids_of(sequences);
    Eigen::VectorXd scores(static_cast<Eigen::Index>(sequences.size()));
    parallel_blocks(scores.size(), kRowsAtOnce, threads, progress, "scoring", [&](Eigen::Index begin, Eigen::Index end) {
        for (Eigen::Index i = begin; i < end; ++i) {
            const std::vector<double> parts = surprisals(sequences, static_cast<std::size_t>(i), ids);
            scores[i] = *std::max_element(parts.begin(), parts.end());
        }
    });
    return scores;
}

Eigen::VectorXd SequenceModel::contributions(const Dataset& data, Eigen::Index row) const {
    const TokenSequences& sequences = sequences_of(data, ErrorCode::Mismatch);
    const std::vector<double> parts = surprisals(sequences, static_cast<std::size_t>(row), ids_of(sequences));
    return Eigen::Map<const Eigen::VectorXd>(parts.data(), static_cast<Eigen::Index>(parts.size()));
}

std::string SequenceModel::name_of(WordId word, std::string_view boundary_name) const {
    return word == boundary() ? std::string(boundary_name) : words_[word];
}

std::vector<Transition> SequenceModel::explain(const TokenSequences& sequences, std::size_t sequence) const {
    const std::vector<WordId> ids = ids_of(sequences);
    const std::vector<double> parts = surprisals(sequences, sequence, ids);
    const auto tokens = sequences.of(sequence);
    std::vector<Transition> steps(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Transition& step = steps[i];
        step.position = i;
        step.from = i == 0 ? std::string(kSequenceStart) : sequences.words[tokens[i - 1]];
        step.to = i == tokens.size() ? std::string(kSequenceEnd) : sequences.words[tokens[i]];
        step.surprisal_bits = parts[i];
        const WordId from = i == 0 ? boundary() : ids[tokens[i - 1]];
        if (from == unknown() || contexts_[from].count == 0) continue;
        const Follower& likely = contexts_[from].followers[contexts_[from].likely];
        step.likely = name_of(likely.to, kSequenceEnd);
        step.likely_share = static_cast<double>(likely.count) / static_cast<double>(contexts_[from].count);
    }
    return steps;
}

}  // namespace abm
