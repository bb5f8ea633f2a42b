#include "core/base/located_json.h"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace abm {
namespace {

using nlohmann::json;

/// Where the reader is. The lexer reads one character beyond a number; that one may be the line end, so the line of a
/// token is the line of the last character that was not white space.
struct LineCounter {
    int line = 1;
    int token_line = 1;
    void passed(char c) {
        if (c == '\n') ++line;
        if (c != '\n' && c != '\r' && c != ' ' && c != '\t') token_line = line;
    }
};

class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, LineCounter* counter) : at_(at), counter_(counter) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        counter_->passed(*at_++);
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

private:
    const char* at_;
    LineCounter* counter_;
};

/// Builds the tree. `open_` points at containers under construction; a container never moves while it is open because
/// only the innermost one grows.
class TreeBuilder : public nlohmann::json_sax<json> {
public:
    TreeBuilder(std::string_view file, const LineCounter& counter) : file_(file), counter_(counter) {}
    JsonNode take_root() { return std::move(root_); }

    bool null() override { return add(JsonKind::null) != nullptr; }
    bool boolean(bool value) override {
        add(JsonKind::boolean)->boolean = value;
        return true;
    }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& value) override {
        add(JsonKind::string)->text = std::move(value);
        return true;
    }
    bool binary(binary_t&) override { return false; }  // text JSON has none
    bool start_object(std::size_t) override { return open(JsonKind::object); }
    bool start_array(std::size_t) override { return open(JsonKind::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        if (open_.back()->find(value) != nullptr) {
            refuse(file_, counter_.token_line, fmt::format("the key \"{}\" is given twice in one object; give it once", value));
        }
        open_.back()->members.push_back({std::move(value), counter_.token_line, {}});
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) override {
        std::string_view what = error.what();  // "[json.exception...] parse error at line 3, column 5: <reason>"
        if (const auto reason = what.find(": "); reason != std::string_view::npos) what.remove_prefix(reason + 2);
        refuse(file_, counter_.token_line, fmt::format("not valid JSON: {}", what));
    }

private:
    JsonNode* add(JsonKind kind) {
        JsonNode* node = &root_;
        if (!open_.empty()) {
            JsonNode& parent = *open_.back();
            node = parent.kind == JsonKind::array ? &parent.items.emplace_back() : &parent.members.back().value;
        }
        node->kind = kind;
        node->line = counter_.token_line;
        return node;
    }
    bool number(double value) {
        add(JsonKind::number)->number = value;
        return true;
    }
    bool open(JsonKind kind) {
        if (static_cast<int>(open_.size()) >= kDeepestJson) {
            refuse(file_, counter_.token_line, fmt::format("nested deeper than {} levels", kDeepestJson));
        }
        open_.push_back(add(kind));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    std::string_view file_;
    const LineCounter& counter_;
    JsonNode root_;
    std::vector<JsonNode*> open_;
};

}  // namespace

std::string_view name_of(JsonKind kind) {
    constexpr std::string_view kNames[] = {"null", "true or false", "a number", "a string", "a list", "an object"};
    return kNames[static_cast<std::size_t>(kind)];
}

const JsonNode* JsonNode::find(std::string_view key) const {
    for (const JsonMember& member : members) {
        if (member.key == key) return &member.value;
    }
    return nullptr;
}

JsonNode parse_located_json(std::string_view text, std::string_view file_name) {
    LineCounter counter;
    TreeBuilder builder(file_name, counter);
    const CountingIterator first(text.data(), &counter);
    const CountingIterator last(text.data() + text.size(), &counter);
    json::sax_parse(first, last, &builder, json::input_format_t::json, true, true);
    return builder.take_root();
}

void refuse(std::string_view file_name, int line, std::string_view message) {
    throw Error(ErrorCode::Invalid, fmt::format("{}:{}: {}", file_name, line, message));
}

}  // namespace abm
