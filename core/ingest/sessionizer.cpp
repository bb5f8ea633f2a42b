#include "core/ingest/sessionizer.h"

namespace abm {
namespace {

using K = EventKind;

// The automaton: between sessions, inside one, or behind one that has ended.
class Cutter {
public:
    explicit Cutter(JournalChunk& chunk) : chunk_(chunk) {}

    void run() {
        const auto& events = chunk_.lexed.events;
        open_ = {{chunk_.offset, 0}, {0, 0}, -1, 0, true};
        for (std::uint32_t i = 0; i < events.size(); ++i) {
            step(events[i], i);
        }
        close(chunk_.offset + static_cast<std::int64_t>(chunk_.text.size()), static_cast<std::uint32_t>(events.size()));
    }

private:
    void step(const Event& event, std::uint32_t index) {
        switch (event.kind) {
            case K::session_start:
            case K::cardless_start:
                begin(chunk_.lexed.events[line_start(index)].offset, line_start(index), true);
                break;
            case K::reader_activated:
            case K::supervisor_entry:
                // A session that lost its END ends here; what told of its money before belongs to it.
                if (in_session_) begin(start_of_block(index), header_before(index), false);
                break;
            default:
                // The line after END opens the interval; END itself still belongs to the session.
                if (ended_) begin(event.offset, index, false);
                break;
        }
        if (event.kind == K::session_end && in_session_) ended_ = true;
        if (!in_session_ && event.kind != K::header && event.kind != K::reader_activated && event.kind != K::blank)
            open_.trivial = false;
    }

    // A screen-reset prefix glued to a line is an event of its own; the record opens with the line.
    std::uint32_t line_start(std::uint32_t index) const {
        const auto& events = chunk_.lexed.events;
        const bool glued =
            index > 0 && events[index - 1].kind == K::reset_prefix && events[index - 1].offset == events[index].offset;
        return glued ? index - 1 : index;
    }

    // The header in front of a marker line speaks of the marker, not of what came before.
    std::uint32_t header_before(std::uint32_t index) const {
        return index > 0 && chunk_.lexed.events[index - 1].kind == K::header ? index - 1 : index;
    }
    std::int64_t start_of_block(std::uint32_t index) const { return chunk_.lexed.events[header_before(index)].offset; }

    void begin(std::int64_t offset, std::uint32_t index, bool session) {
        close(offset, index);
        open_ = {{offset, 0}, {index, 0}, -1, 0, !session};
        in_session_ = session;
        ended_ = false;
    }

    void close(std::int64_t end, std::uint32_t end_index) {
        if (end == open_.span.offset) return;  // an empty interval is no record
        open_.span.bytes = end - open_.span.offset;
        open_.events.count = end_index - open_.events.first;
        if (in_session_) {
            open_.session = static_cast<std::int32_t>(sessions_++);
            open_.trivial = false;
        }
        const auto& headers = chunk_.lexed.headers;
        while (header_ < headers.size() && headers[header_].event < static_cast<std::int32_t>(open_.events.first)) ++header_;
        open_.first_header = static_cast<std::uint32_t>(header_);
        chunk_.records.push_back(open_);
    }

    JournalChunk& chunk_;
    RecordDraft open_;
    bool in_session_ = false;
    bool ended_ = false;
    std::size_t sessions_ = 0;
    std::size_t header_ = 0;
};

}  // namespace

void cut_records(JournalChunk& chunk) {
    if (chunk.text.empty()) return;
    Cutter(chunk).run();
}

}  // namespace abm
