// The head of a dock: its title, or the tabs of all docks that lie on the same place; a note; a menu to move it.
#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;
class QMenu;
class QTabBar;
class QToolButton;

namespace abm {

class ElidedLabel;

/// 34 px high. Serves as title bar of a QDockWidget: what is not on a tab or a button drags the dock.
class DockHead : public QFrame {
    Q_OBJECT
public:
    explicit DockHead(const QString& title, QWidget* parent = nullptr);

    /// The docks of this place and which of them this head belongs to; one alone is a title.
    void setTabs(const QStringList& titles, int own);
    const QString& title() const { return title_; }  ///< of its tab
    void setTitle(const QString& title) { title_ = title; }
    QTabBar* tabs() const { return tabs_; }
    ElidedLabel* note() const { return note_; }
    QMenu* menu() const { return menu_; }
    QToolButton* menuButton() const { return menu_button_; }

    QSize sizeHint() const override { return {QFrame::sizeHint().width(), kHeight_px}; }
    QSize minimumSizeHint() const override { return {80, kHeight_px}; }

signals:
    void tabChosen(int tab);  ///< another than its own; the head still shows its own

protected:
    void contextMenuEvent(QContextMenuEvent*) override;

private:
    static constexpr int kHeight_px = 34;

    QString title_;
    int own_ = 0;
    QTabBar* tabs_;
    QLabel* title_label_;
    ElidedLabel* note_;
    QToolButton* menu_button_;
    QMenu* menu_;
};

}  // namespace abm
