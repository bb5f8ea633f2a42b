#include <fmt/format.h>

#include <algorithm>

#include "core/report/html_text.h"
#include "core/report/report_parts.h"

namespace abm {
namespace {

std::string count(std::int32_t value) { return value == kNoCount ? std::string() : grouped(value); }

std::string event_words(CashEvent event) {
    std::string words(name_of(event));
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

void write_movement_row(const ReportPage& page, const CashMovement& movement) {
    const Investigation& investigation = page.investigation;
    const auto cell = [&](const std::string& text, bool number) {
        page.out << (number ? "<td class=\"n\">" : "<td>") << html(text) << "</td>";
    };
    page.out << "<tr>";
    cell(readable(movement.time), false);
    cell(investigation.machines[raw(movement.machine)], false);
    cell(movement.cassette < 0 ? "acceptor" : fmt::format("cassette {}", movement.cassette + 1), false);
    cell(money_text(movement.denomination), true);
    cell(event_words(movement.event), false);
    cell(grouped(movement.notes), true);
    cell(count(movement.expected), true);
    cell(count(movement.counted), true);
    cell(money_text(movement.difference), true);
    cell(fmt::format("{} at byte {}", investigation.sources[raw(movement.source)].name, grouped(movement.offset)), false);
    page.out << "</tr>\n";
}

}  // namespace

void write_discrepancies(const ReportPage& page) {
    const auto& movements = page.investigation.movements;
    if (movements.empty()) return;
    const auto total = static_cast<std::size_t>(std::count_if(movements.begin(), movements.end(), is_discrepancy));
    page.out << "<section><h2>Cash ledger</h2>\n<p>" << counted(movements.size(), "movement", "movements")
             << " of notes were followed; "
             << (total == 0 ? "books and counters agree in all of them." : counted(total, "does not agree:", "do not agree:"))
             << "</p>\n";
    if (total > 0) {
        page.out << "<table><thead><tr><th>Time</th><th>Machine</th><th>Place</th><th class=\"n\">Note of</th><th>Event</th><th "
                    "class=\"n\">Notes</th>"
                    "<th class=\"n\">Expected</th><th class=\"n\">Counted</th><th "
                    "class=\"n\">Difference</th><th>Proof</th></tr></thead>\n<tbody>\n";
        std::size_t shown = 0;
        for (const CashMovement& movement : movements) {
            if (!is_discrepancy(movement)) continue;
            if (shown++ == page.options.listed_discrepancies) break;
            write_movement_row(page, movement);
        }
        page.out << "</tbody></table>\n";
        if (total > page.options.listed_discrepancies) {
            page.out << "<p class=\"muted\">The first " << page.options.listed_discrepancies
                     << " are listed; <code>abm ledger</code> lists all.</p>\n";
        }
    }
    page.out << "</section>\n";
}

}  // namespace abm
