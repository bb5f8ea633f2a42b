// The menus of the filter bar: what can be added, and what can be done with a chip.
#include <QLineEdit>
#include <QPushButton>

#include "widgets/chip_strip.h"
#include "widgets/filter_bar.h"
#include "widgets/limits_editor.h"

namespace abm {
namespace {

constexpr FilterKind kWithValues[] = {FilterKind::severity, FilterKind::type, FilterKind::machine,
                                      FilterKind::label,    FilterKind::view, FilterKind::file};
constexpr FilterKind kWithLimits[] = {FilterKind::time, FilterKind::score, FilterKind::at_risk, FilterKind::amount};

QString title_of(FilterKind kind) {
    const QString name = name_of(kind);
    return name.left(1).toUpper() + name.mid(1);
}

QMenu* submenu(QMenu& menu, const QString& title) {
    auto* const made = new TickMenu(title, &menu);
    menu.addMenu(made);
    return made;
}

}  // namespace

void FilterBar::fillValues(QMenu& menu, FilterKind kind, bool hides) {
    if (kind == FilterKind::severity && !hides) {
        for (const Severity least : {Severity::low, Severity::medium, Severity::high}) {
            connect(menu.addAction(words_of(severity_chip(least))), &QAction::triggered, this,
                    [this, least] { setValues(FilterKind::severity, false, severity_chip(least).values); });
        }
        menu.addSeparator();
    }
    QStringList chosen;
    for (const FilterChip& chip : filter_.chips) {
        if (chip.kind == kind && chip.hides == hides) chosen = chip.values;
    }
    offer_values(menu, kind, values_of(kind, choices_, chosen, filter_.routine), chosen,
                 [this, kind, hides](const QStringList& values) { setValues(kind, hides, values); });
}

void FilterBar::fillAddMenu() {
    qDeleteAll(menu_->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    menu_->clear();
    for (const FilterKind kind : kWithValues) fillValues(*submenu(*menu_, title_of(kind)), kind, false);
    QMenu* const hide = submenu(*menu_, "Hide");
    for (const FilterKind kind : kWithValues) fillValues(*submenu(*hide, title_of(kind)), kind, true);
    menu_->addSeparator();
    for (const FilterKind kind : kWithLimits) {
        FilterChip chip = limits_chip(kind, std::nullopt, std::nullopt);
        int at = -1;
        for (int has = 0; has < std::ssize(filter_.chips); ++has) {
            if (kind == FilterKind::time && filter_.chips[static_cast<std::size_t>(has)].kind == kind) at = has;  // there is one
        }
        if (at >= 0) chip = filter_.chips[static_cast<std::size_t>(at)];
        connect(menu_->addAction(title_of(kind) + QStringLiteral("…")), &QAction::triggered, this,
                [this, chip, at] { askForLimits(chip, at, *add_); });
    }
    connect(menu_->addAction(QStringLiteral("Text…\tCtrl+Shift+F")), &QAction::triggered, this,
            [this] { text_->setFocus(Qt::ShortcutFocusReason); });
    menu_->addSeparator();
    QAction* const routine = menu_->addAction("Routine intervals too");
    routine->setCheckable(true);
    routine->setChecked(filter_.routine);
    connect(routine, &QAction::toggled, this, [this](bool on) { change([on](RecordFilter& filter) { filter.routine = on; }); });
    QAction* const all = menu_->addAction("Clear all filters");
    all->setEnabled(!filter_.conditions().empty() || filter_.routine);
    connect(all, &QAction::triggered, this, &FilterBar::clear);
}

void FilterBar::askForLimits(const FilterChip& chip, int at, const QWidget& below) {
    auto* const editor = new LimitsEditor(chip, this);
    connect(editor, &LimitsEditor::entered, this, [this, at](const FilterChip& entered) {
        change([&](RecordFilter& filter) {
            if (at >= 0 && at < std::ssize(filter.chips)) {
                filter.chips[static_cast<std::size_t>(at)] = entered;
            } else {
                filter.chips.push_back(entered);
            }
        });
    });
    editor->openBelow(below);
}

void FilterBar::openChip(int at) {
    if (at < 0 || at >= std::ssize(filter_.chips)) return;
    const FilterChip chip = filter_.chips[static_cast<std::size_t>(at)];
    const QPushButton* const body = chips_->chips()[at]->body();
    auto* const menu = new TickMenu(chips_);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (has_values(chip.kind)) {
        fillValues(*menu, chip.kind, chip.hides);
    } else if (chip.kind == FilterKind::text) {
        connect(menu->addAction("&Edit"), &QAction::triggered, this, [this, at] { editText(at); });
    } else {
        connect(menu->addAction(QStringLiteral("&Change…")), &QAction::triggered, this,
                [this, chip, at, body] { askForLimits(chip, at, *body); });
    }
    menu->addSeparator();
    connect(menu->addAction(chip.hides ? "&Show only these" : "&Hide these instead"), &QAction::triggered, this,
            [this, at] { invert(at); });
    connect(menu->addAction("&Remove\tDel"), &QAction::triggered, this, [this, at] { remove(at); });
    menu->popup(body->mapToGlobal(QPoint(0, body->height() + 3)));
}

}  // namespace abm
