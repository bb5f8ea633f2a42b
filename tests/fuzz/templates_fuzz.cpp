// Any bytes as a log: a header is found or not, every line has a template, and nothing that looks at them is harmed.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/card_mask.h"
#include "core/ingest/line_splitter.h"
#include "core/textlog/log_header.h"
#include "core/textlog/template_miner.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string_view> lines;
    abm::LineSplitter splitter({reinterpret_cast<const char*>(data), size});
    for (abm::LineSplitter::Line line{}; splitter.next(line);)
        lines.emplace_back(line.begin, static_cast<std::size_t>(line.end - line.begin));
    const abm::LogHeader header = abm::LogHeader::learn(lines);
    abm::TemplateMiner miner;
    std::vector<abm::ShapeId> shapes;
    for (const std::string_view line : lines) {
        const abm::HeaderFields fields = header.parse(line);
        require(fields.message <= line.size() && fields.recognised == (fields.message > 0));
        shapes.push_back(miner.add(line.substr(fields.message)));
    }
    const abm::Templates found = miner.templates();
    require(found.of_shape.size() == miner.shapes());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        require(miner.add(lines[i].substr(header.parse(lines[i]).message)) == shapes[i]);
        require(found.of(shapes[i]) < found.texts.size());
    }
    for (const std::string& text : found.texts) require(abm::count_card_numbers(text) == 0);
    return 0;
}
