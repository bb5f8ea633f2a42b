// What is counted of a journal while its blocks are linked, one after another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/finding.h"
#include "core/data/source.h"
#include "core/ingest/journal_chunk.h"
#include "core/ingest/linker.h"

namespace abm {

class JournalAccount {
public:
    /// file_name: says the machine as long as no receipt does ("ABM175EJ_20250624.txt" -> "0175").
    explicit JournalAccount(std::string_view file_name = {});

    void take(const JournalChunk& chunk, const LinkedChunk& linked);
    /// Shows in the source what was counted so far.
    void tell(Source& source) const;
    /// The same once all was taken, with the problems the whole has.
    void close(Source& source) const;
    /// About the full card numbers in the text, when there are any; record: the source.
    std::optional<Finding> card_number_finding(const Source& source, RecordIndex record) const;

    bool is_journal() const { return is_journal_; }
    std::int64_t sessions() const { return sessions_; }
    const std::string& machine() const { return machine_.empty() ? machine_of_name_ : machine_; }

    /// What was read of its front in another run. See linker_state.h.
    template <class Archive>
    void serialize(Archive& archive) {
        archive(is_journal_, machine_, machine_of_name_, lines_, cr_ends_, lf_ends_, crlf_ends_, lines_not_understood_,
                first_not_understood_, sessions_, intervals_, card_numbers_, card_lines_, account_numbers_, first_time_,
                last_time_, repeated_);
    }

private:
    LineEnd line_end() const;

    bool is_journal_ = false;  ///< a header or a session was seen
    std::string machine_;      ///< as receipts say
    std::string machine_of_name_;
    std::int64_t lines_ = 0, cr_ends_ = 0, lf_ends_ = 0, crlf_ends_ = 0;
    std::int64_t lines_not_understood_ = 0;
    std::vector<TextSpan> first_not_understood_;
    std::int64_t sessions_ = 0, intervals_ = 0;
    std::int64_t card_numbers_ = 0;
    std::vector<TextSpan> card_lines_;  ///< the first with card numbers
    std::int64_t account_numbers_ = 0;
    Time first_time_ = kUnknownTime, last_time_ = kUnknownTime;
    std::int64_t repeated_ = 0;
};

}  // namespace abm
