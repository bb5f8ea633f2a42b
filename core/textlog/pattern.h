// Regular expressions of profiles: RE2, which is linear in the text whatever the expression.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace abm {

/// Matches anywhere in bytes of any kind. Immutable, thread-safe; copies share the compiled expression.
class Pattern {
public:
    /// Throws Error{Invalid} with RE2's reason, or when `groups` differs from the number of capturing groups in it.
    Pattern(const std::string& text, int groups);

    bool matches(std::string_view text) const;
    /// What the first group matched; nullopt when nothing did. A view into text.
    std::optional<std::string_view> find(std::string_view text) const;

private:
    std::shared_ptr<const re2::RE2> expression_;
};

/// Many patterns asked at once.
class PatternSet {
public:
    PatternSet() = default;
    /// Each was accepted by Pattern before. Throws Error{Invalid} when together they need too much memory.
    explicit PatternSet(const std::vector<std::string>& texts);

    /// The lowest index that matches; -1: none.
    int first_match(std::string_view text) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace abm
