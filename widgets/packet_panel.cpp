#include "widgets/packet_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTableView>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/table_style.h"

namespace abm {
namespace {

constexpr int kFirstByte = Qt::UserRole, kByteCount = Qt::UserRole + 1;

QLabel* quiet_label(const QString& name) {
    auto* const label = new QLabel;
    label->setObjectName("muted");
    label->setAccessibleName(name);
    label->setWordWrap(true);
    label->setContentsMargins(10, 3, 10, 3);
    label->hide();
    return label;
}

}  // namespace

PacketPanel::PacketPanel(QWidget* parent)
    : QWidget(parent),
      model_(new PacketModel(this)),
      list_(new QTableView),
      note_(quiet_label("About the packets")),
      detail_note_(quiet_label("About the bytes")),
      fields_(new QTreeWidget),
      hex_(new HexView),
      split_(new QSplitter(Qt::Vertical)) {
    list_->setModel(model_);
    list_->setItemDelegate(new TableDelegate(-1, 0, list_));
    style_table(*list_);
    list_->setAccessibleName("Packets of the window");
    list_->installEventFilter(this);
    list_->viewport()->installEventFilter(this);
    split_->setHandleWidth(4);
    split_->setChildrenCollapsible(false);
    split_->addWidget(list_);
    split_->addWidget(makeDetail());
    split_->setStretchFactor(0, 3);
    split_->setStretchFactor(1, 2);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(note_);
    layout->addWidget(split_, 1);
    connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) { currentChanged(row.row()); });
    connect(fields_, &QTreeWidget::currentItemChanged, this, &PacketPanel::fieldChosen);
    connect(hex_, &HexView::byteSelected, this, &PacketPanel::byteChosen);
}

QWidget* PacketPanel::makeDetail() {
    fields_->setAccessibleName("Headers of the packet");
    fields_->setColumnCount(2);
    fields_->setHeaderHidden(true);
    fields_->setFrameShape(QFrame::NoFrame);
    fields_->setIndentation(12);
    fields_->setUniformRowHeights(true);
    fields_->setMinimumWidth(150);
    hex_->setMinimumWidth(150);
    auto* const sides = new QSplitter(Qt::Horizontal);
    sides->setHandleWidth(4);
    sides->setChildrenCollapsible(false);
    sides->addWidget(fields_);
    sides->addWidget(hex_);
    sides->setStretchFactor(0, 2);
    sides->setStretchFactor(1, 3);
    auto* const detail = new QWidget;
    detail->setMinimumHeight(70);
    auto* const layout = new QVBoxLayout(detail);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(detail_note_);
    layout->addWidget(sides, 1);
    return detail;
}

void PacketPanel::show(ShownPackets packets) {
    const QScopedValueRollback quiet(quiet_, true);
    const bool same = packets.window.offset == model_->shown().window.offset && packets.title == model_->shown().title;
    const std::int64_t current = same ? currentOffset() : -1;
    matches_.clear();
    model_->install(std::move(packets));
    if (!same) fit_columns(*list_);
    list_->setColumnHidden(PacketModel::why, model_->firstEvidence() < 0);
    updateNote();
    if (model_->rowCount() == 0) {
        fields_->clear();
        hex_->show({});
        return;
    }
    if (same && goTo(current)) return;
    const int evidence = model_->firstEvidence();
    select(evidence >= 0 ? evidence : std::min(model_->shown().before ? 1 : 0, model_->rowCount() - 1));
}

void PacketPanel::updateNote() {
    const ShownPackets& shown = model_->shown();
    QStringList parts;
    if (shown.cut_off) {
        parts.append(
            shown.known > 0
                ? QStringLiteral("The first %1 of %2 packets").arg(count_text(std::ssize(shown.packets)), count_text(shown.known))
                : QStringLiteral("The first %1 packets").arg(count_text(std::ssize(shown.packets))));
    }
    if (const std::int64_t cut = model_->cutPackets(); cut > 0)
        parts.append(counted(cut, "packet was cut", "packets were cut") + " by the capture (snap length)");
    if (!model_->wholeNote().isEmpty()) parts.append("Evidence for the whole window: " + model_->wholeNote());
    note_->setText(parts.join(" · "));
    note_->setVisible(!parts.isEmpty());
}

void PacketPanel::select(int row) {
    const QModelIndex index = model_->index(row, 0);
    list_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    list_->scrollTo(index, QAbstractItemView::EnsureVisible);
}

void PacketPanel::currentChanged(int row) {
    const ListedPacket* const packet = model_->packetAt(row);
    if (!packet) return;
    emit packetSelected(packet->summary);
    if (!quiet_) emit packetChosen(packet->summary.span.offset);
}

std::int64_t PacketPanel::currentOffset() const {
    const ListedPacket* const packet = model_->packetAt(list_->currentIndex().row());
    return packet ? packet->summary.span.offset : -1;
}

