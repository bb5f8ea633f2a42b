// The menu of a cell: filters that start from what stands there, and copying.
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <algorithm>

#include "widgets/filter_bar.h"
#include "widgets/format.h"
#include "widgets/record_copy.h"
#include "widgets/session_table.h"

namespace abm {
namespace {

constexpr std::size_t kCopyInline = 2000;  // more takes longer than a frame

QString safe(QString words) { return words.replace('&', "&&"); }

}  // namespace

// What the menu says is the whole chip from then on: "only" replaces, "hide" adds.
void SessionTable::offerFilters(QMenu& menu, const Record& record) {
    const auto offer = [&](const QString& words, FilterKind kind, bool hides, const QStringList& values) {
        connect(menu.addAction(words), &QAction::triggered, this, [this, kind, hides, values] {
            QStringList all = values;
            for (const FilterChip& chip : filter_.chips) {
                if (hides && chip.kind == kind && chip.hides) all = chip.values + all;
            }
            emit filterWanted(with_values(filter_, kind, hides, all));
        });
    };
    const QString machine = qstring(snapshot_->machine_of(record));
    const QString type = qstring(name_of(record.type));
    const QString severity = qstring(name_of(record.severity));
    const QString label = label_value(record.label);
    offer(safe("Only this machine: " + machine), FilterKind::machine, false, {machine});
    offer(safe("Hide this machine: " + machine), FilterKind::machine, true, {machine});
    offer("Only this type: " + value_words(FilterKind::type, type), FilterKind::type, false, {type});
    offer("Hide this type: " + value_words(FilterKind::type, type), FilterKind::type, true, {type});
    menu.addSeparator();
    if (record.severity != Severity::none)
        offer("Only " + words_of(severity_chip(record.severity)), FilterKind::severity, false,
              severity_chip(record.severity).values);
    offer("Hide severity " + severity, FilterKind::severity, true, {severity});
    offer("Only " + value_words(FilterKind::label, label), FilterKind::label, false, {label});
    offer("Hide " + value_words(FilterKind::label, label), FilterKind::label, true, {label});
}

void SessionTable::askForCell(QPoint at) {
    QModelIndex index = view_->indexAt(at);
    if (!index.isValid()) index = view_->currentIndex();
    const auto record = model_->recordAt(index.row());
    if (!record || model_->snapshot() != snapshot_) return;
    auto* const menu = new QMenu(view_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    offerFilters(*menu, snapshot_->records[raw(*record)]);
    menu->addSeparator();
    connect(menu->addAction("Copy"), &QAction::triggered, this, [this] { copy(false); });
    connect(menu->addAction("Copy with headers\tCtrl+C"), &QAction::triggered, this, [this] { copy(true); });
    connect(menu->addAction("Copy record name"), &QAction::triggered, this, &SessionTable::copyNames);
    menu->popup(view_->viewport()->mapToGlobal(at));
}

void SessionTable::copy(bool headers) {
    std::vector<std::uint32_t> records = chosenRecords();
    if (records.empty()) return;
    const auto columns = columns_->shown();
    const Snapshot snapshot = model_->snapshot();
    const auto take = [](const QString& text) { QApplication::clipboard()->setText(text); };
    if (records.size() <= kCopyInline) {
        copying_.cancel();
        return take(tab_separated(*snapshot, records, columns, headers));
    }
    const QString done = counted(std::ssize(records), "record", "records") + " copied";
    copying_.start([snapshot, records = std::move(records), columns,
                    headers](std::stop_token stop) { return tab_separated(*snapshot, records, columns, headers, stop); },
                   [this, take, done](const QString& text) {
                       take(text);
                       emit said(done);
                   },
                   [this](const Error& error) { emit said(QString::fromUtf8(error.what())); });
}

void SessionTable::copyNames() {
    const auto records = chosenRecords();
    if (!records.empty()) QApplication::clipboard()->setText(record_names(*model_->snapshot(), records));
}

}  // namespace abm
