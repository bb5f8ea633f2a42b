#include "core/store/words.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <map>

namespace abm {
namespace {

// A code must fit the byte that the blobs of `scores` have for it.
constexpr int kMostCodes = 256;

std::string_view name_of(Activity activity) {
    constexpr std::array<std::string_view, 9> kNames{"none",  "withdrawal",  "deposit", "cheque_deposit", "balance", "payment",
                                                     "other", "maintenance", "idle"};
    return kNames[static_cast<std::size_t>(activity)];
}

template <class Enum>
std::vector<std::string_view> names_up_to(Enum last) {
    std::vector<std::string_view> names;
    for (int at = 0; at <= static_cast<int>(last); ++at) names.push_back(name_of(static_cast<Enum>(at)));
    return names;
}

constexpr int kTypeCount = 0
#define ABM_X(name) +1
    ABM_RECORD_TYPES(ABM_X)
#undef ABM_X
    ;

struct WordList {
    const char* list;
    std::vector<std::string_view> names;  ///< by enumerator
};

const std::vector<WordList>& word_lists() {
    static const std::vector<WordList> lists{
        {"kind", names_up_to(RecordKind::row)},
        {"type", names_up_to(static_cast<RecordType>(kTypeCount - 1))},
        {"severity", names_up_to(Severity::critical)},
        {"activity", names_up_to(Activity::idle)},
        {"cash_event", names_up_to(CashEvent::cash_added)},
        {"line_end", names_up_to(LineEnd::mixed)},
    };
    return lists;
}

using Codes = std::map<std::string, int, std::less<>>;

Codes stored_codes(SQLite::Database& database, const char* list) {
    SQLite::Statement query(database, "SELECT name, code FROM words WHERE list = ?");
    query.bind(1, list);
    Codes codes;
    while (query.executeStep()) {
        const int code = query.getColumn(1).getInt();
        if (code < 0 || code >= kMostCodes)
            throw Error(ErrorCode::Corrupt, fmt::format("code {} of '{}' is out of range", code, list));
        codes.emplace(query.getColumn(0).getString(), code);
    }
    return codes;
}

bool has_all(const Codes& codes, const WordList& words) {
    return std::all_of(words.names.begin(), words.names.end(), [&](std::string_view name) { return codes.contains(name); });
}

void add_missing(SQLite::Database& database, const WordList& words) {
    const Codes codes = stored_codes(database, words.list);
    int next = 0;
    for (const auto& [name, code] : codes) next = std::max(next, code + 1);
    SQLite::Statement add(database, "INSERT INTO words(list, code, name) VALUES(?, ?, ?)");
    for (const std::string_view name : words.names) {
        if (codes.contains(name)) continue;
        add.bind(1, words.list);
        add.bind(2, next++);
        add.bind(3, std::string(name));
        add.exec();
        add.reset();
    }
}

template <class Enum>
WordCodes<Enum> read_list(SQLite::Database& database, const WordList& words) {
    const Codes codes = stored_codes(database, words.list);
    std::vector<int> code_of(words.names.size(), -1);
    for (const auto& [name, code] : codes) {
        const auto known = std::find(words.names.begin(), words.names.end(), name);
        if (known == words.names.end()) {
            throw Error(
                ErrorCode::Mismatch,
                fmt::format("the {} '{}' is not known to this version of ABM Workbench: a newer one wrote it. Nothing was "
                            "changed; open the workspace with that version",
                            words.list, name));
        }
        code_of[static_cast<std::size_t>(known - words.names.begin())] = code;
    }
    return {words.list, std::move(code_of)};
}

}  // namespace

void complete_words(SQLite::Database& database) {
    const auto complete = [&] {
        return std::all_of(word_lists().begin(), word_lists().end(),
                           [&](const WordList& words) { return has_all(stored_codes(database, words.list), words); });
    };
    if (complete()) return;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    for (const WordList& words : word_lists()) add_missing(database, words);
    transaction.commit();
}

Words read_words(SQLite::Database& database) {
    const std::vector<WordList>& lists = word_lists();
    return {read_list<RecordKind>(database, lists[0]), read_list<RecordType>(database, lists[1]),
            read_list<Severity>(database, lists[2]),   read_list<Activity>(database, lists[3]),
            read_list<CashEvent>(database, lists[4]),  read_list<LineEnd>(database, lists[5])};
}

}  // namespace abm
