// One worker thread and the commands it carries out, one after another.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <functional>

#include "core/base/error.h"

namespace abm {

/// Commands run in the order they were given, but those that can wait let all others go first. None is dropped: the destructor
/// waits until the last is carried out. Only answers of a queue that is gone are lost.
class CommandQueue : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void()>;  ///< runs on the UI thread; may be empty
    using Command = std::function<Answer()>;
    using Failed = std::function<void(const Error&)>;

    enum class Turn { in_order, can_wait };

    explicit CommandQueue(QObject* parent = nullptr);
    ~CommandQueue() override;

    /// What the command throws, of any kind, becomes an Error and is handed to `failed` on the UI thread.
    void run(Command command, Failed failed = {}, Turn turn = Turn::in_order);
    bool idle() const { return waiting_ == 0; }
    void finish();  ///< blocks until every command is carried out; their answers come later

private:
    void deliver(const Answer& answer);

    QThreadPool worker_;
    int waiting_ = 0;
};

}  // namespace abm
