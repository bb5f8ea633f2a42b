#include "core/textlog/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>

#include "core/base/error.h"

namespace abm {
namespace {

// Lines of logs are not always UTF-8; bytes match bytes.
RE2::Options options_of_patterns() {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{32} << 20);
    return options;
}

re2::StringPiece piece_of(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Pattern::Pattern(const std::string& text, int groups) : expression_(std::make_shared<RE2>(text, options_of_patterns())) {
    if (!expression_->ok()) {
        throw Error(ErrorCode::Invalid,
                    fmt::format("the pattern cannot be understood: {} (the syntax is that of RE2)", expression_->error()));
    }
    const int found = expression_->NumberOfCapturingGroups();
    if (groups > 0 && found != groups) {
        throw Error(ErrorCode::Invalid,
                    fmt::format("the pattern has {} capturing groups, not {}: put ( ) around what is wanted and (?: ) elsewhere",
                                found, groups));
    }
}

bool Pattern::matches(std::string_view text) const { return RE2::PartialMatch(piece_of(text), *expression_); }

std::optional<std::string_view> Pattern::find(std::string_view text) const {
    re2::StringPiece found;
    if (!RE2::PartialMatch(piece_of(text), *expression_, &found) || found.data() == nullptr) return std::nullopt;
    return std::string_view(found.data(), found.size());
}

struct PatternSet::Compiled {
    RE2::Set set{options_of_patterns(), RE2::UNANCHORED};
    std::vector<std::unique_ptr<RE2>> one_by_one;  // for when the automaton of all grows out of its memory
};

PatternSet::PatternSet(const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    const auto compiled = std::make_shared<Compiled>();
    for (const std::string& text : texts) {
        compiled->set.Add(text, nullptr);
        compiled->one_by_one.push_back(std::make_unique<RE2>(text, options_of_patterns()));
    }
    if (!compiled->set.Compile()) {
        throw Error(ErrorCode::Invalid, "the patterns of the events need too much memory together; make them simpler");
    }
    compiled_ = compiled;
}

int PatternSet::first_match(std::string_view text) const {
    if (!compiled_) return -1;
    std::vector<int> matches;
    RE2::Set::ErrorInfo error{};
    if (compiled_->set.Match(piece_of(text), &matches, &error)) return *std::min_element(matches.begin(), matches.end());
    if (error.kind != RE2::Set::kOutOfMemory) return -1;
    for (std::size_t i = 0; i < compiled_->one_by_one.size(); ++i) {
        if (RE2::PartialMatch(piece_of(text), *compiled_->one_by_one[i])) return static_cast<int>(i);
    }
    return -1;
}

}  // namespace abm
