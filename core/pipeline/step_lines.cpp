#include "core/pipeline/step_lines.h"

#include "core/ingest/course.h"

namespace abm {
namespace {

/// As append_course() makes it; of a run of equal lines the first.
std::vector<TextSpan> journal_steps(const std::vector<LogLine>& lines) {
    std::vector<TextSpan> steps;
    std::string_view last;
    for (const LogLine& line : lines) {
        const auto kind = event_kind_from_name(line.event);
        if (!kind || !is_course_step(*kind) || line.event == last) continue;
        last = line.event;
        steps.push_back(line.span);
    }
    return steps;
}

std::vector<TextSpan> log_steps(const std::vector<LogLine>& lines) {
    std::vector<TextSpan> steps;
    for (const LogLine& line : lines) {
        if (line.text.find_first_not_of(" \t") != std::string::npos) steps.push_back(line.span);
    }
    return steps;
}

}  // namespace

std::vector<TextSpan> lines_of_step(const Source& source, const std::vector<LogLine>& lines, std::size_t length,
                                    const OddStep& step) {
    const std::vector<TextSpan> steps = source.format == "ndc-journal" ? journal_steps(lines) : log_steps(lines);
    std::vector<TextSpan> found;
    if (steps.size() != length) return found;
    if (step.position > 0) found.push_back(steps[step.position - 1]);
    if (step.position < length) found.push_back(steps[step.position]);
    return found;
}

}  // namespace abm
