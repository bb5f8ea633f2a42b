#include "core/generate/card_population.h"

namespace abm {
namespace {

constexpr int kCards = 400;
constexpr std::int64_t kRest_s = 1800;

Money first_balance(const MachineProfile& profile, Random& random) {
    const Money scale = Money{profile.typical_amount} * 100;
    const auto units = static_cast<Money>(random.exponential() * 8.0 * static_cast<double>(scale));
    return units + random.between(0, 99);
}

}  // namespace

CardPopulation::CardPopulation(const MachineProfile& profile, Random& random) {
    std::array<int, 6> weights{};
    for (std::size_t index = 0; index < weights.size(); ++index) weights[index] = profile.issuers[index].weight;
    // The rarer issuers come with fixed cards first, so that every kind exists in every population.
    for (int index = 0; index < kCards; ++index) {
        const std::size_t issuer = index < 12 ? static_cast<std::size_t>(index) % 6 : random.pick(weights);
        cards_.push_back({&profile.issuers[issuer], random.between(0, 9999), first_balance(profile, random), 0});
    }
}

Card& CardPopulation::pick(Random& random, std::int64_t now) {
    for (;;) {
        Card& card = cards_[random.below(kCards)];
        if (card.last_used + kRest_s < now) return card;
    }
}

Card& CardPopulation::pick_of(Random& random, std::int64_t now, Issuer::Kind kind) {
    for (int tries = 0; tries < 5000; ++tries) {
        if (Card& card = pick(random, now); card.issuer->kind == kind) return card;
    }
    return pick(random, now);
}

}  // namespace abm
