// Ctrl+C: the first asks the work to stop, the second ends the program.
#pragma once

#include <csignal>
#include <filesystem>
#include <stop_token>
#include <thread>

namespace abm::cli {

/// SIGINT and SIGTERM are blocked in all threads and taken from a descriptor by one thread, so that stopping needs nothing
/// of what signal handlers must not do. REQUIRES: made before any other thread is started.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return stop_.get_token(); }

    /// A file to remove when the program must end without unwinding: a read from a terminal cannot be woken, so work that does
    /// not stop within kGrace of the first Ctrl+C is given up. Empty: none.
    static void remove_when_given_up(std::filesystem::path path);

private:
    void watch();
    [[noreturn]] static void give_up();

    std::stop_source stop_;
    sigset_t before_{};
    int signals_ = -1;   ///< signalfd
    int finished_ = -1;  ///< eventfd, readable when the program is about to end
    std::thread watcher_;
};

}  // namespace abm::cli
