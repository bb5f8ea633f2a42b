#include "core/textlog/header_learner.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>

#include "core/ingest/text_scan.h"

namespace abm {
namespace {

using Item = LogHeader::Item;

constexpr double kNearlyAll = 0.9;
constexpr double kMost = 0.75;  // components are missing in some lines ("last message repeated 2 times")
constexpr double kMostOfSyslog = 0.6;
constexpr double kLeastWithTime = 0.3;  // the others are continuations
constexpr std::size_t kMostItems = 16;
constexpr std::size_t kMostWordsBeforeTime = 5;
constexpr std::size_t kMostWordsBehindTime = 3;

/// Grows the layout item by item over all lines of the sample at once.
class Learner {
public:
    explicit Learner(std::span<const std::string_view> lines) {
        for (const std::string_view line : lines) {
            std::size_t at = line.starts_with("\xEF\xBB\xBF") ? 3 : 0;
            while (at < line.size() && is_blank(line[at])) ++at;
            if (at < line.size()) active_.push_back({line, at});
        }
    }

    std::vector<Item> learn() {
        start_at_time();
        versioned_ = !active_.empty() && std::ranges::all_of(active_, is_versioned);
        while (!active_.empty() && items_.size() < kMostItems && take_next()) {
        }
        give_roles();
        return std::move(items_);
    }

    DateOrder order() const {
        DateOrder only = DateOrder::unknown;
        for (const DateOrder order : {DateOrder::ymd, DateOrder::dmy, DateOrder::mdy}) {
            const bool possible = std::all_of(dates_.begin(), dates_.end(), [order](auto& date) { return allows(date, order); });
            if (!possible || dates_.empty()) continue;
            if (only != DateOrder::unknown) return DateOrder::unknown;
            only = order;
        }
        return only;
    }

private:
    struct Line {
        std::string_view text;
        std::size_t at = 0;
    };

    // The place, counted in words, and the kind of the first time most lines have; lines without it are left out.
    void start_at_time() {
        std::map<std::pair<std::size_t, DateKind>, std::size_t> places;
        for (const Line& line : active_) {
            if (const auto place = first_time(line)) ++places[*place];
        }
        const auto best = std::max_element(places.begin(), places.end(), [](auto& a, auto& b) { return a.second < b.second; });
        if (best == places.end() || static_cast<double>(best->second) < kLeastWithTime * static_cast<double>(active_.size()))
            return;
        std::erase_if(active_, [&](const Line& line) { return first_time(line) != best->first; });
        has_time_ = true;
    }

    static std::optional<std::pair<std::size_t, DateKind>> first_time(const Line& line) {
        std::size_t at = line.at;
        for (std::size_t word = 0; word <= kMostWordsBeforeTime; ++word) {
            const ItemText time = read_item(HeaderItem::time, DateKind::none, line.text, at);
            if (time.end > 0 && plausible(time.time)) return std::pair(word, time.time.kind);
            const ItemText skipped = read_item(HeaderItem::word, DateKind::none, line.text, at);
            if (skipped.end == 0) break;
            at = skipped.end;
        }
        return std::nullopt;
    }

    static bool plausible(const TimeText& time) {
        if (time.kind == DateKind::month_day || time.kind == DateKind::named_no_year)
            return time.second <= 31 && time.first <= 31 && (time.kind == DateKind::named_no_year || time.first <= 12);
        if (time.kind == DateKind::epoch || time.kind == DateKind::uptime || time.kind == DateKind::clock) return true;
        return allows(time, DateOrder::ymd) || allows(time, DateOrder::dmy) || allows(time, DateOrder::mdy);
    }

    // <34>1 of RFC 5424.
    static bool is_versioned(const Line& line) {
        const std::string_view text = line.text.substr(line.at);
        return text.starts_with('<') && text.substr(0, 8).find(">1 ") != std::string_view::npos;
    }

    // Behind the time of RFC 5424: host, application, process, kind of message; a dash or data in brackets.
    void take_named_columns() {
        for (int words = 0; words < 4; ++words) take_word();
        take_first_of({HeaderItem::dash, HeaderItem::bracket}, 0);
    }

