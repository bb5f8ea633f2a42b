#include "widgets/empty_list.h"

#include <algorithm>

#include "widgets/format.h"

namespace abm {
namespace {

// The threshold is not taken away but lowered, so that the highest shows.
EmptyList lower_threshold(const RecordFilter& filter, float highest) {
    RecordFilter next = filter;
    next.setLeastScore(std::max(0.0F, highest - 0.005F));
    return {QStringLiteral("No session above %1. The highest is %2.").arg(score_text(filter.leastScore()), score_text(highest)),
            "Lower the threshold", next};
}

EmptyList blame(const RecordFilter& filter, const RecordRelief& relief) {
    const auto most = std::max_element(relief.hidden.begin(), relief.hidden.end());
    const auto at = static_cast<std::size_t>(most - relief.hidden.begin());
    const auto conditions = filter.conditions();
    const FilterChip& chip = conditions[at];
    if (chip.kind == FilterKind::score && !chip.hides && !chip.to) return lower_threshold(filter, relief.highest[at]);
    const QString words = words_of(chip), quoted = words.startsWith('"') ? words : "“" + words + "”";
    const QString rest = conditions.size() == 1 ? "there are" : "that the other filters show";
    return {QStringLiteral("The filter %1 hides all %2 %3.").arg(quoted, counted(*most, "record", "records"), rest),
            QStringLiteral("Remove %1").arg(quoted).replace('&', "&&"), filter.without(at)};
}

}  // namespace

EmptyList words_for_empty(bool reading, bool any, const RecordFilter& filter, const RecordRelief& relief) {
    if (reading) return {"Reading… Sessions appear here as they are found.", {}, {}};
    if (!any) return {"No session was found in what was opened. The Sources tab says how each file was read.", {}, {}};
    if (std::any_of(relief.hidden.begin(), relief.hidden.end(), [](std::int64_t hidden) { return hidden > 0; }))
        return blame(filter, relief);
    if (relief.records == 0) {
        RecordFilter next = filter;
        next.routine = true;
        return {"There are only routine intervals: the reader was activated again, and nothing else happened.",
                "Show routine intervals", next};
    }
    return {QStringLiteral("No record passes these %1 filters together, and none of them alone is the cause.")
                .arg(filter.conditions().size()),
            "Clear all filters",
            {}};
}

}  // namespace abm
