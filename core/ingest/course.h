// The course of a session: what its lines were, one after another, as the model of sequences sees them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/ingest/event.h"

namespace abm {

/// A step of a course: the number of its EventKind.
using CourseStep = std::uint8_t;
static_assert(kEventKindCount <= 256);

/// Whether lines of the kind are steps: headers, blank lines and rules between blocks say nothing of what happened.
bool is_course_step(EventKind kind);
/// The steps among the events, behind those `course` has; lines of one kind that follow each other are one step.
void append_course(std::span<const Event> events, std::vector<CourseStep>& course);
/// [kEventKindCount] what a step is called: "NOTES TAKEN".
const std::vector<std::string>& course_words();

}  // namespace abm
