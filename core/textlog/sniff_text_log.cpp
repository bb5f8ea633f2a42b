// Which of the shipped profiles knows a log best, by the share of its first lines.
#include <algorithm>

#include "core/base/text_encoding.h"
#include "core/ingest/line_splitter.h"
#include "core/ingest/text_scan.h"
#include "core/textlog/line_parser.h"
#include "core/textlog/log_profile.h"

namespace abm {
namespace {

constexpr std::size_t kMostLines = 400;
constexpr double kTimed = 0.5;  // of the lines begin with a time: surely a log

std::vector<std::string_view> lines_of(std::string_view head) {
    std::vector<std::string_view> lines;
    LineSplitter splitter(head);
    for (LineSplitter::Line line{}; lines.size() < kMostLines && splitter.next(line);) {
        const std::string_view text(line.begin, static_cast<std::size_t>(line.end - line.begin));
        if (!trimmed(text).empty()) lines.push_back(text);
    }
    return lines;
}

double share(const std::vector<std::string_view>& lines, const auto& holds) {
    return static_cast<double>(std::ranges::count_if(lines, holds)) / static_cast<double>(lines.size());
}

double confidence_of(const LogProfile& profile, const std::vector<std::string_view>& lines) {
    if (profile.recognised_by.empty()) {
        const LineParser parser(profile, lines);
        const double timed = share(lines, [&](std::string_view line) { return parser.parse(line).time_text.size > 0; });
        return timed >= kTimed ? profile.weight : profile.weight / 2;
    }
    return profile.weight * share(lines, [&](std::string_view line) {
               return std::ranges::any_of(profile.recognised_by, [&](const Pattern& known) { return known.matches(line); });
           });
}

}  // namespace

std::optional<LogSniff> sniff_text_log(std::string_view head) {
    head = head.substr(0, kSniffBytes);
    const TextEncoding encoding = sniff_encoding(head);
    if (encoding != TextEncoding::ascii && encoding != TextEncoding::utf8 && encoding != TextEncoding::latin1)
        return std::nullopt;
    const std::vector<std::string_view> lines = lines_of(head);
    if (lines.empty()) return std::nullopt;
    LogSniff best;
    for (const LogProfile& profile : shipped_log_profiles()) {
        if (profile.journal) continue;
        const double confidence = confidence_of(profile, lines);
        if (confidence > best.confidence) best = {&profile, confidence};
    }
    return best;
}

}  // namespace abm
