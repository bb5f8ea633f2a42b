#include "app/workbench/status_line.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

#include "widgets/pane.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kShowAfter_ms = 300;

}  // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent),
      message_(new ElidedLabel),
      stage_(new QLabel),
      bar_(new QProgressBar),
      cancel_(new QPushButton("Cancel")),
      partial_(new QLabel("Partial: loading was cancelled, the rest was not read")),
      model_(new QLabel) {
    setSizeGripEnabled(false);
    message_->setAccessibleName("Status");
    stage_->setAccessibleName("Progress");
    bar_->setTextVisible(false);
    bar_->setFixedWidth(120);
    bar_->setAccessibleName("Part done");
    cancel_->setAccessibleName("Cancel loading");
    cancel_->setStyleSheet("padding: 0 8px; min-height: 18px;");
    addWidget(message_, 1);
    addPermanentWidget(stage_);
    addPermanentWidget(bar_);
    addPermanentWidget(cancel_);
    addPermanentWidget(partial_);
    addPermanentWidget(model_);
    showProgress(false);
    partial_->hide();
    delay_.setSingleShot(true);
    delay_.setInterval(kShowAfter_ms);
    connect(&delay_, &QTimer::timeout, this, [this] { showProgress(true); });
    connect(cancel_, &QPushButton::clicked, this, &StatusLine::cancelRequested);
}

void StatusLine::showProgress(bool shown) {
    stage_->setVisible(shown);
    bar_->setVisible(shown);
    cancel_->setVisible(shown);
}

void StatusLine::begin() {
    message_->clear();
    progress(-1, "reading");
    setPartial(false);
    delay_.start();
}

void StatusLine::progress(double fraction, const QString& stage) {
    const bool known = fraction >= 0;
    const int percent = known ? static_cast<int>(std::lround(std::min(fraction, 1.0) * 100)) : 0;
    bar_->setRange(0, known ? 100 : 0);
    bar_->setValue(percent);
    stage_->setText(known ? QStringLiteral("%1 %2 %").arg(stage).arg(percent) : stage);
}

void StatusLine::end() {
    delay_.stop();
    showProgress(false);
}

void StatusLine::say(const QString& message) {
    message_->setText(message);
    message_->setToolTip(message);
}

void StatusLine::setModelNote(const QString& note, const QString& tip) {
    model_->setText(note);
    model_->setToolTip(tip);
}

void StatusLine::setPartial(bool partial) {
    partial_->setStyleSheet(QStringLiteral("color: %1").arg(tokens().medium.name()));
    partial_->setVisible(partial);
}

}  // namespace abm
