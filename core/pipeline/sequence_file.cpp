#include "core/pipeline/sequence_file.h"

#include <fmt/format.h>

#include <unordered_map>

#include "core/base/byte_source.h"
#include "core/base/text_encoding.h"
#include "core/ingest/text_scan.h"
#include "core/textlog/line_reader.h"

namespace abm {
namespace {

constexpr std::int64_t kLinesPerCheckpoint = 16'384;

class Builder {
public:
    explicit Builder(std::string name) : name_(std::move(name)) {}

    void add(std::string_view line, std::int64_t number) {
        const std::size_t before = sequences_.tokens.size();
        for (std::string_view word = take_word(line); !word.empty(); word = take_word(line))
            sequences_.tokens.push_back(token_of(word, number));
        if (sequences_.tokens.size() > before) sequences_.end_sequence();
    }

    TokenSequences finish() {
        if (sequences_.size() == 0) throw Error(ErrorCode::Invalid, fmt::format("{}: holds no sessions", name_));
        return std::move(sequences_);
    }

private:
    Token token_of(std::string_view word, std::int64_t line) {
        std::string text = printable(word);
        if (const auto found = tokens_.find(text); found != tokens_.end()) return found->second;
        if (sequences_.words.size() == kMostTokens)
            throw Error(ErrorCode::Invalid, fmt::format("{}:{}: more than {} different events", name_, line, kMostTokens));
        const auto token = static_cast<Token>(sequences_.words.size());
        sequences_.words.push_back(text);
        tokens_.emplace(std::move(text), token);
        return token;
    }

    std::string name_;
    TokenSequences sequences_;
    std::unordered_map<std::string, Token> tokens_;
};

}  // namespace

TokenSequences read_sequences(const std::filesystem::path& file, const Progress& progress) {
    const auto source = ByteSource::open(file);
    LineReader reader(*source);
    Builder builder(file.string());
    std::int64_t number = 0;
    for (std::string_view line; reader.next(line);) {
        if (number++ % kLinesPerCheckpoint == 0) progress.checkpoint(source->position_fraction(), "reading");
        if (line.find('\0') != std::string_view::npos)
            throw Error(ErrorCode::Invalid, fmt::format("{}:{}: not a text file", file.string(), number));
        builder.add(line, number);
    }
    if (source->problem()) throw Error(source->problem()->code, source->problem()->message);
    return builder.finish();
}

}  // namespace abm
