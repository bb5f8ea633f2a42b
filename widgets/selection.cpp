#include "widgets/selection.h"

#include "widgets/carried_record.h"

namespace abm {
namespace {

constexpr std::size_t kMostSteps = 500;

}  // namespace

void Selection::selectRecord(RecordIndex record, std::optional<std::int64_t> line) {
    if (now().record == record) {
        if (line && line != now().line) selectLine(*line);
        return;
    }
    State next{record, line, now().range};
    if (now().record) {
        history_.resize(at_ + 1);
        history_.push_back(next);
        if (history_.size() > kMostSteps) history_.erase(history_.begin());
        at_ = history_.size() - 1;
    } else {
        history_[at_] = next;
    }
    emit recordChanged();
    emit lineChanged();
    emit historyChanged();
}

void Selection::selectLine(std::int64_t offset) {
    if (now().line == offset) return;
    history_[at_].line = offset;
    emit lineChanged();
}

void Selection::setRange(std::optional<TimeRange> range) {
    if (now().range == range) return;
    history_[at_].range = range;
    emit rangeChanged();
}

void Selection::moveTo(std::size_t at) {
    const State before = now();
    at_ = at;
    if (before.range != now().range) emit rangeChanged();
    if (before.record != now().record) emit recordChanged();
    emit lineChanged();
    emit historyChanged();
}

void Selection::goBack() {
    if (canGoBack()) moveTo(at_ - 1);
}

void Selection::goForward() {
    if (canGoForward()) moveTo(at_ + 1);
}

void Selection::rebase(const Investigation& before, const Investigation& after) {
    std::vector<State> kept;
    std::size_t at = 0;
    for (std::size_t step = 0; step < history_.size(); ++step) {
        State state = history_[step];
        if (state.record) {
            state.record = carried_over(*state.record, before, after);
            if (!state.record) continue;
        }
        kept.push_back(state);
        if (step <= at_) at = kept.size() - 1;
    }
    const std::optional<TimeRange> range = now().range;
    if (kept.empty()) kept.push_back({std::nullopt, std::nullopt, range});
    history_ = std::move(kept);
    at_ = at;
    emit recordChanged();
    emit lineChanged();
    emit historyChanged();
}

void Selection::clear() {
    history_.assign(1, {});
    at_ = 0;
    emit rangeChanged();
    emit recordChanged();
    emit lineChanged();
    emit historyChanged();
}

}  // namespace abm
