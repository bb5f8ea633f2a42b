// A filter made ready for one investigation: what does not depend on the single record is answered once.
#pragma once

#include <array>
#include <unordered_set>
#include <vector>

#include "core/base/text_pattern.h"
#include "widgets/record_filter.h"

namespace abm {

/// The pattern against names of machines, sources, types and activities, once each; against sentences record by record.
class TextMatch {
public:
    /// investigation: outlives the match. The pattern can be used, see error_of().
    TextMatch(const Investigation& investigation, const TextTerm& pattern);

    bool operator()(std::uint32_t record) const;

private:
    bool holds(std::string_view text) const;

    const Investigation& investigation_;
    TextPattern pattern_;
    std::vector<bool> machines_, sources_, types_, activities_;
    std::unordered_set<std::uint32_t> verdicts_;  ///< records whose verdict has it in type or note
};

/// Answers record by record; may be used on any thread, by one at a time.
class RecordMatch {
public:
    /// investigation: outlives the match. routine: see RecordFilter.
    RecordMatch(const Investigation& investigation, const std::vector<FilterChip>& conditions, bool routine);

    bool operator()(std::uint32_t record) const;

private:
    struct Limits {
        FilterKind kind;
        double from, to;
        bool hides;
    };
    struct Span {
        TimeRange range;
        bool hides;
    };
    struct Text {
        TextMatch match;
        bool hides;
    };
    static constexpr std::size_t kMostTypes = 64;

    void add(const FilterChip& chip);
    void narrow(const FilterChip& chip);
    void narrowSource(std::size_t source, const FilterChip& chip);

    const Investigation& investigation_;
    bool routine_;
    std::array<bool, kSeverityCount> severities_{};
    std::array<bool, kMostTypes> types_{};
    std::array<bool, 4> labels_{};
    std::vector<bool> machines_;
    std::vector<std::uint8_t> views_;  ///< [sources] bits by RecordKind; 0: the file is hidden
    std::vector<Limits> limits_;
    std::vector<Span> spans_;
    std::vector<Text> texts_;
};

}  // namespace abm
