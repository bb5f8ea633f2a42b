#include "app/workbench/let_go.h"

#include <QThreadPool>

#include "widgets/give_way.h"

namespace abm {
namespace {

// Waits at the end of the program for what is still to be freed.
QThreadPool& undertaker() {
    static QThreadPool pool;
    return pool;
}

}  // namespace

void let_go(std::shared_ptr<const void> value) {
    if (value.use_count() > 1) return;  // another owner frees it
    undertaker().setMaxThreadCount(1);
    undertaker().start([value = std::move(value)]() mutable {
        give_way();
        value.reset();
    });
}

}  // namespace abm
