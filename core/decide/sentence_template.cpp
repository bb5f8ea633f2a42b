#include "core/decide/sentence_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/nearest_name.h"

namespace abm {
namespace {

constexpr std::string_view kUnknownWord = "unknown";
constexpr double kMostMoney = 9e16;  // hundredths; below what std::int64_t and a double both hold
constexpr double kMostSeconds = 9e15;

/// "1,204": whole numbers with thousands.
std::string grouped(double value) {
    const std::string text = money_text(money_of(value));
    return text.empty() ? fmt::format("{:.0f}", value) : text.substr(0, text.size() - 3);
}

std::string plain_text(double value) {
    if (std::isnan(value)) return std::string(kUnknownWord);
    if (value == std::round(value) && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
    return fmt::format("{:.2f}", value);
}

std::string amount_text(double units, const RuleContext& context) {
    const std::string text = money_text(money_of(units));
    if (text.empty()) return "an unknown amount";
    return context.currency.empty() ? text : fmt::format("{} {}", text, context.currency);
}

/// "-2 h" means nothing to a reader: "2 h back" does.
std::string shift_text(double seconds) {
    if (std::isnan(seconds)) return std::string(kUnknownWord);
    return fmt::format("{} {}", duration_text(std::abs(seconds)), seconds < 0 ? "back" : "forward");
}

std::string_view or_unknown(std::string_view text) { return text.empty() ? kUnknownWord : text; }

}  // namespace

Money money_of(double units) {
    const double hundredths = std::round(units * 100);
    if (!(std::abs(hundredths) < kMostMoney)) return kNoAmount;  // NaN too
    return static_cast<Money>(hundredths);
}

std::string duration_text(double seconds) {
    if (!(std::abs(seconds) < kMostSeconds)) return std::string(kUnknownWord);
    if (seconds < 0) return fmt::format("-{}", duration_text(-seconds));
    if (seconds < 9.95 && seconds != std::round(seconds)) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    const auto pair = [](std::string large, std::int64_t small, std::string_view unit) {
        return small == 0 ? large : fmt::format("{} {} {}", large, small, unit);
    };
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return pair(fmt::format("{} min", whole / 60), whole % 60, "s");
    if (whole < 86400) return pair(fmt::format("{} h", whole / 3600), whole % 3600 / 60, "min");
    const std::int64_t days = whole / 86400;
    return pair(fmt::format("{} d", grouped(static_cast<double>(days))), whole % 86400 / 3600, "h");
}

SentenceTemplate SentenceTemplate::parse(Place place, std::string_view what) {
    const std::string text = read_text(place, what);
    SentenceTemplate result;
    std::string literal;
    const auto end_literal = [&] {
        if (!literal.empty()) result.pieces_.push_back({Form::literal, std::exchange(literal, {}), {}, {}});
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool doubled = i + 1 < text.size() && text[i + 1] == c;
        if ((c == '{' || c == '}') && doubled) {
            literal += c;
            ++i;
        } else if (c == '{') {
            const std::size_t close = text.find('}', i);
            if (close == std::string::npos) place.refuse(fmt::format("{}: a \"{{\" is not closed; write {{{{ for a brace", what));
            end_literal();
            result.pieces_.push_back(parse_piece(place, std::string_view(text).substr(i + 1, close - i - 1)));
            i = close;
        } else if (c == '}') {
            place.refuse(fmt::format("{}: a \"}}\" closes nothing; write }}}} for a brace", what));
        } else {
            literal += c;
        }
    }
    end_literal();
    return result;
}

SentenceTemplate::Piece SentenceTemplate::parse_piece(Place place, std::string_view inside) {
    if (inside == "card") return {Form::card, {}, {}, {}};
    if (inside == "machine") return {Form::machine, {}, {}, {}};
    const std::size_t colon = inside.find(':');
    const std::string_view name = inside.substr(0, colon);
    const auto fact = fact_from_name(name);
    if (!fact) place.refuse(fmt::format("unknown fact \"{}\" in a sentence{}", name, hint_for(name, fact_names())));
    if (colon == std::string_view::npos) return {Form::plain, {}, {}, *fact};

    std::string_view form = inside.substr(colon + 1);
    std::string_view noun;
    if (form.starts_with("count ")) {
        noun = form.substr(6);
        form = "count";
    }
    constexpr std::array<std::string_view, 5> kNumberForms{"money", "size", "count", "duration", "shift"};
    const auto found = std::find(kNumberForms.begin(), kNumberForms.end(), form);
    if (found == kNumberForms.end())
        place.refuse(fmt::format("unknown form \"{}\" of {{{}}}{}", form, name, hint_for(form, kNumberForms)));
    Piece piece;
    piece.fact = *fact;
    piece.form = static_cast<Form>(static_cast<int>(Form::money) + (found - kNumberForms.begin()));
    if ((piece.form == Form::money || piece.form == Form::size) && !is_money(*fact)) {
        place.refuse(fmt::format("{{{}:{}}}: the fact is not an amount of money; allowed: count", name, form));
    }
    if ((piece.form == Form::duration || piece.form == Form::shift) && !is_duration(*fact)) {
        place.refuse(
            fmt::format("{{{}:{}}}: the fact is not in seconds (its name does not end in _s); allowed: count", name, form));
    }
    if (!noun.empty()) {
        const std::size_t bar = noun.find('|');
        piece.text = noun.substr(0, bar);
        piece.many = bar == std::string_view::npos ? piece.text + "s" : std::string(noun.substr(bar + 1));
    }
    return piece;
}

std::string SentenceTemplate::fill(const Facts& facts, const RuleContext& context) const {
    std::string out;
    for (const Piece& piece : pieces_) append(piece, facts, context, out);
    return out;
}

void SentenceTemplate::append(const Piece& piece, const Facts& facts, const RuleContext& context, std::string& out) {
    const double value = facts[piece.fact];
    switch (piece.form) {
        case Form::literal:
            out += piece.text;
            break;
        case Form::card:
            out += or_unknown(context.card);
            break;
        case Form::machine:
            out += or_unknown(context.machine);
            break;
        case Form::plain:
            out += plain_text(value);
            break;
        case Form::money:
            out += amount_text(value, context);
            break;
        case Form::size:
            out += amount_text(std::abs(value), context);
            break;
        case Form::duration:
            out += duration_text(value);
            break;
        case Form::shift:
            out += shift_text(value);
            break;
        case Form::count:
            out += std::isnan(value) ? std::string("an unknown number of") : grouped(value);
            if (!piece.text.empty()) out.append(" ").append(value == 1 ? piece.text : piece.many);
            break;
    }
}

}  // namespace abm
