#include "widgets/session_columns.h"

#include <QHeaderView>
#include <QMenu>
#include <QScopedValueRollback>
#include <algorithm>
#include <numeric>
#include <optional>

#include "widgets/table_style.h"

namespace abm {
namespace {

constexpr int kLeastType_px = 100;
constexpr int kLeast_px = 24;
constexpr int kMost_px = 2000;
constexpr int kTypeColumn = static_cast<int>(RecordColumn::type);
constexpr int kLabelColumn = static_cast<int>(RecordColumn::label);
constexpr RecordColumn kHiddenAtFirst[] = {RecordColumn::amount, RecordColumn::activity};
constexpr RecordColumn kGiveWay[] = {RecordColumn::at_risk, RecordColumn::machine};  // in a narrow dock, in this order

std::array<int, kRecordColumnCount> first_order() {
    std::array<int, kRecordColumnCount> order{};
    std::iota(order.begin(), order.end(), 0);
    std::rotate(order.begin() + kTypeColumn + 1, order.begin() + kLabelColumn, order.begin() + kLabelColumn + 1);
    return order;
}

}  // namespace

SessionColumns::SessionColumns(QTableView& view) : view_(view) {
    QHeaderView* const header = view_.horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionsClickable(true);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &SessionColumns::askFor);
    connect(header, &QHeaderView::sectionMoved, this, [this] { moved_ = moved_ || !sizing_; });
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (!sizing_ && width > 0) drawn_[static_cast<std::size_t>(column)] = width;
    });
    reset();
}

QString SessionColumns::name(int column) const {
    return view_.model()->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
}

void SessionColumns::setWidth(int column, int width) {
    const QScopedValueRollback ours(sizing_, true);
    view_.setColumnWidth(column, width);
}

void SessionColumns::fit() {
    {
        const QScopedValueRollback ours(sizing_, true);
        fit_columns(view_);
    }
    for (int column = 0; column < kRecordColumnCount; ++column) {
        if (const int drawn = drawn_[static_cast<std::size_t>(column)]; drawn > 0) setWidth(column, drawn);
    }
    fill();
}

// Width of what the user chose, with the least room for the type.
int SessionColumns::widthWanted() const {
    int width = 0;
    for (int column = 0; column < kRecordColumnCount; ++column) {
        if (view_.isColumnHidden(column)) continue;
        width += column == kTypeColumn && drawn_[kTypeColumn] == 0 ? kLeastType_px : view_.columnWidth(column);
    }
    return width;
}

void SessionColumns::fill() {
    const QScopedValueRollback ours(sizing_, true);
    for (int column = 0; column < kRecordColumnCount; ++column)
        view_.setColumnHidden(column, hidden_[static_cast<std::size_t>(column)]);
    if (!chosen_ && !any_label_) view_.setColumnHidden(kLabelColumn, true);
    const int room = view_.viewport()->width();
    for (const RecordColumn column : kGiveWay) {
        if (chosen_ || widthWanted() <= room) break;
        view_.setColumnHidden(static_cast<int>(column), true);
    }
    if (drawn_[kTypeColumn] == 0) setWidth(kTypeColumn, kLeastType_px + std::max(0, room - widthWanted()));
}

void SessionColumns::setAnyLabel(bool any) { any_label_ = any; }

void SessionColumns::show(RecordColumn column, bool shown) {
    hidden_[static_cast<std::size_t>(column)] = !shown;
    chosen_ = true;
    fit();
}

bool SessionColumns::shows(RecordColumn column) const { return !view_.isColumnHidden(static_cast<int>(column)); }

std::vector<RecordColumn> SessionColumns::shown() const {
    std::vector<RecordColumn> columns;
    for (int place = 0; place < kRecordColumnCount; ++place) {
        const int column = view_.horizontalHeader()->logicalIndex(place);
        if (!view_.isColumnHidden(column)) columns.push_back(static_cast<RecordColumn>(column));
    }
    return columns;
}

void SessionColumns::moveToPlace(const std::array<int, kRecordColumnCount>& order) {
    const QScopedValueRollback ours(sizing_, true);
    QHeaderView* const header = view_.horizontalHeader();
    for (int place = 0; place < kRecordColumnCount; ++place)
        header->moveSection(header->visualIndex(order[static_cast<std::size_t>(place)]), place);
}

QByteArray SessionColumns::state() const {
    const bool drawn = std::any_of(drawn_.begin(), drawn_.end(), [](int width) { return width > 0; });
    if (!chosen_ && !moved_ && !drawn) return {};
    QStringList parts{chosen_ ? "chosen" : "free"};
    for (int place = 0; place < kRecordColumnCount; ++place) {
        const int column = view_.horizontalHeader()->logicalIndex(place);
        const auto at = static_cast<std::size_t>(column);
        QString part = (hidden_[at] ? "-" : "") + name(column);
        if (drawn_[at] > 0) part += '=' + QString::number(drawn_[at]);
        parts.append(part);
    }
    return parts.join(',').toUtf8();
}

void SessionColumns::restore(const QByteArray& state) {
    const QStringList parts = QString::fromUtf8(state).split(',');
    if (parts.size() != kRecordColumnCount + 1 || (parts[0] != "chosen" && parts[0] != "free")) return;
    QStringList names;
    for (int column = 0; column < kRecordColumnCount; ++column) names.append(name(column));
    Hidden hidden{};
    Widths drawn{};
    std::array<int, kRecordColumnCount> order{};
    for (int place = 0; place < kRecordColumnCount; ++place) {
        const QStringList part = parts[place + 1].split('=');
        const bool hides = part[0].startsWith('-');
        const auto column = names.indexOf(hides ? part[0].mid(1) : part[0]);
        if (column < 0 || part.size() > 2) return;
        names[column] = "\n";  // each is named once
        order[static_cast<std::size_t>(place)] = static_cast<int>(column);
        hidden[static_cast<std::size_t>(column)] = hides;
        const int width = part.size() == 2 ? part[1].toInt() : 0;
        if (part.size() == 2 && (width < kLeast_px || width > kMost_px)) return;
        drawn[static_cast<std::size_t>(column)] = width;
    }
    if (hidden[static_cast<std::size_t>(RecordColumn::time)]) return;
    hidden_ = hidden;
    drawn_ = drawn;
    chosen_ = parts[0] == "chosen";
    moved_ = order != first_order();
    moveToPlace(order);
    fit();
}

void SessionColumns::reset() {
    hidden_ = {};
    drawn_ = {};
    for (const RecordColumn column : kHiddenAtFirst) hidden_[static_cast<std::size_t>(column)] = true;
    chosen_ = moved_ = false;
    moveToPlace(first_order());
    fit();
}

void SessionColumns::askFor(QPoint at) {
    QMenu menu;
    for (int column = 0; column < kRecordColumnCount; ++column) {
        QAction* const action = menu.addAction(name(column));
        action->setCheckable(true);
        action->setChecked(!view_.isColumnHidden(column));
        action->setEnabled(column != static_cast<int>(RecordColumn::time));  // something stays to click on
        connect(action, &QAction::toggled, this, [this, column](bool on) { show(static_cast<RecordColumn>(column), on); });
    }
    menu.addSeparator();
    connect(menu.addAction("Columns as at first"), &QAction::triggered, this, &SessionColumns::reset);
    menu.exec(view_.horizontalHeader()->mapToGlobal(at));
}

}  // namespace abm
