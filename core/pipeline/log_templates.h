// Which template each line of a text log is of.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/base/byte_source.h"
#include "core/base/progress.h"
#include "core/textlog/template_miner.h"

namespace abm {

/// line: from 1. text: of the template.
using LineTemplate = std::function<void(std::int64_t line, TemplateId id, const std::string& text)>;

/// Reads the log three times, in constant memory: its first lines for the layout of the headers, all lines to learn the
/// templates, and again to call `each` for every line in order. Returns why the log ended early; every line before was told.
/// Throws Error{Io} when it cannot be opened, Error{Invalid} when it is no text, Error{Cancelled}.
std::optional<ReadProblem> tell_templates(const std::filesystem::path& log, const LineTemplate& each, const Progress& progress);

}  // namespace abm
