#include "widgets/record_head.h"

#include <QHBoxLayout>
#include <QLabel>

#include "widgets/format.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"
#include "widgets/why_panel.h"

namespace abm {

RecordHead::RecordHead(QWidget* parent)
    : QWidget(parent), meta_(new QLabel), shape_(new QLabel), tier_(new QLabel), sentence_(new QLabel) {
    meta_->setObjectName("muted");
    meta_->setTextFormat(Qt::PlainText);
    sentence_->setAccessibleName("Sentence");
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::RichText);
    sentence_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    sentence_->setFont(ui_font(19, QFont::DemiBold));
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    sentence_->setFocusPolicy(Qt::NoFocus);
    auto* const row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(meta_);
    row->addWidget(shape_);
    row->addWidget(tier_);
    row->addStretch(1);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(6);
    layout->addLayout(row);
    layout->addWidget(sentence_);
    connect(&Theme::instance(), &Theme::changed, this, &RecordHead::refresh);
}

void RecordHead::setRecord(Snapshot snapshot, std::optional<RecordIndex> record) {
    if (record != record_) model_sentence_.clear();
    snapshot_ = std::move(snapshot);
    record_ = record && snapshot_ && raw(*record) < snapshot_->records.size() ? record : std::nullopt;
    refresh();
}

void RecordHead::setModelSentence(const QString& sentence) {
    model_sentence_ = sentence;
    if (!sentence.isEmpty()) refresh();
}

void RecordHead::refresh() {
    if (!record_) {
        for (QLabel* label : {meta_, shape_, tier_, sentence_}) label->clear();
        return;
    }
    const Record& record = snapshot_->records[raw(*record_)];
    meta_->setText(record_title(*snapshot_, record) + " · " +
                   (known(record.start) ? span_text(record.start, record.end) : QStringLiteral("no time on its lines")) + " ·");
    shape_->setPixmap(severity_pixmap(record.severity, 11, devicePixelRatioF()));
    shape_->setVisible(record.severity != Severity::none);
    const QString tier = record.severity == Severity::none ? QStringLiteral("no finding") : qstring(name_of(record.severity));
    tier_->setText(QStringLiteral("<span style='color:%1; font-weight:600'>%2</span><span style='color:%3'> · %4</span>")
                       .arg(tokens().severity(record.severity).name(), tier, tokens().muted.name(), score_text(record.score)));
    const auto findings = snapshot_->findings_of(record);
    const Money amount = findings.empty() || findings.front().amount == kNoAmount ? record.at_risk : findings.front().amount;
    const QString sentence = model_sentence_.isEmpty() ? qstring(sentence_of(*snapshot_, record)) : model_sentence_;
    sentence_->setText(sentence_html(sentence, amount, record.severity));
}

}  // namespace abm
