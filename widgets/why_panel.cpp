#include "widgets/why_panel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/odd_values.h"
#include "widgets/ruled_section.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kCard_px = 12;

QLabel* wrapped(const char* name = "") {
    auto* const label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    return label;
}

QWidget* why_section(QVBoxLayout*& content) { return ruled_section(content, {kCard_px, 10, kCard_px, kCard_px}); }

QLabel* section_title(const QString& text) {
    auto* const label = new QLabel(text);
    label->setObjectName("sectionTitle");
    label->setWordWrap(true);
    return label;
}

QString coloured(const QString& html, const QColor& colour) {
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), html);
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
      meta_(wrapped("muted")),
      sentence_(wrapped()),
      kind_shape_(new QLabel),
      kind_(wrapped()),
      action_(wrapped("muted")),
      odd_note_(wrapped("muted")),
      odd_(new OddValues) {
    setAccessibleName("Why");
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* const content = new QWidget;
    content->setObjectName("plain");
    auto* const layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);

    auto* const head = new QVBoxLayout;
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
    layout->addLayout(head);

    QVBoxLayout* inner = nullptr;
    findings_section_ = why_section(inner);
    inner->addWidget(section_title("Findings"));
    findings_ = new QVBoxLayout;
    findings_->setSpacing(4);
    inner->addLayout(findings_);
    inner->addWidget(action_);
    layout->addWidget(findings_section_);

    odd_section_ = why_section(inner);
    inner->addWidget(section_title("What the models found odd (usual on this machine)"));
    inner->addWidget(odd_note_);
    inner->addWidget(odd_);
    layout->addWidget(odd_section_);
    layout->addStretch(1);
    setWidget(content);

    connect(&selection_, &Selection::recordChanged, this, [this] {
        line_offsets_.clear();
        model_sentence_.clear();
        refresh();
    });
    connect(&Theme::instance(), &Theme::changed, this, &WhyPanel::refresh);
    refresh();
}

void WhyPanel::setSnapshot(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    line_offsets_.clear();
    model_sentence_.clear();
    refresh();
}

void WhyPanel::setRescored(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    refresh();
}

void WhyPanel::setLines(const std::vector<LogLine>& lines) {
    line_offsets_.clear();
    for (const LogLine& line : lines) line_offsets_.push_back(line.span.offset);
    lines_end_ = lines.empty() ? 0 : std::max(lines.back().span.end(), lines.back().span.offset + 1);
    refresh();
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
                   (known(record.start) ? span_text(record.start, record.end) : QStringLiteral("no time on its lines")));
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
    for (QLabel* label : findings_shown_) label->parentWidget()->deleteLater();
    findings_shown_.clear();
    while (QLayoutItem* item = findings_->takeAt(0)) delete item;
    const auto findings = snapshot_->findings_of(record);
    findings_section_->setVisible(!findings.empty());
    QStringList actions;
    for (const Finding& finding : findings) {
        addFinding(finding);
        const QString action = qstring(finding.action);
        if (!action.isEmpty() && !actions.contains(action)) actions.append(action);
    }
    action_->setVisible(!actions.isEmpty());
    action_->setText(actions.isEmpty() ? QString() : "<b>Do:</b> " + actions.join(' ').toHtmlEscaped());
}

void WhyPanel::addFinding(const Finding& finding) {
    auto* const row = new QWidget;
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* const shape = new QLabel;
    shape->setPixmap(severity_pixmap(finding.severity, 12, devicePixelRatioF()));
    shape->setAccessibleName("severity " + qstring(name_of(finding.severity)));
    shape->setContentsMargins(0, 2, 0, 0);
    auto* const text = wrapped();
    text->setText(qstring(finding.sentence).toHtmlEscaped() + ' ' + evidenceLinks(finding));
    text->setToolTip("Rule: " + qstring(finding.rule));
    connect(text, &QLabel::linkActivated, this, &WhyPanel::open);
    layout->addWidget(shape, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    findings_->addWidget(row);
    findings_shown_.append(text);
}

QString WhyPanel::evidenceLinks(const Finding& finding) const {
    QStringList links;
    for (const Evidence& evidence : finding.evidence) {
        const auto number = lineNumber(evidence.line.offset);
        const QString words = number ? QStringLiteral("line&nbsp;%1").arg(*number)
                                     : QStringLiteral("byte&nbsp;%1").arg(count_text(evidence.line.offset));
        links.append(QStringLiteral("<a style='color:%1; text-decoration:none' href='%2'>%3</a>")
                         .arg(tokens().accent.name())
                         .arg(evidence.line.offset)
                         .arg(words));
    }
    return links.join(", ");
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
    const auto holder = record_at(*snapshot_, record.source, offset);
    selection_.selectRecord(holder.value_or(*selected), offset);
    emit lineRequested();
}

void WhyPanel::setExplanation(const ShownExplanation& explanation) {
    odd_->show(explanation.odd);
    model_sentence_ = explanation.sentence;
    if (!model_sentence_.isEmpty()) refresh();
    odd_->setVisible(odd_->shown() > 0);
    odd_note_->setVisible(odd_->shown() == 0);
    odd_note_->setText(!explanation.scored ? "The models do not score this record; its findings speak for it."
                                           : "Nothing about this record is odd for this machine.");
}

void WhyPanel::setExplanationPending() {
    odd_->hide();
    odd_note_->show();
    odd_note_->setText("Looking at the models…");
}

void WhyPanel::setExplanationMissing(const QString& why) {
    odd_->hide();
    odd_note_->show();
    odd_note_->setText(why.toHtmlEscaped());
}

}  // namespace abm
