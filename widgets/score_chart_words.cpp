// What the score chart says: tool tips, and words for those who hear it.
#include <QAccessible>
#include <QHelpEvent>
#include <QToolTip>

#include "widgets/format.h"
#include "widgets/lane_item.h"
#include "widgets/score_chart.h"
#include "widgets/verdict_words.h"

namespace abm {

QString ScoreChart::tip(std::uint32_t at) const {
    const Record& record = snapshot_->records[at];
    QStringList more;
    if (record.at_risk != kNoAmount) more.append("at risk " + qstring(money_text(record.at_risk)));
    if (record.amount != kNoAmount) more.append("amount " + qstring(money_text(record.amount)));
    if (const StandingLabel* const verdict = snapshot_->label_of(RecordIndex(at))) {
        more.append(verdict_text(verdict->label.label, verdict->label.type).toHtmlEscaped());
        if (!verdict->label.note.empty()) more.append("note: " + qstring(verdict->label.note).toHtmlEscaped());
    }
    return QStringLiteral("<b>%1 · %2</b><br>%3 · score %4<br>%5%6")
        .arg(qstring(iso8601(record.start)).replace('T', ' ').left(19), qstring(snapshot_->machine_of(record)).toHtmlEscaped(),
             qstring(display_name(record.type)), score_text(record.score),
             qstring(sentence_of(*snapshot_, record)).toHtmlEscaped(),
             more.isEmpty() ? QString() : "<br>" + more.join(QString::fromUtf8(" · ")));
}

QString ScoreChart::foldTip(QPointF at) const {
    if (!index_ || !chart()->plotArea().contains(at)) return {};
    const Time time = timeAt(at.x());
    for (const TimeFold::Fold& fold : index_->fold.folds()) {
        if (!fold.range.contains(time)) continue;
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(fold.range.length()).count();
        return QStringLiteral("%1 without any record, folded away").arg(duration_text(seconds));
    }
    return {};
}

QString ScoreChart::spanTip(QPointF at) const {
    if (const auto named = laneOfName(at)) return machineOf(*named) + ": a click collapses or opens its lane";
    if (const Incident* const incident = item_->incidentAt(at)) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(incident->range.length()).count();
        QString text = qstring(display_name(incident->type)) + ", " + duration_text(seconds);
        if (incident->count > 1) text += ", " + counted(incident->count, "record", "records") + " in a row";
        return text + ": " + span_text(incident->range.begin, incident->range.end);
    }
    if (item_->quietAt(at))
        return QStringLiteral("Between two sessions: maintenance, resets or supervisor work; nothing is wrong with it");
    return foldTip(at);
}

// For those who hear the chart: what is selected, and which lane the keys act on.
void ScoreChart::describe() {
    QStringList parts;
    const auto record = selection_.record();
    if (record && snapshot_ && raw(*record) < snapshot_->records.size()) {
        const Record& selected = snapshot_->records[raw(*record)];
        parts.append(record_title(*snapshot_, selected) + ", " + qstring(display_name(selected.type)) + ", severity " +
                     qstring(name_of(selected.severity)) + ", score " + score_text(selected.score));
    }
    if (index_ && lane_ < index_->lanes.size() && item_->layout().count() == index_->lanes.size())
        parts.append("lane of " + machineOf(lane_) + ", threshold " + score_text(threshold_) + ", " +
                     item_->thresholdText(lane_));
    const QString text = parts.join("; ");
    if (text == accessibleDescription()) return;
    setAccessibleDescription(text);
    QAccessibleValueChangeEvent changed(this, text);
    QAccessible::updateAccessibility(&changed);
}

bool ScoreChart::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && snapshot_) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        if (const auto record = item_->recordAt(help->pos())) {
            QToolTip::showText(help->globalPos(), tip(*record), this);
        } else {
            QToolTip::showText(help->globalPos(), spanTip(help->pos()), this);  // without words it hides
        }
        return true;
    }
    return QChartView::event(event);
}

}  // namespace abm
