// One input file and the account of how it was understood.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace abm {

enum class LineEnd : std::uint8_t { none, cr, lf, crlf, mixed };
std::string_view name_of(LineEnd end);

/// Something about the input that the user must know. Reading went on unless `fatal`.
struct SourceProblem {
    std::int64_t offset = -1;  ///< first byte concerned; -1: the whole source
    std::int64_t count = 1;    ///< how often
    bool fatal = false;        ///< nothing more could be read behind it
    std::string message;       ///< what, where, what was kept, what to do
};

struct Source {
    std::filesystem::path path;
    std::string name;      ///< file name, as the tables show it
    std::string identity;  ///< hex of the chained block hashes (see core/base/source_identity.h)
    std::string format;    ///< "ndc-journal", "empty", "unknown"
    std::string encoding;  ///< "ascii", "utf-8", "latin-1", "binary"
    bool gzip = false;
    LineEnd line_end = LineEnd::none;
    std::string machine;     ///< as the receipts say, else from the file name
    std::int64_t bytes = 0;  ///< uncompressed
    std::int64_t lines = 0;
    std::int64_t lines_not_understood = 0;
    std::vector<TextSpan> first_not_understood;  ///< the first 100
    std::int64_t sessions = 0;
    std::int64_t intervals = 0;
    std::int64_t packets = 0;  ///< of a capture
    std::string link_type;     ///< of a capture, as libpcap calls it: "EN10MB", "LINUX_SLL"; "unknown (251)"
    std::int64_t card_numbers_masked = 0;
    std::int64_t account_numbers_masked = 0;
    Time first_time = kUnknownTime;
    Time last_time = kUnknownTime;
    std::vector<SourceProblem> problems;

    bool is_capture() const { return !link_type.empty(); }
    /// Widens first_time and last_time; an unknown time is none.
    void take_time(Time time) {
        if (!known(time)) return;
        if (!known(first_time) || time < first_time) first_time = time;
        if (!known(last_time) || time > last_time) last_time = time;
    }
};

}  // namespace abm
