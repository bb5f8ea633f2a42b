#include "widgets/why_section.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "widgets/rich_label.h"
#include "widgets/ruled_section.h"
#include "widgets/theme.h"

namespace abm {

WhySection::WhySection(const QString& title, QWidget* parent)
    : QWidget(parent), note_(rich_label("muted")), rows_(new QVBoxLayout) {
    setAccessibleName(title);
    auto* const outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(ruled_section(inner_, {12, 10, 12, 12}));
    auto* const head = new QLabel(title);
    head->setObjectName("sectionTitle");
    head->setWordWrap(true);
    inner_->addWidget(head);
    inner_->addWidget(note_);
    rows_->setSpacing(3);
    inner_->addLayout(rows_);
    note_->hide();
}

void WhySection::add(QWidget* widget) const { inner_->addWidget(widget); }

void WhySection::setNote(const QString& html) {
    note_->setText(html);
    note_->setVisible(!html.isEmpty());
}

void WhySection::clear() {
    clear_layout(*rows_);
    shown_.clear();
}

void WhySection::addRow(const QString& html) {
    auto* const label = rich_label();
    label->setText(html);
    connect(label, &QLabel::linkActivated, this, &WhySection::follow);
    rows_->addWidget(label);
    shown_.append(label);
}

void WhySection::follow(const QString& link) { emit recordClicked(static_cast<RecordIndex>(link.toUInt())); }

void WhySection::showRecords(const std::vector<RecordLine>& rows, const QString& more, const QString& empty) {
    clear();
    for (const RecordLine& row : rows)
        addRow(row.before.toHtmlEscaped() + ' ' + link_html(QString::number(raw(row.record)), row.name) + ' ' +
               coloured(row.after.toHtmlEscaped(), tokens().muted));
    setNote(rows.empty() ? empty.toHtmlEscaped() : QString());
    if (!more.isEmpty()) addRow(coloured(more.toHtmlEscaped(), tokens().muted));
    setVisible(!rows.empty() || !empty.isEmpty());
}

void WhySection::showSteps(const std::vector<std::pair<QString, QString>>& steps) {
    clear();
    for (const auto& [name, value] : steps) {
        auto* const row = new QWidget;
        auto* const layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        auto* const left = rich_label("muted");
        left->setText(name.toHtmlEscaped());
        auto* const right = rich_label();
        right->setText(value.toHtmlEscaped());
        right->setAlignment(Qt::AlignRight | Qt::AlignTop);
        layout->addWidget(left, 1);
        layout->addWidget(right, 1);
        rows_->addWidget(row);
        shown_.append(right);
    }
    setVisible(!steps.empty());
}

}  // namespace abm
