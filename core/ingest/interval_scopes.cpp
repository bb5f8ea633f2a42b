#include "core/ingest/interval_scopes.h"

#include <algorithm>
#include <optional>

namespace abm {
namespace {

using K = EventKind;

class SegmentFinder {
public:
    SegmentFinder(const JournalChunk& chunk, const RecordDraft& interval)
        : events_(chunk.lexed.events), first_(interval.events.first), last_(interval.events.first + interval.events.count) {}

    std::vector<Segment> run() {
        for (std::uint32_t i = first_; i < last_; ++i) {
            supervisor(i);
            reset(i);
            note_recovery(i);
            blocks(i);
        }
        close(supervisor_, ScopeKind::supervisor_visit, last_, true);
        close(reset_, ScopeKind::power_reset, last_);
        close(recovery_, ScopeKind::note_recovery, last_);
        std::stable_sort(found_.begin(), found_.end(), [](const Segment& a, const Segment& b) { return a.first < b.first; });
        return std::move(found_);
    }

private:
    using Open = std::optional<std::uint32_t>;

    K kind(std::uint32_t i) const { return events_[i].kind; }

    void close(Open& open, ScopeKind scope, std::uint32_t last, bool unclosed = false) {
        if (open && last > *open) found_.push_back({scope, *open, last, unclosed});
        open.reset();
    }

    // The header, and the sensor status before it, announce the block.
    std::uint32_t with_header(std::uint32_t i) const {
        if (i > first_ && kind(i - 1) == K::header) --i;
        if (i > first_ && kind(i - 1) == K::sensor_status) --i;
        return i;
    }

    void supervisor(std::uint32_t i) {
        if (kind(i) == K::supervisor_entry) {
            close(supervisor_, ScopeKind::supervisor_visit, with_header(i), true);
            supervisor_ = with_header(i);
        } else if (kind(i) == K::supervisor_exit) {
            if (!supervisor_) supervisor_ = i;  // entered before this interval was written
            const bool status_follows = i + 1 < last_ && kind(i + 1) == K::sensor_status;
            close(supervisor_, ScopeKind::supervisor_visit, i + (status_follows ? 2 : 1));
        } else if (kind(i) == K::reset_prefix || kind(i) == K::power_up) {
            close(supervisor_, ScopeKind::supervisor_visit, i, true);
        }
    }

    void reset(std::uint32_t i) {
        switch (kind(i)) {
            case K::reset_prefix:
                if (reset_ && kind(i - 1) != K::reset_prefix) close(reset_, ScopeKind::power_reset, i);
                if (!reset_) reset_ = i;
                break;
            case K::component_versions:
                if (!reset_) reset_ = i;
                break;
            case K::power_up:
                if (!reset_) reset_ = with_header(i);
                break;
            case K::power_status:
                close(reset_, ScopeKind::power_reset, i + 1);
                break;
            case K::supervisor_entry:
                close(reset_, ScopeKind::power_reset, with_header(i));
                break;
            case K::reader_activated:
                close(reset_, ScopeKind::power_reset, i);
                break;
            default:
                break;
        }
    }

    void note_recovery(std::uint32_t i) {
        switch (kind(i)) {
            case K::recovery_started:
            case K::init_acceptor:
                close(recovery_, ScopeKind::note_recovery, i);
                recovery_ = i;
                break;
            case K::recovery_ok:
            case K::recovery_failed:
                if (!recovery_) recovery_ = i;
                close(recovery_, ScopeKind::note_recovery, i + 1);
                break;
            case K::supervisor_exit:
            case K::reader_activated:
                close(recovery_, ScopeKind::note_recovery, i);
                break;
            default:
                break;
        }
    }

    // Blocks that end where the first line of another kind stands.
    void blocks(std::uint32_t i) {
        if (i < block_end_) return;
        switch (kind(i)) {
            case K::cheque_recovery_ok:
            case K::cheque_recovery_failed:
            case K::cheque_captured:
            case K::cheque_capture_failed:
                take(ScopeKind::cheque_recovery, i, i,
                     {K::pocket_head, K::pocket_totals, K::header, K::cheque_captured, K::cheque_capture_failed,
                      K::cheque_identity, K::cheque_status});
                break;
            case K::counts_cleared:
                take(ScopeKind::counts_cleared, with_header(i), i,
                     {K::cash_dispensed_title, K::cash_remaining_title, K::cash_rejected_title, K::type_counts});
                break;
            case K::cash_added:
                take(ScopeKind::cash_added, with_header(i), i, {K::type_counts});
                break;
            case K::cassette_removed:
            case K::cassette_inserted:
                take(ScopeKind::cassette_handling, with_header(i), i,
                     {K::cassette_removed, K::cassette_inserted, K::sensor_status, K::header});
                break;
            case K::cassette_table_head:
                take(ScopeKind::configuration, with_header(i), i, {K::cassette_row, K::text, K::cassette_unknown});
                break;
            case K::acceptor_counts_title:
                take(ScopeKind::acceptor_counts, with_header(i), i,
                     {K::acceptor_counts_line, K::acceptor_counts_cleared_at, K::text, K::acceptor_table_row,
                      K::acceptor_table_total});
                break;
            case K::counter_title:
                take(ScopeKind::counts_printed, with_header(i), i,
                     {K::counter_denomination, K::counter_dispensed, K::counter_rejected, K::counter_remaining});
                break;
            case K::reader_status:
            case K::dispenser_status:
            case K::acceptor_status:
            case K::depository_status:
            case K::printer_status:
            case K::other_status:
                found_.push_back({ScopeKind::device_status, i, i + 1, false});
                break;
            default:
                break;
        }
    }

    void take(ScopeKind scope, std::uint32_t first, std::uint32_t at, std::initializer_list<K> members) {
        std::uint32_t end = at + 1;
        std::uint32_t solid = end;
        while (end < last_ && (kind(end) == K::blank || std::find(members.begin(), members.end(), kind(end)) != members.end())) {
            // A header or a blank line belongs to the block only when more of the block follows.
            ++end;
            if (kind(end - 1) != K::blank && kind(end - 1) != K::header) solid = end;
        }
        found_.push_back({scope, first, solid, false});
        block_end_ = solid;
    }

    const std::vector<Event>& events_;
    std::uint32_t first_, last_;
    std::uint32_t block_end_ = 0;
    Open supervisor_, reset_, recovery_;
    std::vector<Segment> found_;
};

}  // namespace

std::vector<Segment> find_segments(const JournalChunk& chunk, const RecordDraft& interval) {
    return SegmentFinder(chunk, interval).run();
}

}  // namespace abm
