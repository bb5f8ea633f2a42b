#include "app/cli/interrupt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <mutex>

#include "app/cli/exit_code.h"
#include "app/cli/message.h"

namespace abm::cli {
namespace {

constexpr int kGraceMs = 3'000;

std::mutex part_mutex;
std::filesystem::path part_to_remove;

// Ends the program as if it had never minded the signal, so that the shell sees why.
void die_of(int signal) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal);
    ::signal(signal, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    ::kill(::getpid(), signal);
}

}  // namespace

Interrupt::Interrupt() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM}) {
        // A script's background job inherits "ignored"; then a blocked signal would be lost, not kept for us.
        ::signal(signal, SIG_DFL);
        sigaddset(&set, signal);
    }
    pthread_sigmask(SIG_BLOCK, &set, &before_);
    signals_ = signalfd(-1, &set, SFD_CLOEXEC);
    finished_ = eventfd(0, EFD_CLOEXEC);
    watcher_ = std::thread([this] { watch(); });
}

Interrupt::~Interrupt() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(finished_, &one, sizeof one);
    watcher_.join();
    ::close(signals_);
    ::close(finished_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interrupt::remove_when_given_up(std::filesystem::path path) {
    const std::scoped_lock lock(part_mutex);
    part_to_remove = std::move(path);
}

void Interrupt::watch() {
    std::array<pollfd, 2> wait{{{signals_, POLLIN, 0}, {finished_, POLLIN, 0}}};
    while (true) {
        const int ready = ::poll(wait.data(), wait.size(), stop_.stop_requested() ? kGraceMs : -1);
        if (ready == 0) give_up();
        if (ready < 0 || (wait[1].revents & POLLIN) != 0) return;
        signalfd_siginfo signal{};
        if (::read(signals_, &signal, sizeof signal) != sizeof signal) return;
        if (!stop_.request_stop()) die_of(static_cast<int>(signal.ssi_signo));
    }
}

void Interrupt::give_up() {
    {
        const std::scoped_lock lock(part_mutex);
        std::error_code ignored;
        if (!part_to_remove.empty()) std::filesystem::remove(part_to_remove, ignored);
    }
    say("cancelled");
    ::_exit(kCancelled);
}

}  // namespace abm::cli