void PacketPanel::step(int direction) {
    const int row = list_->currentIndex().isValid() ? list_->currentIndex().row() + direction : 0;
    if (row >= 0 && row < model_->rowCount()) select(row);
}

bool PacketPanel::goTo(std::int64_t offset) {
    const int row = model_->rowOf(offset);
    if (row < 0) return false;
    const QScopedValueRollback quiet(quiet_, true);
    if (row != list_->currentIndex().row()) select(row);
    return true;
}

void PacketPanel::showDetail(std::int64_t offset, const PacketDetail& detail) {
    if (offset != currentOffset()) return;
    fields_->clear();
    QTreeWidgetItem* header = nullptr;
    for (const PacketField& field : detail.fields) {
        auto* const item = field.depth == 0 || !header ? new QTreeWidgetItem(fields_) : new QTreeWidgetItem(header);
        if (field.depth == 0) header = item;
        item->setText(0, qstring(field.name));
        item->setText(1, qstring(field.value));
        item->setToolTip(1, qstring(field.value));
        item->setData(0, kFirstByte, field.first);
        item->setData(0, kByteCount, field.count);
    }
    fields_->expandAll();
    fields_->resizeColumnToContents(0);
    hex_->show(detail);
    const ListedPacket& packet = *model_->packetAt(list_->currentIndex().row());
    QStringList parts;
    if (detail.card_numbers > 0) parts.append(counted(detail.card_numbers, "card number", "card numbers") + " masked");
    if (packet.cut())
        parts.append(QStringLiteral("%1 of %2 bytes were captured")
                         .arg(count_text(packet.summary.captured), count_text(packet.summary.original)));
    if (detail.fields.empty()) parts.append("headers of this kind are not understood");
    detail_note_->setText(parts.join(" · "));
    detail_note_->setVisible(!parts.isEmpty());
}

void PacketPanel::showDetailFailure(const QString& why) {
    fields_->clear();
    hex_->show({});
    detail_note_->setText(why);
    detail_note_->show();
}

void PacketPanel::fieldChosen() {
    const QTreeWidgetItem* const item = fields_->currentItem();
    if (item && fields_->hasFocus()) hex_->select(item->data(0, kFirstByte).toInt(), item->data(0, kByteCount).toInt());
}

// The innermost field that was read from the byte.
void PacketPanel::byteChosen(int byte) {
    QTreeWidgetItem* found = nullptr;
    for (QTreeWidgetItemIterator at(fields_); *at; ++at) {
        const int first = (*at)->data(0, kFirstByte).toInt(), count = (*at)->data(0, kByteCount).toInt();
        if (byte >= first && byte < first + count) found = *at;
    }
    const QSignalBlocker quiet(fields_);
    fields_->setCurrentItem(found);
    if (found) fields_->scrollToItem(found);
}

FindCount PacketPanel::find(const FindRequest& request) {
    matches_.clear();
    if (!request.text.isEmpty()) matches_ = model_->find(TextPattern(request.text.toStdString(), request.options));
    model_->setMatches(matches_);
    return count();
}

FindCount PacketPanel::count() const {
    FindCount count;
    count.matches = count.lines = std::ssize(matches_);
    const auto on = std::ranges::lower_bound(matches_, list_->currentIndex().row());
    if (on != matches_.end() && *on == list_->currentIndex().row()) count.number = on - matches_.begin() + 1;
    count.complete = true;
    return count;
}

FindCount PacketPanel::stepMatch(int direction) {
    if (matches_.empty()) return count();
    const int here = list_->currentIndex().row();
    auto next = direction > 0 ? std::ranges::upper_bound(matches_, here) : std::ranges::lower_bound(matches_, here);
    if (direction > 0) {
        if (next == matches_.end()) next = matches_.begin();
    } else {
        next = next == matches_.begin() ? std::prev(matches_.end()) : std::prev(next);
    }
    select(*next);
    return count();
}

void PacketPanel::copy() const {
    QString text;
    QModelIndexList rows = list_->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, [](const QModelIndex& index) { return index.row(); });
    for (const QModelIndex& index : rows) text += model_->rowText(index.row()) + '\n';
    if (!text.isEmpty()) QApplication::clipboard()->setText(text);
}

bool PacketPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == list_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        copy();
        return true;
    }
    if (watched == list_->viewport() && event->type() == QEvent::ContextMenu) {
        QMenu menu(this);
        connect(menu.addAction("&Copy packets"), &QAction::triggered, this, &PacketPanel::copy);
        connect(menu.addAction("Copy the &bytes"), &QAction::triggered, this,
                [this] { QApplication::clipboard()->setText(hex_->text()); });
        menu.exec(static_cast<QContextMenuEvent*>(event)->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace abm
