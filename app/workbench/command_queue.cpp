#include "app/workbench/command_queue.h"

#include <utility>

#include "widgets/give_way.h"

namespace abm {
namespace {

Error error_now() {
    try {
        throw;
    } catch (const Error& error) {
        return error;
    } catch (const std::bad_alloc&) {
        return {ErrorCode::Io, "Not enough memory. Close other programs and try again."};
    } catch (const std::exception& error) {
        return {ErrorCode::Invalid, error.what()};
    }
}

}  // namespace

CommandQueue::CommandQueue(QObject* parent) : QObject(parent) { worker_.setMaxThreadCount(1); }
CommandQueue::~CommandQueue() { finish(); }

void CommandQueue::run(Command command, Failed failed, Turn turn) {
    ++waiting_;
    const auto work = [this, command = std::move(command), failed = std::move(failed)] {
        give_way();
        Answer answer;
        try {
            answer = command();
        } catch (...) {
            answer = [error = error_now(), failed] {
                if (failed) failed(error);
            };
        }
        QMetaObject::invokeMethod(
            this, [this, answer] { deliver(answer); }, Qt::QueuedConnection);
    };
    worker_.start(work, turn == Turn::can_wait ? -1 : 0);  // the pool keeps the order within a priority
}

void CommandQueue::deliver(const Answer& answer) {
    --waiting_;
    if (answer) answer();
}

void CommandQueue::finish() { worker_.waitForDone(); }

}  // namespace abm
