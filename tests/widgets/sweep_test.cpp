// What holds for the whole window: every action can be found in the palette, everything one can act on has a name.
#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QListWidget>
#include <set>

#include "app/workbench/command_palette.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/label_page.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/expert_window.h"
#include "widgets/log_panel.h"

namespace abm::test {
namespace {

class Sweep : public ExpertWindow {
protected:
    // Part of another one that has the name: an editor of a spin box, the viewport of a list.
    static bool belongsToItsParent(const QWidget& widget) {
        const QWidget* const parent = widget.parentWidget();
        const auto* const area = qobject_cast<const QAbstractScrollArea*>(parent);
        return widget.objectName().startsWith("qt_") || (area && area->viewport() == &widget) ||
               qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
               (qobject_cast<const QLineEdit*>(parent) && qobject_cast<const QAbstractButton*>(&widget));
    }
    static void expectNames(const QWidget& all, const char* where) {
        for (QWidget* const widget : all.findChildren<QWidget*>()) {
            const bool acts = widget->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton*>(widget);
            if (!acts || !widget->isVisible() || widget->window() != all.window() || belongsToItsParent(*widget)) continue;
            QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(widget);
            ASSERT_TRUE(face);
            EXPECT_FALSE(face->text(QAccessible::Name).isEmpty())
                << where << ": " << widget->metaObject()->className() << " " << widget->objectName().toStdString() << " in "
                << widget->parentWidget()->metaObject()->className() << " at " << widget->mapTo(widget->window(), QPoint()).x()
                << ',' << widget->mapTo(widget->window(), QPoint()).y();
        }
    }
    QList<QDialog*> openDialogs() const {
        QList<QDialog*> open;
        for (QDialog* const dialog : window_->findChildren<QDialog*>()) {
            if (dialog->isVisible()) open.append(dialog);
        }
        return open;
    }
    void expectNamesInDialog(QAction* action) {
        action->trigger();
        ASSERT_TRUE(QTest::qWaitFor([&] { return !openDialogs().isEmpty(); }, 5000));
        QDialog* const dialog = openDialogs().back();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(dialog));
        expectNames(*dialog, qPrintable(action->objectName()));
        EXPECT_FALSE(dialog->windowTitle().isEmpty() && dialog->accessibleName().isEmpty()) << action->objectName().toStdString();
        dialog->close();
        ASSERT_TRUE(QTest::qWaitFor([&] { return openDialogs().isEmpty(); }, 5000));
    }
};

TEST_F(Sweep, EveryActionIsInThePaletteWithItsKey) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window_->findChild<CommandPalette*>() != nullptr; }, 5000));
    CommandPalette& palette = *window_->findChild<CommandPalette*>();
    std::multiset<QString> listed;
    std::set<const QAction*> found;
    for (int row = 0; row < palette.list()->count(); ++row) {
        palette.list()->setCurrentRow(row);
        listed.insert(palette.list()->item(row)->text());
        found.insert(palette.chosen());
    }
    QList<QAction*> wanted = window_->actions().all() + window_->triage()->dockActions();
    wanted.removeAll(window_->actions().palette);  // one is in it
    for (const QAction* const action : wanted) {
        if (!action->isVisible()) continue;  // the sample of a window that has none
        EXPECT_EQ(found.count(action), 1U) << action->objectName().toStdString();
        EXPECT_GE(listed.count(name_of(*action)), 1U) << action->text().toStdString();
        for (const QKeySequence& key : action->shortcuts()) EXPECT_TRUE(keys_text(*action).contains(key_text(key)));
    }
    palette.close();
}

TEST_F(Sweep, WhateverOneCanActOnHasANameInEveryViewAndDialog) {
    ASSERT_NO_FATAL_FAILURE(open(false));
    expectNames(*window_, "first run");
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    for (int view = 0; view < kViewCount; ++view) {
        window_->triage()->showView(static_cast<View>(view));
        ASSERT_TRUE(settle());
        test::come_to_rest();
        expectNames(*window_, qPrintable(QString("view %1").arg(view)));
    }
    window_->triage()->openFind();
    window_->triage()->log()->openGoTo();
    expectNames(*window_, "find and go to");
    expectNamesInDialog(window_->actions().palette);
    expectNamesInDialog(window_->actions().settings);
    expectNamesInDialog(window_->actions().keys);
    window_->actions().label_mode->trigger();
    ASSERT_TRUE(settle());
    window_->labelPage()->toggleGuidelines();
    expectNames(*window_, "label mode");
}

}  // namespace
}  // namespace abm::test
