#include "app/workbench/label_session.h"

#include <algorithm>

namespace abm {

void LabelSession::refill(const std::vector<QueueEntry>& entries) {
    order_.resize(come_);
    std::unordered_set<std::uint32_t> known(order_.begin(), order_.end());
    for (const QueueEntry& entry : entries) {
        if (!over(raw(entry.record)) && known.insert(raw(entry.record)).second) order_.push_back(raw(entry.record));
    }
}

std::optional<RecordIndex> LabelSession::after(std::optional<RecordIndex> here,
                                               const std::function<bool(RecordIndex)>& labelled) const {
    auto next = here ? std::find(order_.begin(), order_.end(), raw(*here)) : order_.end();
    next = next == order_.end() ? order_.begin() : next + 1;
    const auto waits = [&](std::uint32_t record) { return !over(record) && !labelled(RecordIndex(record)); };
    auto found = std::find_if(next, order_.end(), waits);
    if (found == order_.end()) {  // after going back and on again something may have been left behind
        found = std::find_if(order_.begin(), next, waits);
        if (found == next) return std::nullopt;
    }
    if (here && *found == raw(*here)) return std::nullopt;
    return RecordIndex(*found);
}

void LabelSession::show(RecordIndex record) {
    const auto first_waiting = order_.begin() + static_cast<std::ptrdiff_t>(come_);
    const auto found = std::find(order_.begin(), order_.end(), raw(record));
    if (found < first_waiting) return;
    if (found == order_.end()) {
        order_.insert(first_waiting, raw(record));
    } else {
        std::rotate(first_waiting, found, found + 1);
    }
    ++come_;
}

void LabelSession::decide(RecordIndex record, std::int32_t decided_ms) { decided_[raw(record)] = decided_ms; }

void LabelSession::undo(RecordIndex record) {
    decided_.erase(raw(record));
    skipped_.erase(raw(record));
}

void LabelSession::forgetSkipped() { skipped_.clear(); }

std::size_t LabelSession::waiting() const {
    return static_cast<std::size_t>(std::count_if(order_.begin() + static_cast<std::ptrdiff_t>(come_), order_.end(),
                                                  [this](std::uint32_t record) { return !over(record); }));
}

std::int64_t LabelSession::goal() const {
    const std::int64_t stages = (position() + kStage - 1) / kStage;
    return std::max(std::min(stages * kStage, available_), position());
}

std::optional<double> LabelSession::secondsEach() const {
    double sum_ms = 0;
    std::int64_t timed = 0;
    for (const auto& [record, ms] : decided_) {
        if (ms < 0) continue;
        sum_ms += ms;
        ++timed;
    }
    if (timed == 0) return std::nullopt;
    return sum_ms / 1000.0 / static_cast<double>(timed);
}

}  // namespace abm
