#include "core/features/session_features.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "core/base/money.h"

namespace abm {
namespace {

enum class Shape { plain, money, log_seconds, hour_sine, hour_cosine };
/// When a fact says something; outside of it the feature is unknown rather than zero.
enum class Applies { always, with_pin, with_dispense };

struct Feature {
    Fact fact;
    Shape shape;
    Applies applies;
    const char* name;    ///< natural name, the unit at its end
    const char* phrase;  ///< subject of "... was 383 s"
};

constexpr auto kAlways = Applies::always;
constexpr auto kPlain = Shape::plain;

constexpr auto kFeatures = std::to_array<Feature>({
    {Fact::duration_s, kPlain, kAlways, "duration_s", "the whole session"},
    {Fact::card_to_pin_s, kPlain, Applies::with_pin, "card_to_pin_s", "the time from card to PIN"},
    {Fact::pin_to_host_s, kPlain, Applies::with_pin, "pin_to_host_s", "the time from PIN to the host's answer"},
    {Fact::host_to_present_s, kPlain, Applies::with_dispense, "host_to_present_s",
     "the time from the host's answer to the notes"},
    {Fact::present_to_taken_s, kPlain, Applies::with_dispense, "present_to_taken_s", "the time until the notes were taken"},
    {Fact::longest_gap_s, kPlain, kAlways, "longest_gap_s", "the longest gap"},
    {Fact::exchanges, kPlain, kAlways, "exchanges", "the number of exchanges with the host"},
    {Fact::chip_attempts, kPlain, kAlways, "chip_attempts", "the number of chip initialisations"},
    {Fact::withdrawal_attempts, kPlain, kAlways, "withdrawal_attempts", "the number of withdrawal attempts"},
    {Fact::declined, kPlain, kAlways, "declines", "the number of declines"},
    {Fact::missing_steps, kPlain, kAlways, "missing_steps", "the number of missing steps"},
    {Fact::presented_notes, kPlain, kAlways, "presented_notes", "the number of notes presented"},
    {Fact::rejected_notes, kPlain, kAlways, "rejected_notes", "the number of notes rejected"},
    {Fact::items_inserted, kPlain, kAlways, "items_inserted", "the number of insertions"},
    {Fact::items_refused, kPlain, kAlways, "items_refused", "the number of refused insertions"},
    {Fact::returned_notes, kPlain, kAlways, "returned_notes", "the number of notes returned"},
    {Fact::refunds, kPlain, kAlways, "refunds", "the number of refunds"},
    {Fact::note_errors, kPlain, kAlways, "note_errors", "the number of note errors"},
    {Fact::acceptor_errors, kPlain, kAlways, "acceptor_errors", "the number of acceptor errors"},
    {Fact::cheque_deposits, kPlain, kAlways, "cheque_deposits", "the number of cheque deposits"},
    {Fact::supervisor_lines, kPlain, kAlways, "supervisor_lines", "the number of supervisor lines"},
    {Fact::receipt_amount, Shape::money, kAlways, "withdrawn_amount", "the amount withdrawn"},
    {Fact::short_presented_amount, Shape::money, kAlways, "presented_difference_amount", "the difference of receipt and notes"},
    {Fact::unexplained_amount, Shape::money, kAlways, "unexplained_amount", "the amount the counters moved without a dispense"},
    {Fact::not_taken_amount, Shape::money, kAlways, "not_taken_amount", "the amount not taken"},
    {Fact::deposited_amount, Shape::money, kAlways, "deposited_amount", "the amount deposited"},
    {Fact::deposit_mismatch_amount, Shape::money, kAlways, "deposit_difference_amount", "the difference of notes and credit"},
    {Fact::escrow_left_amount, Shape::money, kAlways, "escrow_left_amount", "the amount left in escrow"},
    {Fact::has_end, kPlain, kAlways, "ended_flag", "the end of the session"},
    {Fact::cardless, kPlain, kAlways, "cardless_flag", "the cardless start"},
    {Fact::chip_read, kPlain, kAlways, "chip_read_flag", "the chip reading"},
    {Fact::chip_fallback, kPlain, kAlways, "chip_fallback_flag", "the fallback to the stripe"},
    {Fact::approved_by_chip, kPlain, kAlways, "chip_approved_flag", "the approval by the chip"},
    {Fact::cancelled, kPlain, kAlways, "cancelled_flag", "the cancellation by the customer"},
    {Fact::timed_out, kPlain, kAlways, "timed_out_flag", "the time-out"},
    {Fact::reset_inside, kPlain, kAlways, "reset_inside_flag", "the reset in mid-session"},
    {Fact::hour_of_day, Shape::hour_sine, kAlways, "hour_sin", "the hour of day"},
    {Fact::hour_of_day, Shape::hour_cosine, kAlways, "hour_cos", "the hour of day"},
    {Fact::since_previous_s, Shape::log_seconds, kAlways, "since_previous_s", "the time since the session before"},
    {Fact::clock_skew_unusual_s, Shape::log_seconds, kAlways, "clock_skew_s",
     "the machine clock's distance from the host's, beyond the usual,"},
    {Fact::card_sessions_10min, kPlain, kAlways, "card_sessions_10min", "the number of sessions of this card in 10 minutes"},
    {Fact::card_failures_10min, kPlain, kAlways, "card_failures_10min", "the number of failures of this card in 10 minutes"},
    {Fact::card_cash_1h, Shape::money, kAlways, "card_cash_1h_amount", "the cash of this card within an hour"},
    {Fact::card_cash_24h, Shape::money, kAlways, "card_cash_24h_amount", "the cash of this card within a day"},
});

constexpr std::string_view kLogPrefix = "log1p_";

bool is_log(Shape shape) { return shape == Shape::money || shape == Shape::log_seconds; }

bool applies(const Feature& feature, const Facts& facts) {
    switch (feature.applies) {
        case Applies::always:
            return true;
        case Applies::with_pin:
            return facts[Fact::pin_entered] > 0;
        case Applies::with_dispense:
            return facts[Fact::presented_notes] > 0;
    }
    return true;
}

double shaped(Shape shape, double fact) {
    const double angle = fact / 24.0 * 2.0 * std::numbers::pi;
    switch (shape) {
        case Shape::plain:
            return fact;
        // Differences have a sign; for oddness only their size counts.
        case Shape::money:
        case Shape::log_seconds:
            return std::log1p(std::abs(fact));
        case Shape::hour_sine:
            return std::sin(angle);
        case Shape::hour_cosine:
            return std::cos(angle);
    }
    return fact;
}

bool ends_with_unit(std::string_view name, std::string_view unit) { return name.size() > unit.size() && name.ends_with(unit); }

}  // namespace

const std::vector<std::string>& session_feature_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Feature& feature : kFeatures)
            all.push_back(is_log(feature.shape) ? std::string(kLogPrefix) + feature.name : std::string(feature.name));
        return all;
    }();
    return names;
}

