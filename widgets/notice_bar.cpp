#include "widgets/notice_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <memory>
#include <utility>

#include "widgets/pane.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr qsizetype kMostWaiting = 20;

// Shape and colour, never colour alone.
QString mark(Notice::Kind kind) {
    const Tokens& t = tokens();
    const auto [colour, shape] = kind == Notice::Kind::error       ? std::pair(t.critical, "▲")
                                 : kind == Notice::Kind::attention ? std::pair(t.high, "◆")
                                                                   : std::pair(t.good, "✓");
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), shape);
}

}  // namespace

NoticeBar::NoticeBar(QWidget* parent, int stays_ms)
    : QWidget(parent),
      mark_(new QLabel),
      text_(new ElidedLabel(Qt::ElideRight)),
      step_(new QPushButton),
      dismiss_(new QPushButton("×")) {
    setAccessibleName("Notice");
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(6);
    text_->setTextFormat(Qt::PlainText);
    text_->setObjectName("noticeText");
    for (QPushButton* const button : {step_, dismiss_}) {
        button->setObjectName("flat");
        button->setFocusPolicy(Qt::TabFocus);
        button->setStyleSheet("padding: 0 6px; min-height: 16px;");
    }
    dismiss_->setAccessibleName("Dismiss the notice");
    dismiss_->setToolTip("Dismiss; the list of jobs keeps it");
    layout->addWidget(mark_);
    layout->addWidget(text_);
    layout->addWidget(step_);
    layout->addWidget(dismiss_);
    layout->addStretch(1);
    stays_.setSingleShot(true);
    stays_.setInterval(stays_ms);
    connect(&stays_, &QTimer::timeout, this, &NoticeBar::dismiss);
    connect(dismiss_, &QPushButton::clicked, this, &NoticeBar::dismiss);
    connect(step_, &QPushButton::clicked, this, [this] {
        if (notices_.isEmpty()) return;
        const auto step = notices_.front().step;  // it may tell something new
        dismiss();
        if (step) step();
    });
    connect(&Theme::instance(), &Theme::changed, this, &NoticeBar::showFirst);
    showFirst();
}

void NoticeBar::tell(Notice notice) {
    // The newest is shown, but no error is pushed aside by what went well.
    qsizetype at = 0;
    if (notice.kind != Notice::Kind::error) {
        while (at < notices_.size() && notices_[at].kind == Notice::Kind::error) ++at;
        notices_.erase(notices_.begin() + at, notices_.end());  // what went well before is history
    }
    notices_.insert(at, std::move(notice));
    if (notices_.size() > kMostWaiting) notices_.removeLast();
    showFirst();
    QAccessible::updateAccessibility(std::make_unique<QAccessibleEvent>(text_, QAccessible::Alert).get());
}

void NoticeBar::dismiss() {
    if (!notices_.isEmpty()) notices_.removeFirst();
    showFirst();
}

void NoticeBar::clear() {
    notices_.clear();
    showFirst();
}

void NoticeBar::showFirst() {
    stays_.stop();
    setVisible(!notices_.isEmpty());
    if (notices_.isEmpty()) return;
    const Notice& notice = notices_.front();
    const QString more = notices_.size() > 1 ? QStringLiteral(" (%1 more)").arg(notices_.size() - 1) : QString();
    mark_->setText(mark(notice.kind));
    text_->setText(notice.text + more);
    text_->setAccessibleName(notice.text + more);
    text_->setToolTip(notice.text);
    step_->setText(notice.button);
    step_->setAccessibleName(notice.button);
    step_->setVisible(!notice.button.isEmpty());
    if (notice.kind != Notice::Kind::error) stays_.start();
}

}  // namespace abm
