// Sentences with places for values: "{escrow_left_amount:money} went in". Syntax: docs/rule-language.md, "Sentences".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/money.h"
#include "core/decide/vocabulary.h"
#include "core/ingest/fact.h"

namespace abm {

/// What sentences may say beyond the facts of a scope. An empty text is shown as "unknown", an empty currency not at all.
struct RuleContext {
    std::string_view currency;  ///< "CAD"
    std::string_view card;      ///< masked
    std::string_view machine;
};

class SentenceTemplate {
public:
    SentenceTemplate() = default;  ///< fills to an empty text

    /// Throws Error{Invalid} "file:line: ..." for a place that is not closed, unknown or unfit for its fact.
    static SentenceTemplate parse(Place place, std::string_view what);

    std::string fill(const Facts& facts, const RuleContext& context) const;

private:
    enum class Form { literal, card, machine, plain, money, size, count, duration, shift };
    struct Piece {
        Form form = Form::literal;
        std::string text;  ///< of a literal; of a count: the noun for one
        std::string many;  ///< of a count: the noun for any other number
        Fact fact{};
    };
    static Piece parse_piece(Place place, std::string_view inside);
    static void append(const Piece& piece, const Facts& facts, const RuleContext& context, std::string& out);

    std::vector<Piece> pieces_;
};

/// "45 s", "6 min 23 s", "10 h 12 min", "2,080 d 15 h"; a tenth of a second below ten; "unknown" for NaN.
std::string duration_text(double seconds);

/// A fact in currency units as hundredths, rounded; kNoAmount when it is unknown or beyond what Money holds.
Money money_of(double units);

}  // namespace abm
