// Any bytes as a rule file: refused with an Error, or a rule set that judges scopes of every kind without harm.
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/decide/rule_set.h"

namespace {

/// A scope of every kind of line, some with a time, and facts of every sort of value.
struct Everything {
    abm::Facts facts;
    std::vector<abm::Event> events;

    Everything() {
        const double values[] = {0, 1, -1, 1e300, abm::Facts::kUnknown, 0.5};
        for (int i = 0; i < abm::kFactCount; ++i) facts[static_cast<abm::Fact>(i)] = values[i % 6];
        for (int i = 0; i < 2 * abm::kEventKindCount; ++i) {
            const int second = i % 3 == 0 ? abm::kNoSecond : (86000 + i * 7) % 86400;
            events.push_back({i * 50, 40, second, i, static_cast<abm::EventKind>(i % abm::kEventKindCount)});
        }
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Everything everything;
    try {
        const auto rules = abm::RuleSet::parse({reinterpret_cast<const char*>(data), size}, "fuzz.json");
        std::vector<abm::Finding> findings;
        for (int kind = 0; kind < abm::kScopeKindCount; ++kind) {
            const abm::Scope scope{static_cast<abm::ScopeKind>(kind), {0, 20000}, everything.events, &everything.facts};
            rules.apply(scope, {"CAD", "...7712", "0777"}, findings);
        }
    } catch (const abm::Error&) {
        // refused, as it should be
    }
    return 0;
}
