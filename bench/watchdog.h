// How long the event loop of a window answered nothing: of the whole machine, and in processor time of its own.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <ctime>
#include <utility>

namespace abm::bench {

/// Processor time of this thread: other programs cannot lengthen it.
inline double own_ms() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

inline double ms_of(const QElapsedTimer& clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e6; }

struct Stall {
    double wall_ms = 0, own_ms = 0;
};

/// The longest time in which the event loop answered nothing.
class Watchdog {
public:
    Watchdog() {
        timer_.setInterval(1);
        timer_.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer_, &QTimer::timeout, [this] {
            longest_.wall_ms = std::max(longest_.wall_ms, ms_of(clock_));
            longest_.own_ms = std::max(longest_.own_ms, own_ms() - own_before_);
            start();
        });
        start();
        timer_.start();
    }
    Stall take() {
        start();
        return std::exchange(longest_, {});
    }

private:
    void start() {
        clock_.start();
        own_before_ = own_ms();
    }

    QTimer timer_;
    QElapsedTimer clock_;
    double own_before_ = 0;
    Stall longest_;
};

}  // namespace abm::bench
