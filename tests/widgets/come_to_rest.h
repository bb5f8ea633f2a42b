// Waiting for what a view does by itself after a change: layout, painting, what is put off to the next round of the event loop.
#pragma once

#include <QtTest>

namespace abm::test {

/// Counts rounds, not time: a machine under load may give a wait of 50 ms one round only.
inline void come_to_rest() {
    constexpr int kRounds = 12, kRound_ms = 4;
    for (int round = 0; round < kRounds; ++round) QTest::qWait(kRound_ms);
}

}  // namespace abm::test
