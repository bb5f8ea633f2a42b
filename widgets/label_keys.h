// When a key may give a verdict: never while one types, never twice by holding it down, never for a record one cannot have read.
#pragma once

#include <QAction>
#include <QKeyEvent>
#include <QList>
#include <QObject>
#include <chrono>
#include <functional>
#include <optional>

namespace abm {

/// UI thread only. The keys themselves are shortcuts of actions, so that menus and the list of keys show them.
class LabelKeys : public QObject {
    Q_OBJECT
public:
    using Clock = std::function<std::chrono::milliseconds()>;  ///< monotonic
    static constexpr std::chrono::milliseconds kGuard{150};

    /// From now on text fields keep the keys of these actions for themselves, focused buttons keep Space, and a key held down
    /// triggers once. An empty clock is the steady one.
    explicit LabelKeys(QList<QAction*> actions, Clock clock = {}, QObject* parent = nullptr);
    ~LabelKeys() override;

    /// Another record was put into the views; it counts as painted from now, or from painted() once it was.
    void shown();
    void painted();
    /// A verdict is given now: milliseconds since the record was painted; nullopt when that is less than kGuard, then the key
    /// must be ignored.
    std::optional<std::int32_t> decide() const;

    /// The widget with the focus needs the key itself.
    static bool belongsTo(const QWidget* focus, const QKeyEvent& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isOurs(const QKeyEvent& key) const;

    QList<QAction*> actions_;
    Clock clock_;
    std::chrono::milliseconds since_{0};
    bool waiting_ = false;  ///< shown, not painted yet
    bool any_ = false;      ///< a record was shown
};

}  // namespace abm
