// The parts of sources and findings that are stored as JSON texts: lists nobody queries by their members.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/data/finding.h"
#include "core/data/source.h"

namespace abm {

std::string spans_text(const std::vector<TextSpan>& spans);             ///< [[offset, bytes], ...]
std::string evidence_text(const std::vector<Evidence>& evidence);       ///< [[offset, bytes, "note"], ...]
std::string problems_text(const std::vector<SourceProblem>& problems);  ///< [{"offset", "count", "fatal", "message"}, ...]
std::string names_text(const std::vector<std::string>& names);

/// These throw nlohmann::json::exception for texts of another shape.
std::vector<TextSpan> spans_from_text(std::string_view text);
std::vector<Evidence> evidence_from_text(std::string_view text);
std::vector<SourceProblem> problems_from_text(std::string_view text);
std::vector<std::string> names_from_text(std::string_view text);

}  // namespace abm
