// Verdicts on many records in one step: the alike of one, and all that are selected.
#include <utility>

#include "app/workbench/label_desk.h"
#include "app/workbench/triage_page.h"
#include "widgets/format.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr std::size_t kManyAtOnce = 50;  // more than one sees together: the verdict waits for a second word

}  // namespace

std::optional<LabelRequest> LabelDesk::verdictForAlike() const {
    const auto record = selected();
    if (!record) return std::nullopt;
    if (const StandingLabel* const verdict = snapshot()->label_of(*record))
        return LabelRequest{verdict->label.label, verdict->label.type, {}, -1};
    if (advice_.suggestion.label == LabelClass::none) return std::nullopt;
    return LabelRequest{advice_.suggestion.label, advice_.suggestion.type, panel().note().toStdString(), -1};
}

void LabelDesk::showAlike(bool previewed) {
    previewed_ = previewed && !advice_.alike.empty();
    const auto verdict = verdictForAlike();
    panel().setAlike({static_cast<std::int64_t>(advice_.alike.size()), previewed_,
                      verdict ? verdict_text(verdict->label, verdict->type) : QString(), place_->markedWords()});
    seen_alike_ = place_->mark(previewed_ ? advice_.alike : std::vector<RecordIndex>());
}

void LabelDesk::previewAlike() {
    showAlike(true);
    showEnabled();
    emit said(QStringLiteral("%1 alike, %2 of them %3. B or Enter labels them in one step.")
                  .arg(counted(static_cast<std::int64_t>(advice_.alike.size()), "record is", "records are"),
                       count_text(seen_alike_), place_->markedWords()));
}

void LabelDesk::applyAlike() {
    const auto record = selected();
    const auto request = verdictForAlike();
    if (!previewed_ || !record) return;
    if (!request) return emit said("Label this record first: its verdict is what the alike will get.");
    std::vector<RecordIndex> records = advice_.alike;
    if (!snapshot()->label_of(*record)) records.insert(records.begin(), *record);
    commit(records, *request);
    emit decided(records, -1);
    showAlike(false);
    advance();
}

void LabelDesk::followSeveral() {
    auto several = selected() ? place_->several() : std::vector<RecordIndex>();
    if (several == several_) return;
    several_ = std::move(several);
    showSeveral();
}

void LabelDesk::showSeveral() {
    waiting_.reset();
    panel().setSeveral({static_cast<std::int64_t>(several_.size()), {}});
    showEnabled();
}

// Not modal: anything else one does takes the question back.
void LabelDesk::decideSeveral(LabelRequest request) {
    const bool again = waiting_ && waiting_->label == request.label && waiting_->type == request.type;
    waiting_ = std::move(request);
    if (again || several_.size() <= kManyAtOnce) return applySeveral();
    panel().setSeveral({static_cast<std::int64_t>(several_.size()), verdict_text(waiting_->label, waiting_->type)});
    showEnabled();
}

// The note in the field belongs to one record: a verdict on many has none.
void LabelDesk::applySeveral() {
    const auto request = std::exchange(waiting_, std::nullopt);
    if (!request || several_.empty() || !ready()) return;
    const auto records = std::exchange(several_, {});
    commit(records, *request);
    emit decided(records, -1);
    showSeveral();
    advance();
}

}  // namespace abm
