#include "app/workbench/command_palette.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/theme.h"
#include "widgets/word_match.h"

namespace abm {
namespace {

constexpr int kPaletteWidth_px = 560;
constexpr int kPaletteHeight_px = 400;
constexpr int kCommandRow_px = 28;
constexpr int kMenu_px = 84;
enum Role { at_role = Qt::UserRole, menu_role, keys_role, why_role };

// Menu, name, then why it cannot be run, and its key on the right.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, kCommandRow_px}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const Tokens& t = tokens();
        const QString why = index.data(why_role).toString();
        const bool can = index.data(Qt::AccessibleDescriptionRole).toString().isEmpty();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) painter->fillRect(option.rect, t.accent_wash);
        QRect row = option.rect.adjusted(12, 0, -12, 0);
        painter->setFont(ui_font());
        painter->setPen(t.muted);
        painter->drawText(row.left(), row.top(), kMenu_px, row.height(), Qt::AlignVCenter, index.data(menu_role).toString());
        const QString keys = index.data(keys_role).toString();
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, keys);
        row.adjust(kMenu_px, 0, -painter->fontMetrics().horizontalAdvance(keys) - 12, 0);
        const QString name =
            painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, row.width());
        painter->setPen(can ? t.text : t.muted);
        painter->drawText(row, Qt::AlignVCenter, name);
        row.setLeft(row.left() + painter->fontMetrics().horizontalAdvance(name) + 10);
        painter->setPen(t.muted);
        if (!why.isEmpty())
            painter->drawText(row, Qt::AlignVCenter, painter->fontMetrics().elidedText("· " + why, Qt::ElideRight, row.width()));
        painter->restore();
    }
};

}  // namespace

CommandPalette::CommandPalette(const QList<ActionGroup>& groups, std::function<QString(const QAction&)> why, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint),
      why_(std::move(why)),
      field_(new QLineEdit),
      list_(new QListWidget),
      nothing_(new QLabel("No command has these words.")) {
    setObjectName("palette");
    setWindowTitle("Command palette");
    resize(kPaletteWidth_px, kPaletteHeight_px);
    for (const ActionGroup& group : groups) {
        for (QAction* const action : group.actions) {
            if (action && action->isVisible()) entries_.push_back({action, QString(group.title).remove('&')});
        }
    }
    field_->setPlaceholderText("Type what you want to do");
    field_->setAccessibleName("Command");
    field_->installEventFilter(this);
    list_->setAccessibleName("Commands");
    list_->setItemDelegate(new EntryDelegate(list_));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    nothing_->setObjectName("muted");
    nothing_->setAlignment(Qt::AlignCenter);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 8, 1, 8);
    layout->setSpacing(6);
    auto* const top = new QVBoxLayout;
    top->setContentsMargins(10, 2, 10, 0);
    top->addWidget(field_);
    layout->addLayout(top);
    layout->addWidget(list_, 1);
    layout->addWidget(nothing_, 1);
    connect(field_, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::run);
    fill();
}

void CommandPalette::fill() {
    struct Answer {
        int quality;
        std::size_t entry;
    };
    std::vector<Answer> answers;
    for (std::size_t at = 0; at < entries_.size(); ++at) {
        const Entry& entry = entries_[at];
        const auto by_name = word_match(field_->text(), name_of(*entry.action));
        const auto with_menu = word_match(field_->text(), entry.menu + ' ' + name_of(*entry.action));
        // Words of the name count more than those of its menu; what can be run comes first among equals.
        if (with_menu) answers.push_back({by_name.value_or(0) * 2 + *with_menu + (entry.action->isEnabled() ? 1 : 0), at});
    }
    if (!field_->text().trimmed().isEmpty())
        std::stable_sort(answers.begin(), answers.end(), [](const Answer& a, const Answer& b) { return a.quality > b.quality; });
    list_->clear();
    for (const Answer& answer : answers) {
        const Entry& entry = entries_[answer.entry];
        auto* const item = new QListWidgetItem(name_of(*entry.action), list_);
        const QString why = entry.action->isEnabled() ? QString() : why_(*entry.action);
        item->setData(at_role, static_cast<int>(answer.entry));
        item->setData(menu_role, entry.menu);
        item->setData(keys_role, keys_text(*entry.action));
        item->setData(why_role, why);
        if (!entry.action->isEnabled())
            item->setData(Qt::AccessibleDescriptionRole, why.isEmpty() ? QStringLiteral("not available now") : why);
    }
    list_->setVisible(!answers.empty());
    nothing_->setVisible(answers.empty());
    list_->setCurrentRow(0);
}

QAction* CommandPalette::chosen() const {
    const QListWidgetItem* const item = list_->currentItem();
    return item ? entries_[static_cast<std::size_t>(item->data(at_role).toInt())].action : nullptr;
}

void CommandPalette::step(int rows) {
    if (list_->count() > 0) list_->setCurrentRow(std::clamp(list_->currentRow() + rows, 0, list_->count() - 1));
}

// Runs when the palette is gone: the action finds the window as it was.
void CommandPalette::run() {
    const QPointer<QAction> action(chosen());
    if (!action || !action->isEnabled()) return;
    accept();
    QTimer::singleShot(0, action, [action] {
        if (action) action->trigger();
    });
}

void CommandPalette::showEvent(QShowEvent* event) {
    if (const QWidget* const over = parentWidget()) {
        const QPoint top = over->mapToGlobal(QPoint((over->width() - width()) / 2, over->height() / 8));
        move(top);
    }
    field_->setFocus();
    QDialog::showEvent(event);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != field_ || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            step(1);
            return true;
        case Qt::Key_Up:
            step(-1);
            return true;
        case Qt::Key_PageDown:
            step(10);
            return true;
        case Qt::Key_PageUp:
            step(-10);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run();
            return true;
        default:
            return QDialog::eventFilter(watched, event);
    }
}

}  // namespace abm
