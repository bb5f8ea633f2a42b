#include "app/workbench/why_words.h"

#include <algorithm>
#include <cmath>

#include "app/workbench/explanation_words.h"
#include "core/base/error.h"
#include "core/decide/combine.h"
#include "widgets/format.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr std::size_t kMostOdd = 6;
constexpr std::size_t kMostLabels = 6;
constexpr std::size_t kMostAlike = 8;

std::vector<LogLine> lines_of(const Investigation& all, const Record& record) {
    if (record.feature_row < 0) return {};
    try {
        return read_log(all.source_of(record), record.span);
    } catch (const Error&) {  // the log says so, with what to do; the explanation does not need them
        return {};
    }
}

QString percent(double share) { return QStringLiteral("%1 %").arg(std::lround(share * 100)); }

QString day_of(Time utc) { return day_text(utc).section(' ', 0, 1); }

RecordLine influence_line(const Investigation& all, const LabelInfluence& term) {
    const StandingLabel& label = all.labels.at(term.label);
    const QString margin = (term.margin < 0 ? QStringLiteral("−") : QStringLiteral("+")) +
                           QString::number(std::abs(term.margin), 'f', std::abs(term.margin) < 0.095 ? 2 : 1);
    const QString day = day_of(label.label.when);
    const QString what = verdict_text(label.label.label, label.label.type) + (day.isEmpty() ? QString() : ", " + day);
    return {label.record, QStringLiteral("%1 because it is %2 like").arg(margin, percent(term.alike)),
            QStringLiteral("#%1").arg(label.event), '(' + what + ')'};
}

RecordLine alike_line(const Investigation& all, const AlikeRecord& alike) {
    const Record& record = all.records.at(raw(alike.record));
    const QString how = std::isnan(alike.alike) ? QStringLiteral("same rule") : percent(alike.alike);
    QStringList after;
    if (known(record.start)) after.append(day_of(record.start) + ' ' + qstring(clock_text(record.start)).left(5));
    if (const StandingLabel* const label = all.label_of(alike.record))
        after.append(verdict_text(label->label.label, label->label.type));
    else
        after.append(QStringLiteral("no label"));
    return {alike.record, how, record_title(all, record), after.join(" · ")};
}

void add_labels(ShownExplanation& shown, const Investigation& all, const std::vector<LabelInfluence>& terms) {
    for (std::size_t at = 0; at < std::min(terms.size(), kMostLabels); ++at)
        shown.labels.push_back(influence_line(all, terms[at]));
    if (terms.size() > kMostLabels)
        shown.labels_more =
            QStringLiteral("and %1 with less").arg(counted(std::ssize(terms) - std::ssize(shown.labels), "label", "labels"));
}

QString band_words(const Record& record) {
    const Band band = band_of(record.severity);
    const QString tier = record.severity == Severity::none ? QStringLiteral("no finding") : qstring(name_of(record.severity));
    return QStringLiteral("%1, %2 to %3")
        .arg(tier, score_text(static_cast<float>(band.low)), score_text(static_cast<float>(band.high)));
}

// A tail of 0.0021 says little to most; "1 of 476" does.
QString tail_words(double tail) {
    if (!(tail > 0) || tail >= 1) return QString::number(tail, 'g', 3);
    return QStringLiteral("%1, 1 of %2").arg(QString::number(tail, 'g', 2), count_text(std::llround(1 / tail)));
}

QString model_words(const ScoreOrigin& origin) {
    if (origin.model == ModelId{}) return QStringLiteral("no stored model");
    const QString model = QStringLiteral("model %1").arg(raw(origin.model));
    return origin.labels == 0 ? model : model + " with " + counted(origin.labels, "label", "labels") + " since";
}

void add_steps(ShownExplanation& shown, const Investigation& all, const Record& record, const Explanation& explanation) {
    if (shown.scored) {
        shown.steps.emplace_back(QStringLiteral("raw score of %1").arg(qstring(explanation.detector)),
                                 QString::number(explanation.raw_score, 'f', 3));
        double labels = 0;
        for (const LabelInfluence& term : explanation.labels) labels += term.margin;
        if (!explanation.labels.empty())
            shown.steps.emplace_back("labels move it by",
                                     QStringLiteral("%1%2 sd").arg(labels < 0 ? "−" : "+").arg(std::abs(labels), 0, 'f', 2));
        shown.steps.emplace_back("as odd or odder", tail_words(static_cast<double>(record.tail_probability)));
    }
    shown.steps.emplace_back("tier of its findings", band_words(record));
    shown.steps.emplace_back("score shown", score_text(record.score));
    shown.steps.emplace_back("made by", shown.scored ? model_words(all.scored_by) : QStringLiteral("rules alone"));
}

}  // namespace

ShownExplanation why_words(const ScoredInvestigation& scored, RecordIndex index) {
    const auto investigation = scored.investigation();
    const Investigation& all = *investigation;
    const Record& record = all.records.at(raw(index));
    const Explanation explanation = scored.explain(index);
    ShownExplanation shown = explanation_words(explanation, record, kMostOdd, lines_of(all, record));
    for (const std::string& note : scored.rule_notes(index)) shown.finding_notes.append(qstring(note));
    add_labels(shown, all, explanation.labels);
    for (const AlikeRecord& alike : scored.nearest(index, kMostAlike)) shown.alike.push_back(alike_line(all, alike));
    add_steps(shown, all, record, explanation);
    return shown;
}

QString history_words(const Investigation& all, RecordIndex index, const std::optional<std::pair<ModelId, float>>& first) {
    const QString now = score_text(all.records.at(raw(index)).score) + " under " + model_words(all.scored_by);
    if (!first) return "First score not kept: none was stored before, or the file has grown since. Now " + now + '.';
    return QStringLiteral("First kept score %1 under model %2, now %3.")
        .arg(score_text(first->second))
        .arg(raw(first->first))
        .arg(now);
}

}  // namespace abm