    // The next item, or the words in front of one that is surely header.
    bool take_next() {
        if (versioned_ && items_.size() == 2 && items_.back().kind == HeaderItem::time) {
            take_named_columns();
            return false;
        }
        if (is_syslog_time() && !take_first_of({HeaderItem::level, HeaderItem::bracket}, 0)) return take_word();  // the host
        if (take_first(kSure, 0)) return true;
        if (seen(HeaderItem::component) || seen(HeaderItem::named) || seen(HeaderItem::padded)) return false;
        const std::size_t most = has_time_ && !seen(HeaderItem::time) ? kMostWordsBeforeTime : kMostWordsBehindTime;
        for (std::size_t words = 1; words <= most; ++words) {
            if (take_first_of({HeaderItem::time, HeaderItem::level}, words)) return true;
        }
        return take_first_of({HeaderItem::bracket, HeaderItem::component, HeaderItem::dash}, 1) ||
               take_first_of({HeaderItem::padded}, 0);
    }

    bool is_syslog_time() const { return !items_.empty() && items_.back().date == DateKind::named_no_year; }

    template <class Kinds>
    bool take_first(const Kinds& kinds, std::size_t words) {
        for (const HeaderItem kind : kinds) {
            if (!may_stand_here(kind, words)) continue;
            if (kind == HeaderItem::time ? take_time(words) : take_if_shared(kind, DateKind::none, words)) return true;
        }
        return false;
    }
    bool take_first_of(std::initializer_list<HeaderItem> kinds, std::size_t words) { return take_first(kinds, words); }

    bool may_stand_here(HeaderItem kind, std::size_t words) const {
        const bool named = seen(HeaderItem::component) || seen(HeaderItem::named);
        switch (kind) {
            case HeaderItem::time:
                return count(HeaderItem::time) < 3;
            case HeaderItem::level:
                return !seen(HeaderItem::level);
            case HeaderItem::priority:
                return items_.empty() && words == 0;
            case HeaderItem::bracket:
                return count(HeaderItem::bracket) < 3 && words <= 1 && (words == 0 || !items_.empty());
            case HeaderItem::dash:
                return !items_.empty() && (words == 0 || seen(HeaderItem::level));
            case HeaderItem::field:
                return words == 0 && count(HeaderItem::field) < 6;
            case HeaderItem::component:
                return !named && words <= 1 && (words == 0 || !items_.empty());
            case HeaderItem::named:
                return !named && words == 0 && !items_.empty();
            case HeaderItem::padded:
                return !named && !seen(HeaderItem::padded) && words == 0 && (seen(HeaderItem::level) || seen(HeaderItem::time));
            default:
                return false;
        }
    }

    // One kind of date must be shared, not only a time.
    bool take_time(std::size_t words) {
        std::map<DateKind, std::size_t> kinds;
        for (const Line& line : active_) {
            const ItemText time = read_behind(line, words, HeaderItem::time, DateKind::none);
            if (time.end > 0 && plausible(time.time)) ++kinds[time.time.kind];
        }
        const auto best = std::max_element(kinds.begin(), kinds.end(), [](auto& a, auto& b) { return a.second < b.second; });
        return best != kinds.end() && take_if_shared(HeaderItem::time, best->first, words);
    }

    bool take_if_shared(HeaderItem kind, DateKind date, std::size_t words) {
        const auto sharing = std::count_if(active_.begin(), active_.end(),
                                           [&](const Line& line) { return read_behind(line, words, kind, date).end > 0; });
        if (static_cast<double>(sharing) < share_needed(kind) * static_cast<double>(active_.size())) return false;
        if (kind == HeaderItem::level && words == 0 && single_letters() && !follows_number()) return false;
        for (std::size_t i = 0; i < words; ++i) take_word();
        take(kind, date);
        return true;
    }

    double share_needed(HeaderItem kind) const {
        if (kind != HeaderItem::component) return kNearlyAll;
        return std::any_of(items_.begin(), items_.end(), [](const Item& item) { return item.date == DateKind::named_no_year; })
                   ? kMostOfSyslog
                   : kMost;
    }

    bool take_word() {
        const bool numbers = std::all_of(active_.begin(), active_.end(), [](const Line& line) {
            return read_item(HeaderItem::number, DateKind::none, line.text, line.at).end > 0;
        });
        take(numbers ? HeaderItem::number : HeaderItem::word, DateKind::none);
        return true;
    }

