// Any bytes as a table: no crash, spans lie within the file, records and features agree, no full card number is kept.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"
#include "core/series/read_table.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_text(const std::string& text) {
    require(abm::as_utf8(text) == text);
    require(abm::count_card_numbers(text) == 0);
}

void check(const abm::SourceReading& reading) {
    const auto bytes = reading.source.bytes;
    std::set<std::int64_t> starts;
    for (const abm::Record& record : reading.records) {
        require(record.span.offset >= 0 && record.span.bytes > 0 && record.span.end() <= bytes);
        require(starts.insert(record.span.offset).second);
        require(raw(record.machine) < reading.entities.size());
        require(record.feature_row < reading.features.rows());
        require(record.first_finding + record.finding_count <= reading.findings.size());
    }
    require(static_cast<std::size_t>(reading.features.columns()) == reading.features.names.size() || reading.records.empty());
    for (const std::string& entity : reading.entities) check_text(entity);
    for (const abm::Finding& finding : reading.findings) {
        check_text(finding.sentence);
        for (const abm::Evidence& evidence : finding.evidence) require(evidence.line.offset >= 0 && evidence.line.end() <= bytes);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto file = std::filesystem::temp_directory_path() / ("abm-table-fuzz-" + std::to_string(::getpid()));
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
    abm::sniff_table({reinterpret_cast<const char*>(data), size});
    const abm::SourceReading reading = abm::read_table(file, {}, {});
    check(reading);
    abm::TableOptions rows;
    rows.always_rows = true;
    check(abm::read_table(file, rows, {}));
    if (!reading.entities.empty() && reading.source.problems.empty()) abm::read_series(file, reading.entities.front(), {}, {});
    std::filesystem::remove(file);
    return 0;
}
