#include "app/workbench/command_queue.h"

#include <gtest/gtest.h>

#include <QTest>
#include <semaphore>
#include <string>
#include <thread>

#include "app/workbench/let_go.h"

namespace abm {
namespace {

TEST(CommandQueue, LetsCommandsGoBeforeQuestionsAndKeepsTheOrderOfEach) {
    std::string done;
    std::binary_semaphore go(0);
    CommandQueue queue;
    const auto note = [&](char name) { return [&done, name] { return done += name, CommandQueue::Answer(); }; };
    queue.run([&] { return go.acquire(), CommandQueue::Answer(); });  // while it runs, the others gather
    queue.run(note('x'), {}, CommandQueue::Turn::can_wait);
    queue.run(note('a'));
    queue.run(note('y'), {}, CommandQueue::Turn::can_wait);
    queue.run(note('b'));
    go.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue.idle(); }, 5000));
    EXPECT_EQ(done, "abxy");
}

TEST(LetGo, FreesOnAnotherThreadWhenTheLastOwnerIsGone) {
    struct Large {
        explicit Large(std::thread::id& freed) : freed_(freed) {}
        ~Large() {
            freed_ = std::this_thread::get_id();
            done.release();
        }
        std::thread::id& freed_;
        std::binary_semaphore& done = gate();
        static std::binary_semaphore& gate() {
            static std::binary_semaphore semaphore(0);
            return semaphore;
        }
    };
    std::thread::id freed;
    auto held = let_go_elsewhere(std::make_shared<Large>(freed));
    auto copy = held;
    held.reset();
    EXPECT_EQ(freed, std::thread::id()) << "a copy holds it";
    copy.reset();
    ASSERT_TRUE(Large::gate().try_acquire_for(std::chrono::seconds(5)));
    EXPECT_NE(freed, std::this_thread::get_id());
    EXPECT_EQ(let_go_elsewhere(std::shared_ptr<int>()), nullptr);
}

}  // namespace
}  // namespace abm
