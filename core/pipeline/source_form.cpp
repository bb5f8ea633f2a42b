#include "core/pipeline/source_form.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/byte_source.h"
#include "core/base/text_encoding.h"
#include "core/capture/read_capture.h"
#include "core/ingest/journal_chunk.h"
#include "core/series/read_table.h"
#include "core/textlog/log_profile.h"

namespace abm {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{256} << 10U;
constexpr double kLeastConfidence = 0.5;  ///< lines with times: a README has none

/// The first bytes, uncompressed; empty when there are none to be had.
std::string head_of(const std::filesystem::path& path) {
    try {
        const auto bytes = ByteSource::open(path);
        std::string head(kHeadBytes, '\0');
        head.resize(bytes->read(head));
        return head;
    } catch (const Error&) {
        return {};
    }
}

/// A header or a session tells; failing that, a journal is mostly lines of a journal and no table: receipts have dates, too.
bool is_journal(const std::string& head) {
    JournalChunk chunk;
    chunk.text = head;
    read_chunk(chunk);
    if (!chunk.lexed.headers.empty() || !chunk.sessions.empty()) return true;
    return 2 * std::ssize(chunk.not_understood) < chunk.lexed.lines && !sniff_table(head);
}

bool has_member(std::string_view line, std::initializer_list<std::string_view> names) {
    return std::ranges::any_of(names, [line](std::string_view name) { return line.find(name) != std::string_view::npos; });
}

/// A log written as JSON, an object a line: a level and a message. As a table it would have nothing to score.
bool is_json_log(std::string_view head) {
    if (!table_form(head).json) return false;
    const std::string_view first = head.substr(0, head.find('\n'));
    return has_member(first, {"\"level\"", "\"severity\"", "\"levelname\"", "\"loglevel\"", "\"log.level\""}) &&
           has_member(first, {"\"msg\"", "\"message\"", "\"event\"", "\"text\""});
}

bool is_text(std::string_view head) {
    const TextEncoding encoding = sniff_encoding(head);
    return encoding != TextEncoding::binary && encoding != TextEncoding::utf16le && encoding != TextEncoding::utf16be;
}

}  // namespace

SourceForm form_of(const std::filesystem::path& path) {
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return SourceForm::journal;
    if (is_capture(path)) return SourceForm::capture;
    const std::string head = head_of(path);
    if (head.empty() || !is_text(head) || is_journal(head)) return SourceForm::journal;
    if (sniff_table(head) && !is_json_log(head)) return SourceForm::table;
    const auto log = sniff_text_log(head);
    return log && log->confidence >= kLeastConfidence ? SourceForm::text_log : SourceForm::journal;
}

SourceForm form_with_profile(const std::filesystem::path& path, const LogProfile& profile) {
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return SourceForm::journal;
    if (is_capture(path)) return SourceForm::capture;
    if (profile.journal) return SourceForm::journal;  // what is no text that reader says best
    const std::string head = head_of(path);
    return head.empty() || !is_text(head) || is_journal(head) ? SourceForm::journal : SourceForm::text_log;
}

}  // namespace abm
