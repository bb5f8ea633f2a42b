#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "core/base/error.h"
#include "core/store/label_cells.h"
#include "core/store/label_events.h"
#include "core/store/label_file.h"
#include "core/store/record_lookup.h"
#include "core/store/source_lookup.h"

namespace abm {
namespace {

/// Everything an expert said of a record; a time that is not known stands for "some time".
using Saying = std::tuple<RecordKey, std::string, LabelClass, std::string, std::string, Time>;

Saying saying_of(const RecordKey& key, const Label& label, Time when) {
    return {key, label.who, label.label, label.type, label.note, when};
}

/// An empty type says nothing, so it contradicts none.
bool contradicts(const Label& a, const Label& b) {
    return a.label != b.label || (a.type != b.type && !a.type.empty() && !b.type.empty());
}

std::string words_of(const Label& label) {
    std::string words(name_of(label.label));
    if (!label.type.empty()) words += " (" + label.type + ")";
    return words;
}

class Import {
public:
    Import(const Investigation& investigation, const std::vector<SourceId>& ids, std::span<const LabelEvent> events)
        : investigation_(investigation), ids_(ids), sources_(investigation) {
        const StepHistory history = history_of(events);
        for (const LabelEvent& event : events) {
            if (event.action == LabelEvent::Action::set && history.stands(event.step))
                said_.insert(saying_of(event.key, event.label, event.label.when));
        }
        for (StandingVerdict& verdict : standing_verdicts(events)) {
            said_.insert(saying_of(verdict.key, verdict.label, kUnknownTime));
            standing_[verdict.key].push_back(std::move(verdict.label));
        }
    }

    void take(const LabelRow& row, const std::string& who) {
        Label label = row.label;
        if (label.who.empty()) label.who = who;
        const std::int64_t masked = make_storable(label);
        const auto record = record_of(row);
        if (!record) return;
        const RecordKey key{ids_[raw(record->source)], row.kind, row.start_offset};
        if (!said_.insert(saying_of(key, label, label.when)).second) {
            ++result.already_there;
            return;
        }
        compare(row, *record, key, label);
        ++result.stored;
        result.card_numbers_masked += masked;
        fresh.push_back({key, std::move(label), {}});
    }

    LabelImport result;
    std::vector<NewLabel> fresh;

private:
    const Record* record_of(const LabelRow& row) {
        const SourceLookup::Found& found = sources_.find(row.source);
        if (!found.source) return unmatched(row, found.why_not);
        if (raw(ids_.at(*found.source)) == 0)
            return unmatched(row, fmt::format("{} is not stored in this workspace", sources_.names()[*found.source]));
        const auto records = records_of(investigation_, *found.source);
        if (const Record* record = record_at(records, row.kind, row.start_offset)) return record;
        return unmatched(row, sources_.names()[*found.source] + ": " + near_miss(records, row.kind, row.start_offset));
    }

    const Record* unmatched(const LabelRow& row, std::string why) {
        result.unmatched.push_back({row.line, std::move(why)});
        return nullptr;
    }

    void compare(const LabelRow& row, const Record& record, const RecordKey& key, const Label& label) {
        const auto stored = standing_.find(key);
        if (stored == standing_.end()) return;
        std::string others;
        for (const Label& other : stored->second) {
            if (contradicts(label, other))
                others += fmt::format("{}{} said {}", others.empty() ? "" : ", ", other.who, words_of(other));
        }
        if (others.empty()) return;
        result.contradictions.push_back(
            {row.line, fmt::format("{}#{}:{}: {} says {}; {}", sources_.names()[raw(record.source)], name_of(record.kind),
                                   record.ordinal, label.who, words_of(label), others)});
    }

    const Investigation& investigation_;
    const std::vector<SourceId>& ids_;
    SourceLookup sources_;
    std::set<Saying> said_;
    std::map<RecordKey, std::vector<Label>> standing_;  ///< before the import
};

std::string audit_details(const LabelImport& result, StepId step) {
    return nlohmann::ordered_json{{"step", raw(step)},
                                  {"stored", result.stored},
                                  {"already_there", result.already_there},
                                  {"contradictions", result.contradictions.size()},
                                  {"unmatched", result.unmatched.size()},
                                  {"card_numbers_masked", result.card_numbers_masked}}
        .dump();
}

}  // namespace

LabelImport import_labels(Workspace& workspace, const Investigation& investigation, const std::vector<SourceId>& ids,
                          const LabelFile& file, const std::string& who) {
    std::int64_t ignored = 0;
    const std::string importer = storable(who, ignored);
    if (importer.empty()) throw Error(ErrorCode::Invalid, "an import of labels must say who asked for it");
    return stored(workspace.path(), [&] {
        SQLite::Transaction transaction(workspace.database(), SQLite::TransactionBehavior::IMMEDIATE);
        Import import(investigation, ids, read_events(workspace.database(), 0));
        for (const LabelRow& row : file.rows) import.take(row, importer);
        StepId step{};
        if (!import.fresh.empty()) step = insert_step(workspace.database(), import.fresh).step;
        workspace.audit(importer, "label-import", storable(file.name, ignored), audit_details(import.result, step));
        transaction.commit();
        return std::move(import.result);
    });
}

}  // namespace abm
