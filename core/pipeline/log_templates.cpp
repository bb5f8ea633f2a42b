#include "core/pipeline/log_templates.h"

#include <fmt/format.h>

#include <vector>

#include "core/base/text_encoding.h"
#include "core/textlog/line_reader.h"
#include "core/textlog/log_header.h"

namespace abm {
namespace {

constexpr std::int64_t kMinedPerCheckpoint = 65'536;

void require_text(const std::filesystem::path& log) {
    std::string head(kSniffBytes, '\0');
    head.resize(ByteSource::open(log)->read(head));
    const TextEncoding encoding = sniff_encoding(head);
    if (encoding != TextEncoding::binary && encoding != TextEncoding::utf16le && encoding != TextEncoding::utf16be) return;
    throw Error(ErrorCode::Invalid,
                fmt::format("{}: {} is not a text log this version reads; convert it to UTF-8", log.string(), name_of(encoding)));
}

LogHeader learn_header(const std::filesystem::path& log) {
    const auto source = ByteSource::open(log);
    LineReader reader(*source);
    std::vector<std::string> lines;
    for (std::string_view line; lines.size() < LogHeader::kMostSample && reader.next(line);) lines.emplace_back(line);
    const std::vector<std::string_view> views(lines.begin(), lines.end());
    return LogHeader::learn(views);
}

/// Calls each(line) for every line; returns why they ended early.
template <class Each>
std::optional<ReadProblem> read_lines(const std::filesystem::path& log, const Progress& progress, double from,
                                      std::string_view stage, const Each& each) {
    const auto source = ByteSource::open(log);
    LineReader reader(*source);
    std::int64_t count = 0;
    for (std::string_view line; reader.next(line); ++count) {
        if (count % kMinedPerCheckpoint == 0) progress.checkpoint(from + source->position_fraction() / 2, stage);
        each(line);
    }
    return source->problem();
}

}  // namespace

std::optional<ReadProblem> tell_templates(const std::filesystem::path& log, const LineTemplate& each, const Progress& progress) {
    require_text(log);
    const LogHeader header = learn_header(log);
    TemplateMiner miner;
    const auto shape_of = [&](std::string_view line) { return miner.add(line.substr(header.parse(line).message)); };
    read_lines(log, progress, 0, "learning", shape_of);
    const Templates templates = miner.templates();
    std::int64_t number = 0;
    return read_lines(log, progress, 0.5, "writing", [&](std::string_view line) {
        const TemplateId id = templates.of(shape_of(line));
        each(++number, id, templates.texts[id]);
    });
}

}  // namespace abm
