#include "widgets/why_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/odd_values.h"
#include "widgets/rich_label.h"
#include "widgets/ruled_section.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"
#include "widgets/why_section.h"

namespace abm {
namespace {

QWidget* why_section(QVBoxLayout*& content) { return ruled_section(content, {kCard_px, 10, kCard_px, kCard_px}); }

QLabel* section_title(const QString& text) {
    auto* const label = new QLabel(text);
    label->setObjectName("sectionTitle");
    label->setWordWrap(true);
    return label;
}

}  // namespace

QString sentence_html(const QString& sentence, Money amount, Severity severity) {
    const QString html = sentence.toHtmlEscaped();
    if (amount == kNoAmount) return html;
    const QString written = QRegularExpression::escape(qstring(money_text(amount)));
    const QString plain = QRegularExpression::escape(qstring(money_text(amount, false)));
    const QRegularExpression where(QStringLiteral("(?<![\\d.,])(?:%1|%2)(?: [A-Z]{3}\\b)?").arg(written, plain));
    const auto match = where.match(html);
    if (!match.hasMatch()) return html;
    return html.left(match.capturedStart()) + coloured(match.captured(), tokens().severity(severity)) +
           html.mid(match.capturedEnd());
}

WhyPanel::WhyPanel(Selection& selection, QWidget* parent)
    : QScrollArea(parent),
      selection_(selection),
      meta_(rich_label("muted")),
      sentence_(rich_label()),
      kind_shape_(new QLabel),
      kind_(rich_label()),
      action_(rich_label("muted")),
      odd_(new OddValues([this](std::int64_t offset) { return lineWords(offset); })),
      channels_(new OddValues([this](std::int64_t offset) { return lineWords(offset); })),
      odd_section_(new WhySection("What the models found odd (usual on this machine)")),
      channel_section_(new WhySection("Who raised it, and by how much")),
      labels_section_(new WhySection("Labels that moved the score")),
      alike_section_(new WhySection("Look-alikes")),
      score_section_(new WhySection("From the raw score to the one shown")) {
    setAccessibleName("Why");
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const content = new QWidget;
    content->setObjectName("plain");
    auto* const layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    odd_section_->add(odd_);
    channel_section_->add(channels_);
    layout->addWidget(makeHead());
    layout->addWidget(makeFindings());
    for (WhySection* const section : {odd_section_, channel_section_, labels_section_, alike_section_, score_section_}) {
        layout->addWidget(section);
        connect(section, &WhySection::recordClicked, this, [this](RecordIndex record) { selection_.selectRecord(record); });
    }
    layout->addStretch(1);
    setWidget(content);

    for (OddValues* const values : {odd_, channels_}) connect(values, &OddValues::lineClicked, this, &WhyPanel::open);
    connect(&selection_, &Selection::recordChanged, this, [this] {
        forget();
        refresh();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        refresh();
        showExplanation();
    });
    forget();
    refresh();
}

QWidget* WhyPanel::makeHead() {
    auto* const widget = new QWidget;
    auto* const head = new QVBoxLayout(widget);
    head->setContentsMargins(kCard_px, kCard_px, kCard_px, kCard_px);
    head->setSpacing(6);
    sentence_->setAccessibleName("Sentence");
    sentence_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    sentence_->setFont(ui_font(15, QFont::DemiBold));
    auto* const kind_row = new QHBoxLayout;
    kind_row->setSpacing(4);
    kind_row->addWidget(kind_shape_);
    kind_row->addWidget(kind_, 1);
    head->addWidget(meta_);
    head->addWidget(sentence_);
    head->addLayout(kind_row);
    return widget;
}

QWidget* WhyPanel::makeFindings() {
    QVBoxLayout* inner = nullptr;
    findings_section_ = why_section(inner);
    inner->addWidget(section_title("Findings"));
    findings_ = new QVBoxLayout;
    findings_->setSpacing(4);
    inner->addLayout(findings_);
    inner->addWidget(action_);
    return findings_section_;
}

// What was said of another record, or of this one in another snapshot.
void WhyPanel::forget() {
    line_offsets_.clear();
    lines_end_ = 0;
    first_line_ = 0;
    model_sentence_.clear();
    explained_.reset();
    hideModels({});
    score_section_->setNote({});
}

void WhyPanel::setSnapshot(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    forget();
    refresh();
}

void WhyPanel::setRescored(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    refresh();
}

void WhyPanel::setPackets(const std::vector<ListedPacket>& packets) {
    packets_ = true;
    line_offsets_.clear();
    for (const ListedPacket& packet : packets) line_offsets_.push_back(packet.summary.span.offset);
    lines_end_ = packets.empty() ? 0 : packets.back().summary.span.end();
    refresh();
    odd_->refresh();
    channels_->refresh();
}

void WhyPanel::setLines(const std::vector<LogLine>& lines) {
    packets_ = false;
    line_offsets_.clear();
    for (const LogLine& line : lines) line_offsets_.push_back(line.span.offset);
    lines_end_ = lines.empty() ? 0 : std::max(lines.back().span.end(), lines.back().span.offset + 1);
    refresh();
    odd_->refresh();
    channels_->refresh();
}

void WhyPanel::setFirstLine(std::int64_t line) {
    if (line == first_line_) return;
    first_line_ = line;
    refresh();
    odd_->refresh();
    channels_->refresh();
}

void WhyPanel::refresh() {
    const auto selected = selection_.record();
    const bool any = selected && snapshot_ && raw(*selected) < snapshot_->records.size();
    odd_section_->setVisible(any);
    kind_->setVisible(any);
    kind_shape_->setVisible(any);
    meta_->setVisible(any);
    if (!any) {
        findings_section_->hide();
        return sentence_->setText(coloured("Select a session to see why it stands where it stands.", tokens().muted));
    }
    const Record& record = snapshot_->records[raw(*selected)];
    meta_->setText(record_title(*snapshot_, record).toHtmlEscaped() + " · " +
                   (known(record.start) ? span_text(record.start, record.end).remove(' ' + qstring(iso8601(record.start)).left(4))
                                        : QStringLiteral("no time on its lines")));
    meta_->setToolTip(known(record.start) ? span_text(record.start, record.end) : QString());
    const auto findings = snapshot_->findings_of(record);
    const Money amount = findings.empty() || findings.front().amount == kNoAmount ? record.at_risk : findings.front().amount;
    const QString sentence = model_sentence_.isEmpty() ? qstring(sentence_of(*snapshot_, record)) : model_sentence_;
    sentence_->setText(sentence_html(sentence, amount, record.severity));
    kind_shape_->setPixmap(severity_pixmap(record.severity, 12, devicePixelRatioF()));
    kind_shape_->setAccessibleName("severity " + qstring(name_of(record.severity)));
    const QString tier = record.severity == Severity::none ? QStringLiteral("no finding") : qstring(name_of(record.severity));
    kind_->setText(QStringLiteral("<b>%1</b>").arg(coloured(tier, tokens().severity(record.severity))) +
                   coloured(QStringLiteral(" · %1 · score ").arg(qstring(display_name(record.type))), tokens().muted) +
                   score_text(record.score) +
                   (record.provisional ? coloured(" · provisional model", tokens().muted) : QString()));
    showFindings(record);
}

void WhyPanel::showFindings(const Record& record) {
    clear_layout(*findings_);
    findings_shown_.clear();
    const auto findings = snapshot_->findings_of(record);
    findings_section_->setVisible(!findings.empty());
    QStringList actions;
    qsizetype at = 0;
    for (const Finding& finding : findings) {
        addFinding(finding, explained_ ? explained_->finding_notes.value(at++) : QString());
        const QString action = qstring(finding.action);
        if (!action.isEmpty() && !actions.contains(action)) actions.append(action);
    }
    action_->setVisible(!actions.isEmpty());
    action_->setText(actions.isEmpty() ? QString() : "<b>Do:</b> " + actions.join(' ').toHtmlEscaped());
}

void WhyPanel::addFinding(const Finding& finding, const QString& note) {
    auto* const row = new QWidget;
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* const shape = new QLabel;
    shape->setPixmap(severity_pixmap(finding.severity, 12, devicePixelRatioF()));
    shape->setAccessibleName("severity " + qstring(name_of(finding.severity)));
    shape->setContentsMargins(0, 2, 0, 0);
    auto* const text = rich_label();
    QString words = sentence_html(qstring(finding.sentence), finding.amount, finding.severity);
    const bool amount_said = finding.amount == kNoAmount || words.contains(qstring(money_text(finding.amount))) ||
                             words.contains(qstring(money_text(finding.amount, false)));
    if (!amount_said) words += ' ' + coloured(qstring(money_text(finding.amount)), tokens().severity(finding.severity));
    words += ' ' + evidenceLinks(finding);
    if (!note.isEmpty()) words += "<br>" + coloured("Weighed down: " + note.toHtmlEscaped(), tokens().muted);
    text->setText(words);
    text->setToolTip("Rule: " + qstring(finding.rule));
    connect(text, &QLabel::linkActivated, this, &WhyPanel::open);
    layout->addWidget(shape, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    findings_->addWidget(row);
    findings_shown_.append(text);
}

QString WhyPanel::evidenceLinks(const Finding& finding) const {
    QStringList links;
    for (const Evidence& evidence : finding.evidence)
        links.append(link_html(QString::number(evidence.line.offset), lineWords(evidence.line.offset)));
    return links.join(", ");
}

QString WhyPanel::lineWords(std::int64_t offset) const {
    const auto number = lineNumber(offset);
    if (!number) return QStringLiteral("byte %1").arg(count_text(offset));
    if (packets_) return QStringLiteral("packet %1").arg(*number);
    if (first_line_ == 0) return QStringLiteral("line %1 of the record").arg(*number);
    return "line " + count_text(first_line_ + *number - 1);
}

std::optional<int> WhyPanel::lineNumber(std::int64_t offset) const {
    // Evidence may begin behind the escapes its line begins with.
    const auto behind = std::upper_bound(line_offsets_.begin(), line_offsets_.end(), offset);
    if (behind == line_offsets_.begin() || offset >= lines_end_) return std::nullopt;
    return static_cast<int>(behind - line_offsets_.begin());
}

void WhyPanel::open(const QString& link) {
    const std::int64_t offset = link.toLongLong();
    const auto selected = selection_.record();
    if (!selected) return;
    const Record& record = snapshot_->records[raw(*selected)];
    // Evidence may lie outside the record it speaks of (out_of_service): then the record that holds the line is opened.
    // Spans of entities and series overlap: what lies within this one is its own.
    const bool own = offset >= record.span.offset && offset < record.span.end();
    const auto holder = own ? std::nullopt : record_at(*snapshot_, record.source, offset);
    selection_.selectRecord(holder.value_or(*selected), offset);
    emit lineRequested();
}

void WhyPanel::setExplanation(const ShownExplanation& explanation) {
    explained_ = explanation;
    model_sentence_ = explanation.sentence;
    refresh();
    showExplanation();
}

void WhyPanel::showExplanation() {
    if (!explained_) return;
    odd_->show(explained_->odd);
    odd_->setVisible(odd_->shown() > 0);
    odd_section_->setNote(odd_->shown() > 0 ? QString()
                          : !explained_->scored
                              ? QStringLiteral("The models do not score this record; its findings speak for it.")
                              : QStringLiteral("Nothing about this record is odd for this machine."));
    channels_->show(explained_->channels);
    channel_section_->setNote(explained_->silent.toHtmlEscaped());
    channel_section_->setVisible(channels_->shown() > 0);
    labels_section_->showRecords(explained_->labels, explained_->labels_more);
    alike_section_->showRecords(explained_->alike, {}, QStringLiteral("No other record is much like this one."));
    score_section_->showSteps(explained_->steps);
}

void WhyPanel::hideModels(const QString& note) {
    odd_->hide();
    odd_section_->setNote(note);
    for (WhySection* const section : {channel_section_, labels_section_, alike_section_, score_section_}) section->hide();
}

void WhyPanel::setExplanationPending() { hideModels("Looking at the models…"); }
void WhyPanel::setExplanationMissing(const QString& why) { hideModels(why.toHtmlEscaped()); }
void WhyPanel::setHistory(const QString& words) { score_section_->setNote(words.toHtmlEscaped()); }

QString WhyPanel::plainText() const {
    QStringList lines;
    for (const QLabel* const label : widget()->findChildren<QLabel*>()) {
        const QString text = label->isVisibleTo(widget()) ? plain_text(*label).trimmed() : QString();
        if (!text.isEmpty()) lines.append(text);
    }
    return lines.join('\n');
}

void WhyPanel::copyAll() const { QApplication::clipboard()->setText(plainText()); }

void WhyPanel::keyPressEvent(QKeyEvent* event) {
    if (!event->matches(QKeySequence::Copy)) return QScrollArea::keyPressEvent(event);
    copyAll();
}

void WhyPanel::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    QAction* const copy = menu.addAction("Copy all");
    copy->setShortcut(QKeySequence::Copy);
    if (menu.exec(event->globalPos()) == copy) copyAll();
}

}  // namespace abm