    void take(HeaderItem kind, DateKind date) {
        items_.push_back({kind, date});
        dated_words_.push_back(kind == HeaderItem::word && says_date(active_.front()));
        std::erase_if(active_, [&](Line& line) {
            const ItemText text = read_item(kind, date, line.text, line.at);
            line.at = text.end;
            if (text.end > 0 && (date == DateKind::two_digits || date == DateKind::long_year)) dates_.push_back(text.time);
            return text.end == 0;
        });
    }

    static ItemText read_behind(const Line& line, std::size_t words, HeaderItem kind, DateKind date) {
        std::size_t at = line.at;
        for (std::size_t i = 0; i < words; ++i) {
            at = read_item(HeaderItem::word, DateKind::none, line.text, at).end;
            if (at == 0) return {};
        }
        return read_item(kind, date, line.text, at);
    }

    // "2005.11.09" without a time of day.
    static bool says_date(const Line& line) {
        const std::string_view word = read_item(HeaderItem::word, DateKind::none, line.text, line.at).value;
        return word.size() == 10 && fixed_number(word, 0, 4) > 0 && !is_digit(word[4]) && word[7] == word[4];
    }

    // "D" may be a level or the first word of a message.
    bool single_letters() const {
        return std::all_of(active_.begin(), active_.end(), [](const Line& line) {
            return read_item(HeaderItem::word, DateKind::none, line.text, line.at).value.size() <= 1;
        });
    }
    bool follows_number() const { return !items_.empty() && items_.back().kind != HeaderItem::level; }

    std::size_t count(HeaderItem kind) const {
        return static_cast<std::size_t>(
            std::count_if(items_.begin(), items_.end(), [kind](auto& item) { return item.kind == kind; }));
    }
    bool seen(HeaderItem kind) const { return count(kind) > 0; }

    // What a word is follows from where it stands.
    void give_roles() {
        using Role = Item::Role;
        if (versioned_ && items_.size() >= 6) {
            items_[2].role = Role::host, items_[3].role = Role::component, items_[4].role = Role::pid;
            return;
        }
        const auto level = std::find_if(items_.begin(), items_.end(), [](auto& item) { return item.kind == HeaderItem::level; });
        bool has_component = false;
        for (Item& item : items_) {
            const bool names = item.kind == HeaderItem::component || item.kind == HeaderItem::named ||
                               item.kind == HeaderItem::padded || (item.kind == HeaderItem::field && !has_component);
            if (names && !has_component) item.role = Role::component, has_component = true;
        }
        bool has_host = false, has_pid = false, after_time = false;
        for (auto item = items_.begin(); item != items_.end(); ++item) {
            if (item->kind == HeaderItem::number && !has_pid && after_time) item->role = Role::pid, has_pid = true;
            if (item->kind == HeaderItem::time) after_time = true;
            if (item->kind != HeaderItem::word || !after_time || dated_words_[static_cast<std::size_t>(item - items_.begin())])
                continue;
            const bool beside_level = level != items_.end() && (item + 1 == level || item > level);
            if (beside_level && !has_component) {
                item->role = Role::component, has_component = true;
            } else if (!has_host && !(level != items_.end() && item > level)) {
                item->role = Role::host, has_host = true;
            }
        }
        for (Item& item : items_) {  // the thread, when nothing else says who speaks
            if (item.kind == HeaderItem::bracket && !has_component) item.role = Role::component, has_component = true;
        }
    }

    // Surely header, in the order in which they are tried.
    static constexpr std::array kSure = {HeaderItem::priority, HeaderItem::time,  HeaderItem::level, HeaderItem::bracket,
                                         HeaderItem::dash,     HeaderItem::field, HeaderItem::named, HeaderItem::component};

    std::vector<Line> active_;
    std::vector<Item> items_;
    std::vector<bool> dated_words_;  // [items]
    std::vector<TimeText> dates_;
    bool has_time_ = false;
    bool versioned_ = false;  // syslog of RFC 5424
};

}  // namespace

std::vector<Item> learn_items(std::span<const std::string_view> lines, DateOrder& order) {
    Learner learner(lines);
    std::vector<Item> items = learner.learn();
    order = learner.order();
    return items;
}

}  // namespace abm
