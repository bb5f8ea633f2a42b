// What stands in front of the message in the lines of one log: found by looking at the lines, never by the name of the file.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/textlog/header_items.h"

namespace abm {

/// Views into the line; empty: not there.
struct HeaderFields {
    bool recognised = false;   ///< at least one item of the header is there; else the line is all message: a stack trace, say
    Time time = kUnknownTime;  ///< as written; unknown when the line does not say all of it. Never invented
    std::string_view time_text;
    std::string_view host, level, component, pid;
    std::size_t message = 0;  ///< byte of the line where the message begins
};

/// The layout of the headers of one log; immutable, thread-safe. Empty: lines have none.
class LogHeader {
public:
    struct Item {
        HeaderItem kind = HeaderItem::word;
        DateKind date = DateKind::none;  ///< of time
        enum class Role : std::uint8_t { none, host, component, pid } role = Role::none;
    };
    static constexpr std::size_t kMostSample = 4'096;  ///< lines worth looking at; the first of the log

    /// The longest row of items nearly all lines share. Lines without the time that most begin with (continuations) have no say.
    /// A plain word or number belongs to the header only when something that is surely header stands behind it.
    static LogHeader learn(std::span<const std::string_view> lines);

    HeaderFields parse(std::string_view line) const;
    std::span<const Item> items() const { return items_; }
    DateOrder date_order() const { return order_; }

private:
    std::vector<Item> items_;
    DateOrder order_ = DateOrder::unknown;
};

}  // namespace abm
