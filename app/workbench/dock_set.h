// The docks of the triage page: which there are, where they lie, how they are shown, remembered and brought back.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMainWindow>
#include <QObject>
#include <array>

class QAction;
class QDockWidget;

namespace abm {

class DockHead;

/// In the order of reading, which is that of tabs on one place. Their numbers are remembered: a new one comes last.
enum class View : int { sessions, queue, sources, log, ledger, jobs, models, guidelines, why, label, watch };
inline constexpr int kViewCount = 11;

/// Places docks around the centre of a window. Each is known to the remembered layout by its name.
class DockSet : public QObject {
    Q_OBJECT
public:
    explicit DockSet(QMainWindow& window);

    /// REQUIRES: called once for each view, then placeAll().
    void add(View view, const QString& title, QWidget* content);
    /// What the program starts with: lists left, log, ledger, models and guidelines below the chart, why and label right.
    /// Where there is height for both, the log stands above the others, otherwise they are tabs of one place.
    void placeAll();

    void show(View view);             ///< opens it and brings it to the front of its tabs
    bool isInFront(View view) const;  ///< open, and no other tab covers it
    bool isOpen(View view) const;
    void setTitle(View view, const QString& title);  ///< of its tab
    DockHead* head(View view) const { return heads_[index(view)]; }
    QDockWidget* dock(View view) const { return docks_[index(view)]; }
    /// One for each view: opens it, brings it to the front, or closes it when it is there already.
    QList<QAction*> actions() const;

    /// Empty before the docks were painted once: until then their sizes mean nothing.
    QByteArray save() const;
    /// What cannot be read changes nothing. Takes effect when the window has its size.
    void restore(const QByteArray& state);
    void reset();

signals:
    void frontChanged();  ///< another tab is in front, a dock was opened, closed or moved

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static std::size_t index(View view) { return static_cast<std::size_t>(view); }
    void fillMenu(View view);
    void toggle(View view);
    void moveTo(View view, Qt::DockWidgetArea area);
    QList<View> place(View view) const;
    void updateSoon();
    void update();
    void choose(View from, int tab);
    void size();

    QMainWindow& window_;
    std::array<QDockWidget*, kViewCount> docks_{};
    std::array<DockHead*, kViewCount> heads_{};
    std::array<QAction*, kViewCount> actions_{};
    QByteArray remembered_;
    QList<View> wanted_;  ///< shown before there was a layout: brought to the front again behind it
    bool laid_out_ = false;
    bool update_due_ = false;
};

}  // namespace abm
