#include "core/ingest/course.h"

namespace abm {
namespace {

std::vector<std::string> make_words() {
    std::vector<std::string> words;
    for (int kind = 0; kind < kEventKindCount; ++kind) {
        std::string& word = words.emplace_back(name_of(static_cast<EventKind>(kind)));
        for (char& c : word) c = c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return words;
}

}  // namespace

bool is_course_step(EventKind kind) { return kind != EventKind::blank && kind != EventKind::text && kind != EventKind::header; }

void append_course(std::span<const Event> events, std::vector<CourseStep>& course) {
    EventKind last = EventKind::blank;
    for (const Event& event : events) {
        if (event.kind == last || !is_course_step(event.kind)) continue;
        last = event.kind;
        course.push_back(static_cast<CourseStep>(last));
    }
}

const std::vector<std::string>& course_words() {
    static const std::vector<std::string> words = make_words();
    return words;
}

}  // namespace abm
