#include <fmt/format.h>

#include "core/pipeline/investigate.h"

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> inputs(argv + 1, argv + argc);
    try {
        const auto scored = abm::investigate(inputs, {}, abm::Progress());
        const auto& inv = *scored->investigation();
        for (const auto& s : inv.sources) {
            fmt::print("SOURCE {} {} {} machine {} sessions {} intervals {} lines {} nu {} cards {}\n", s.name, s.format, abm::name_of(s.line_end), s.machine, s.sessions,
                       s.intervals, s.lines, s.lines_not_understood, s.card_numbers_masked);
            if (getenv("NU")) for (auto& sp : s.first_not_understood) for (auto& l : abm::read_log(s, sp)) fmt::print("   NU {} [{}]\n", sp.offset, l.text);
            for (const auto& p : s.problems) fmt::print("   PROBLEM {} {}\n", p.offset, p.message);
        }
        for (const auto& r : inv.records) {
            if (r.kind == abm::RecordKind::interval && r.finding_count == 0) continue;
            fmt::print("{} {} {}..{} {} {} {} {:.3f} p={:.4f} risk {} | {}\n", abm::record_name(inv, r), r.span.offset, r.span.end(), "", abm::iso8601(r.start), abm::name_of(r.type),
                       abm::name_of(r.severity), r.score, r.tail_probability, abm::money_text(r.at_risk), abm::sentence_of(inv, r));
            for (const auto& f : inv.findings_of(r)) fmt::print("      {} {} {} [{},{}) {} | {}\n", abm::name_of(f.severity), abm::name_of(f.type), f.rule, f.span.offset, f.span.end(), abm::money_text(f.amount), f.sentence);
        }
    } catch (const abm::Error& e) {
        fmt::print(stderr, "abm: {}\n", e.what());
        return 1;
    }
}
