// The words of a workspace (kinds, types, severities ...): how they are coded in its rows. By name, never by the enumerator's
// number: a program that has more words, or another order, reads what an older one wrote.
#pragma once

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/data/cash_movement.h"
#include "core/data/record.h"
#include "core/data/source.h"

namespace abm {

/// One list of words. Thread-safe once it was read.
template <class Enum>
class WordCodes {
public:
    WordCodes() = default;
    /// code_of: by enumerator; -1: the workspace does not have this word (yet).
    WordCodes(std::string list, std::vector<int> code_of) : list_(std::move(list)), code_of_(std::move(code_of)) {
        for (std::size_t at = 0; at < code_of_.size(); ++at) {
            if (code_of_[at] < 0) continue;
            const auto code = static_cast<std::size_t>(code_of_[at]);
            if (code >= value_of_.size()) value_of_.resize(code + 1, kNone);
            value_of_[code] = static_cast<std::int16_t>(at);
        }
    }

    int code(Enum value) const { return code_of_[static_cast<std::size_t>(value)]; }
    /// Throws Error{Corrupt} for a code that stands for no word.
    Enum value(std::int64_t code) const {
        const std::int16_t at = code >= 0 && code < static_cast<std::int64_t>(value_of_.size()) ? value_of_[code] : kNone;
        if (at == kNone) throw Error(ErrorCode::Corrupt, fmt::format("code {} stands for no word of '{}'", code, list_));
        return static_cast<Enum>(at);
    }

private:
    static constexpr std::int16_t kNone = -1;
    std::string list_;
    std::vector<int> code_of_;
    std::vector<std::int16_t> value_of_;
};

struct Words {
    WordCodes<RecordKind> kinds;
    WordCodes<RecordType> types;
    WordCodes<Severity> severities;
    WordCodes<Activity> activities;
    WordCodes<CashEvent> cash_events;
    WordCodes<LineEnd> line_ends;
};

/// Adds the words of this program that the workspace does not have, in one transaction.
void complete_words(SQLite::Database& database);
/// Throws Error{Mismatch} when the workspace has a word this program does not know: a newer one wrote it.
Words read_words(SQLite::Database& database);

}  // namespace abm
