// The frame of a view: a head with a title or tabs, a hairline, the content.
#pragma once

#include <QFrame>
#include <QLabel>
#include <QTabBar>

namespace abm {

/// Head of a pane, 34 px: a title or tabs on the left, a muted note on the right. `outer` draws its own frame (heads of docks).
class PaneHead : public QFrame {
    Q_OBJECT
public:
    explicit PaneHead(const QString& title, bool outer, QWidget* parent = nullptr);
    PaneHead(const QStringList& tabs, const QString& name, bool outer, QWidget* parent = nullptr);

    QTabBar* tabs() const { return tabs_; }
    QLabel* note() const { return note_; }
    QSize sizeHint() const override {
        return {QFrame::sizeHint().width(), kHeight_px};
    }  // docks ask for this, not for a fixed height
    QSize minimumSizeHint() const override { return {80, kHeight_px}; }

private:
    static constexpr int kHeight_px = 34;
    void build(bool outer, QWidget* left);

    QTabBar* tabs_ = nullptr;
    QLabel* note_ = nullptr;
};

/// A label that gives way when there is no room: first by whole parts (between " · ") at its end or, with Qt::ElideLeft, in
/// front; then cut in the middle, or where setElideMode() says.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;
    explicit ElidedLabel(Qt::TextElideMode mode) : mode_(mode) {}
    void setElideMode(Qt::TextElideMode mode) { mode_ = mode; }
    /// With less than half of its last part left it shows nothing: for notes beside a title, where "10 ...026" says nothing.
    void showMostOrNothing() { most_or_nothing_ = true; }
    QSize minimumSizeHint() const override { return {20, QLabel::minimumSizeHint().height()}; }
    QString textWithin(int width_px) const;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    Qt::TextElideMode mode_ = Qt::ElideMiddle;
    bool most_or_nothing_ = false;
};

/// A framed pane with head and content.
class Pane : public QFrame {
    Q_OBJECT
public:
    Pane(PaneHead* head, QWidget* content, QWidget* parent = nullptr);
};

}  // namespace abm
