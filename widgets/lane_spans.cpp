#include "widgets/lane_spans.h"

namespace abm {

void LaneSpansBuilder::close() {
    if ((open_.count > 1 || lasts_) && open_.range.end > open_.range.begin) spans_.incidents.push_back(open_);
    open_ = {};
    lasts_ = false;
}

void LaneSpansBuilder::add(const Record& record, std::uint32_t at) {
    const bool interval = record.kind == RecordKind::interval;
    const TimeRange range{record.start, known(record.end) ? std::max(record.end, record.start) : record.start};
    if (record.severity == Severity::none) {
        if (!interval) return close();
        auto& quiet = spans_.quiet;
        if (!quiet.empty() && range.begin <= quiet.back().end) {
            quiet.back().end = std::max(quiet.back().end, range.end);
        } else if (range.end > range.begin) {
            quiet.push_back(range);
        }
        return;
    }
    if (open_.count > 0 && open_.type != record.type) close();
    if (open_.count == 0) open_ = {range, record.severity, record.type, at, 0};
    ++open_.count;
    open_.range.end = std::max(open_.range.end, range.end);
    open_.severity = std::max(open_.severity, record.severity);
    lasts_ |= interval;
}

LaneSpans LaneSpansBuilder::take() {
    close();
    return std::move(spans_);
}

}  // namespace abm
