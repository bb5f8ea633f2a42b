// Any bytes as a text log of each profile: whatever is read lies within the source, and is said about records there are.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/card_mask.h"
#include "core/base/error.h"
#include "core/textlog/read_text_log.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool within(const abm::TextSpan& span, const abm::Source& source) {
    return span.offset >= 0 && span.bytes >= 0 && span.end() <= source.bytes;
}

void check(const abm::SourceReading& reading) {
    const auto records = static_cast<Eigen::Index>(reading.records.size());
    require(reading.features.rows() == records || records == 0);
    require(static_cast<Eigen::Index>(reading.sequences.size()) == records);
    std::int64_t before = -1;
    for (const abm::Record& record : reading.records) {
        require(within(record.span, reading.source) && record.span.offset > before);
        before = record.span.offset;
        require(abm::raw(record.machine) < reading.entities.size());
        require(record.first_finding + record.finding_count <= reading.findings.size());
    }
    for (const abm::Finding& finding : reading.findings) {
        require(abm::raw(finding.record) < reading.records.size() && !finding.sentence.empty());
        for (const abm::Evidence& line : finding.evidence) require(within(line.line, reading.source));
    }
    for (const abm::Token token : reading.sequences.tokens) require(token < reading.sequences.words.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path file =
        std::filesystem::temp_directory_path() / ("abm-textlog-fuzz-" + std::to_string(::getpid()));
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    for (const char* profile : {"", "ue-events", "syslog", "generic"}) {
        abm::TextLogOptions options;
        options.profile = profile;
        check(abm::read_text_log(file, options, {}));
    }
    try {
        abm::parse_log_profile({reinterpret_cast<const char*>(data), size}, "fuzz.json");
    } catch (const abm::Error&) {
    }
    return 0;
}
