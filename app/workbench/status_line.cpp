#include "app/workbench/status_line.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <cmath>

#include "widgets/notice_bar.h"
#include "widgets/pane.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kShowAfter_ms = 300;

}  // namespace

StatusLine::StatusLine(QWidget* parent)
    : QStatusBar(parent),
      notices_(new NoticeBar),
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
    cancel_->setAccessibleName("Cancel what is running");
    cancel_->setStyleSheet("padding: 0 8px; min-height: 18px;");
    addWidget(notices_, 3);
    addWidget(message_, 1);
    notices_->hide();  // adding shows it
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
    cancel_->setVisible(shown && can_cancel_);
}

void StatusLine::begin() {
    if (bar_->isVisible() || delay_.isActive()) return;  // of work that goes on
    message_->clear();
    progress(-1, "working");
    delay_.start();
}

void StatusLine::setCanCancel(bool can) {
    can_cancel_ = can;
    cancel_->setVisible(can && !bar_->isHidden());
}

void StatusLine::progress(double fraction, const QString& stage, const QString& pace) {
    const bool known = fraction >= 0;
    const int percent = known ? static_cast<int>(std::lround(std::min(fraction, 1.0) * 100)) : 0;
    bar_->setRange(0, known ? 100 : 0);
    bar_->setValue(percent);
    const QString words = known ? QStringLiteral("%1 %2 %").arg(stage).arg(percent) : stage;
    stage_->setText(pace.isEmpty() ? words : words + " · " + pace);
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
