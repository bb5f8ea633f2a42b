// Saving and loading of sequence models: the counts, from which everything else follows.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/detect/damaged_model.h"
#include "core/detect/sequence_model.h"

namespace abm {
namespace {

constexpr int kSequenceFormat = 1;
constexpr std::int64_t kMostCount = std::int64_t{1} << 36;  // the sum over all pairs a document can hold stays far from overflow

}  // namespace

Json SequenceModel::save() const {
    Json document = model_document(kKind, kSequenceFormat);
    document["words"] = words_;
    Json& contexts = document["contexts"] = Json::array();
    for (const Context& context : contexts_) {
        Json next = Json::array(), counts = Json::array();
        for (const Follower& follower : context.followers) {
            next.push_back(follower.to);
            counts.push_back(follower.count);
        }
        contexts.push_back(Json{{"next", std::move(next)}, {"counts", std::move(counts)}});
    }
    return document;
}

SequenceModel SequenceModel::load(const Json& document) {
    check_model_header(document, kKind, kSequenceFormat);
    SequenceModel model;
    model.words_ = strings(document, "words");
    if (model.words_.size() > kMostTokens) refuse_damaged("sequence model", fmt::format("it has {} words", model.words_.size()));
    const Json& contexts = member(document, "contexts");
    if (!contexts.is_array() || contexts.size() != model.words_.size() + 1)
        refuse_damaged("sequence model", "words and contexts differ in number");
    bool any = false;
    for (const Json& entry : contexts) {
        const auto next = integers(entry, "next", 0, static_cast<std::int64_t>(model.words_.size()));
        const auto counts = integers(entry, "counts", 1, kMostCount);
        if (next.size() != counts.size()) refuse_damaged("sequence model", "the lists of a context differ in length");
        Context& context = model.contexts_.emplace_back();
        for (std::size_t i = 0; i < next.size(); ++i) {
            if (i > 0 && next[i] <= next[i - 1]) refuse_damaged("sequence model", "followers are not in order");
            context.followers.push_back({static_cast<WordId>(next[i]), counts[i], 0});
        }
        any = any || !next.empty();
    }
    if (!any) refuse_damaged("sequence model", "it counts nothing");
    model.finish();
    if (model.word_ids_.size() != model.words_.size()) refuse_damaged("sequence model", "a word is there twice");
    return model;
}

}  // namespace abm
