#include "app/workbench/why_words.h"

#include <algorithm>
#include <cmath>

#include "app/workbench/explanation_words.h"
#include "app/workbench/feature_lines.h"
#include "core/base/error.h"
#include "core/decide/combine.h"
#include "core/decide/explain.h"
#include "core/pipeline/step_lines.h"
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

QString margin_words(double sd) {
    return QStringLiteral("%1%2 sd").arg(sd < 0 ? QStringLiteral("−") : QStringLiteral("+")).arg(std::abs(sd), 0, 'f', 2);
}

std::vector<std::int64_t> step_offsets(const Investigation& all, const Record& record, const std::vector<LogLine>& lines,
                                       const ChannelShare& channel) {
    std::vector<std::int64_t> offsets;
    if (channel.steps.empty()) return offsets;
    for (const TextSpan line : lines_of_step(all.source_of(record), lines, channel.length, channel.steps.front()))
        offsets.push_back(line.offset);
    return offsets;
}

// Of the value that speaks loudest for the channel.
std::vector<std::int64_t> value_offsets(const ChannelShare& channel, const std::vector<LogLine>& lines) {
    return channel.contributions.empty() ? std::vector<std::int64_t>()
                                         : feature_lines(channel.contributions.front().feature, lines);
}

void add_channels(ShownExplanation& shown, const Investigation& all, const Record& record, const Explanation& explanation,
                  const std::vector<LogLine>& lines) {
    if (!shown.scored || explanation.channels.empty()) return;
    shown.channels.push_back({QStringLiteral("course as a whole"),
                              margin_words(explanation.deviations),
                              {},
                              explanation.share,
                              {},
                              QStringLiteral("isolation forest: the values above")});
    QStringList silent;
    for (const ChannelShare& channel : explanation.channels) {
        const QString name = qstring(channel_words(channel.name));
        if (!(channel.lift > 0)) {
            silent.append(name);
            continue;
        }
        std::vector<std::int64_t> offsets =
            channel.steps.empty() ? value_offsets(channel, lines) : step_offsets(all, record, lines, channel);
        shown.channels.push_back(
            {name, margin_words(channel.lift), {}, channel.share, std::move(offsets), qstring(channel.sentence)});
    }
    if (!silent.isEmpty()) shown.silent = "Silent: " + silent.join(", ") + '.';
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
        shown.steps.emplace_back("from the mean of all", margin_words(explanation.deviations));
        if (!explanation.labels.empty() || explanation.correction != 0)
            shown.steps.emplace_back("labels move it by", margin_words(explanation.correction));
        if (!explanation.channels.empty()) shown.steps.emplace_back("channels raise it by", margin_words(explanation.lift));
        shown.steps.emplace_back("together", margin_words(explanation.taught));
        shown.steps.emplace_back("as odd or odder", tail_words(static_cast<double>(record.tail_probability)));
    }
    shown.steps.emplace_back("tier of its findings", band_words(record));
    shown.steps.emplace_back("score shown", score_text(record.score));
    if (explanation.probability)
        shown.steps.emplace_back("anomalies among those reviewed with such a margin", percent(*explanation.probability));
    shown.steps.emplace_back("made by", shown.scored ? model_words(all.scored_by) : QStringLiteral("rules alone"));
}

}  // namespace

ShownExplanation why_words(const ScoredInvestigation& scored, RecordIndex index) {
    const auto investigation = scored.investigation();
    const Investigation& all = *investigation;
    const Record& record = all.records.at(raw(index));
    const Explanation explanation = scored.explain(index);
    const std::vector<LogLine> lines = lines_of(all, record);
    ShownExplanation shown = explanation_words(explanation, record, kMostOdd, lines);
    add_channels(shown, all, record, explanation, lines);
    for (const std::string& note : scored.rule_notes(index)) shown.finding_notes.append(qstring(note));
    add_labels(shown, all, explanation.labels);
    for (const AlikeRecord& alike : scored.nearest(index, kMostAlike)) shown.alike.push_back(alike_line(all, alike));
    add_steps(shown, all, record, explanation);
    return shown;
}

QString history_words(const Investigation& all, RecordIndex index, const std::optional<FirstScore>& first) {
    const QString now = score_text(all.records.at(raw(index)).score) + " under " + model_words(all.scored_by);
    if (!first) return "No score was stored before. Now " + now + '.';
    const QString model = QStringLiteral("model %1").arg(raw(first->model));
    // Older versions kept the last score under a model, and not when it was made.
    if (!known(first->at))
        return QStringLiteral("First kept score %1 under %2, now %3.").arg(score_text(first->score), model, now);
    return QStringLiteral("First score %1 under %2 on %3, now %4.").arg(score_text(first->score), model, day_of(first->at), now);
}

}  // namespace abm