void session_features(const Facts& facts, std::span<float> row) {
    assert(row.size() == kFeatures.size());
    for (std::size_t column = 0; column < kFeatures.size(); ++column) {
        const Feature& feature = kFeatures[column];
        const double value = applies(feature, facts) ? shaped(feature.shape, facts[feature.fact]) : Facts::kUnknown;
        row[column] = static_cast<float>(value);
    }
}

std::string_view natural_name(std::string_view feature) {
    return feature.starts_with(kLogPrefix) ? feature.substr(kLogPrefix.size()) : feature;
}

double natural_value(std::string_view feature, double value) {
    if (!feature.starts_with(kLogPrefix)) return value;
    // The column holds a float: its logarithm gives amounts back to about six digits, and "60,999.98" would puzzle people.
    const double natural = std::expm1(value);
    const double unit = std::pow(10.0, std::floor(std::log10(std::max(std::abs(natural), 1.0))) - 5);
    return std::round(natural / unit) * unit;
}

std::string feature_phrase(std::string_view natural) {
    const auto found = std::find_if(kFeatures.begin(), kFeatures.end(), [&](const Feature& f) { return natural == f.name; });
    if (found != kFeatures.end()) return found->phrase;
    for (const std::string_view unit : {"_s", "_flag", "_amount"}) {
        if (ends_with_unit(natural, unit)) natural.remove_suffix(unit.size());
    }
    std::string words = "the " + std::string(natural);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string feature_text(std::string_view natural, double value) {
    if (!std::isfinite(value)) return "unknown";
    if (ends_with_unit(natural, "_amount") && std::abs(value) < 9e15) return money_text(std::llround(value * 100.0));
    if (ends_with_unit(natural, "_flag")) return value > 0.5 ? "yes" : "no";
    const bool seconds = ends_with_unit(natural, "_s");
    // Three digits tell enough of small values; from 100 on whole numbers do.
    const std::string number = std::abs(value) >= 100.0 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
    return seconds ? number + " s" : number;
}

}  // namespace abm
