// The customers of one machine: they return, their balances move.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/money.h"
#include "core/base/random.h"
#include "core/generate/machine_profile.h"

namespace abm {

struct Card {
    const Issuer* issuer = nullptr;
    int last_digits = 0;  ///< four; the rest of the number does not exist
    Money balance = 0;
    std::int64_t last_used = 0;  ///< second since the epoch
    bool chip() const { return issuer->chip(); }
};

class CardPopulation {
public:
    CardPopulation(const MachineProfile& profile, Random& random);

    /// A card that rested for half an hour before now, so that no repeated attempts arise by chance.
    Card& pick(Random& random, std::int64_t now);
    Card& pick_of(Random& random, std::int64_t now, Issuer::Kind kind);

private:
    std::vector<Card> cards_;
};

}  // namespace abm
