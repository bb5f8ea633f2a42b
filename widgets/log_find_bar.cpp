#include "widgets/log_find_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

#include "widgets/format.h"

namespace abm {
namespace {

void set_style(QLabel* label, const char* name) {
    if (label->objectName() == name) return;
    label->setObjectName(name);
    label->style()->unpolish(label);
    label->style()->polish(label);
}

QString progress_words(const FindCount& count) {
    const double share = static_cast<double>(count.searched) / static_cast<double>(std::max<std::int64_t>(count.bytes, 1));
    QString text = QStringLiteral(" · %1%2 %").arg(count.stopped ? "stopped at " : "").arg(static_cast<int>(100 * share));
    if (!count.stopped && count.seconds > 0.3)
        text += QStringLiteral(" · %1 MB/s").arg(static_cast<double>(count.searched) / kBytesInMega / count.seconds, 0, 'f', 0);
    return text;
}

}  // namespace

LogFindBar::LogFindBar(QWidget* parent)
    : QWidget(parent),
      field_(new QLineEdit),
      count_(new QLabel),
      case_(toggle("Aa", "Match case")),
      regex_(toggle(".*", "Regular expression")),
      record_(toggle("This record", "Search this record only")) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(6);
    field_->setPlaceholderText("Find in log");
    field_->setAccessibleName("Find in log");
    field_->setClearButtonEnabled(true);
    field_->installEventFilter(this);
    count_->setAccessibleName("Matches");
    set_style(count_, "muted");
    layout->addWidget(field_, 1);
    for (QWidget* const each : std::initializer_list<QWidget*>{case_, regex_, record_, count_}) layout->addWidget(each);
    const auto button = [&](const QString& text, const QString& tip) {
        auto* const made = new QPushButton(text);
        made->setObjectName("flat");
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        layout->addWidget(made);
        return made;
    };
    connect(button("↑", "Previous match (Shift+F3)"), &QPushButton::clicked, this, [this] { emit stepped(-1); });
    connect(button("↓", "Next match (F3)"), &QPushButton::clicked, this, [this] { emit stepped(1); });
    connect(button("×", "Close the search (Esc)"), &QPushButton::clicked, this, &LogFindBar::close);
    connect(field_, &QLineEdit::textChanged, this, &LogFindBar::changed);
    hide();
}

QPushButton* LogFindBar::toggle(const QString& text, const QString& name) {
    auto* const made = new QPushButton(text);
    made->setCheckable(true);
    made->setToolTip(name);
    made->setAccessibleName(name);
    connect(made, &QPushButton::toggled, this, &LogFindBar::changed);
    return made;
}

FindRequest LogFindBar::request() const {
    return {field_->text(), {regex_->isChecked(), case_->isChecked()}, !record_->isChecked()};
}

void LogFindBar::open() {
    QWidget::show();
    field_->setFocus();
    field_->selectAll();
}

void LogFindBar::close() {
    field_->clear();
    hide();
    emit closed();
}

void LogFindBar::show(const FindCount& count) {
    set_style(count_, "muted");
    if (field_->text().isEmpty()) return count_->clear();
    QString text = count.matches == 0 && count.complete ? QStringLiteral("no match") : counted(count.matches, "match", "matches");
    if (count.number > 0) text = QStringLiteral("%1 of %2").arg(count_text(count.number), count_text(count.matches));
    if (!count.complete) text += progress_words(count);
    count_->setText(text);
    count_->setToolTip(QStringLiteral("in %1").arg(counted(count.lines, "line", "lines")));
}

void LogFindBar::refuse(const QString& why) {
    set_style(count_, "failure");
    count_->setText(why);
    count_->setToolTip(why);
}

bool LogFindBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter || key->key() == Qt::Key_F3) {
            emit stepped(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace abm
