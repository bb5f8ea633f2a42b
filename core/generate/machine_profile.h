// What differs between machines: cassettes, currency, modules, screens, and the small variants of the journal format.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace abm {

inline constexpr int kCassettes = 4;
inline constexpr std::size_t kMostDenominations = 6;

/// A bank whose cards come to a machine. Kind decides the receipt and the OPCODE.
struct Issuer {
    enum class Kind { own, mastercard, visa, stripe };
    std::string_view first_digits;  ///< four, the masked PAN shows them after three zeros
    Kind kind;
    int weight;
    bool chip() const { return kind != Kind::stripe; }
};

/// The key buffer of the screens of a terminal for each operation: not mnemonics, they differ between machines.
struct KeyBuffers {
    std::string_view withdraw_own, withdraw_stripe, withdraw_mastercard, withdraw_visa;
    std::string_view balance, deposit, confirm_deposit, cheque, payment;
};

struct MachineProfile {
    std::string_view currency;
    std::array<int, kCassettes> denominations;     ///< in the cassettes, in units
    std::array<int, kMostDenominations> accepted;  ///< by the note acceptor, 0 pads
    bool acceptor, cheques;
    bool inquiry_first;     ///< OPCODE = FI and an exchange before the PIN, for the bank's own cards
    bool images;            ///< image-name lines with headers of their own
    bool table_first;       ///< acceptor table before the PAN line, not after it
    bool acceptor_retract;  ///< the acceptor table has a RETRACT column
    bool serial_reads;      ///< FAILED SERIAL NUMBER READS and CATn NOTES after an escrow
    KeyBuffers keys;
    std::string_view acceptor_replenish;  ///< R- code of the acceptor
    std::string_view configuration;       ///< id in *1*B*
    int typical_amount;                   ///< a usual withdrawal, in units
    int host_skew_s;                      ///< host clock minus machine clock
    std::array<Issuer, 6> issuers;

    int accepted_count() const {
        int count = 0;
        while (count < static_cast<int>(kMostDenominations) && accepted[static_cast<std::size_t>(count)] > 0) ++count;
        return count;
    }
};

/// The profiles machines take in turn.
std::span<const MachineProfile> machine_profiles();
std::string_view branch_name(int machine);

}  // namespace abm
