#include "widgets/odd_values.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/rich_label.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kShareBar_px = 60;

QString below_words(const OddValue& row) {
    if (!row.note.isEmpty()) return row.note;
    return row.usual.isEmpty() ? QString() : "usually " + row.usual;
}

// Two lines a value: names are phrases, and a narrow dock has no room for a table of phrases.
class ShareBar : public QWidget {
public:
    ShareBar(double share, double most) : share_(share / std::max(most, 1e-9)) { setFixedSize(kShareBar_px, 9); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF bar(0, 2, kShareBar_px, 5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().line);
        painter.drawRoundedRect(bar, 2.5, 2.5);
        painter.setBrush(tokens().accent);
        painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(std::max(bar.width() * share_, 5.0), bar.height())), 2.5, 2.5);
    }

private:
    double share_;
};

}  // namespace

OddValues::OddValues(LineWords words, QWidget* parent)
    : QWidget(parent), words_(std::move(words)), layout_(new QVBoxLayout(this)) {
    setAccessibleName("What the models found odd");
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(7);
}

void OddValues::show(std::vector<OddValue> values) {
    rows_ = std::move(values);
    refresh();
}

void OddValues::refresh() {
    clear_layout(*layout_);
    double most = 0;
    for (const OddValue& value : rows_) most = std::max(most, value.share);
    for (const OddValue& value : rows_) layout_->addWidget(row(value, most));
}

QWidget* OddValues::row(const OddValue& value, double most) {
    auto* const row = new QWidget;
    auto* const grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(1);
    grid->setColumnStretch(0, 1);
    const auto share = QStringLiteral("%1 %").arg(std::lround(value.share * 100));
    row->setToolTip(share + " of what makes this record odd");
    auto* const name = rich_label();
    QStringList links;
    for (const std::int64_t line : value.lines) links.append(link_html(QString::number(line), words_(line)));
    name->setText(value.name.toHtmlEscaped() + (links.isEmpty() ? QString() : ' ' + links.join(", ")));
    connect(name, &QLabel::linkActivated, this, &OddValues::lineClicked);
    auto* const actual = rich_label();
    actual->setWordWrap(false);
    actual->setText(value.value.toHtmlEscaped());
    auto* const usual = rich_label("muted");
    usual->setText(below_words(value).toHtmlEscaped());
    if (usual->text().isEmpty()) usual->hide();  // nothing to read is nothing to stop at
    auto* const part = new QWidget;
    auto* const bar = new QHBoxLayout(part);
    bar->setContentsMargins(0, 0, 0, 0);
    bar->setSpacing(6);
    auto* const percent = rich_label("muted");
    percent->setWordWrap(false);
    percent->setText(share);
    bar->addWidget(new ShareBar(value.share, most));
    bar->addWidget(percent);
    grid->addWidget(name, 0, 0);
    grid->addWidget(actual, 0, 1, Qt::AlignRight | Qt::AlignTop);
    grid->addWidget(usual, 1, 0);
    grid->addWidget(part, 1, 1, Qt::AlignRight | Qt::AlignVCenter);
    return row;
}

}  // namespace abm
