// SourceStore::load(): two connections that see the same state, so that records and findings are read at the same time.
#include <SQLiteCpp/SQLiteCpp.h>

#include <future>
#include <thread>

#include "core/store/source_store.h"
#include "core/store/stored_rows.h"

namespace abm {
namespace {

/// Everything that changes sources is in the audit trail: the same last entry is the same state.
std::int64_t last_entry(SQLite::Database& database) {
    return database.execAndGet("SELECT coalesce(max(id), 0) FROM audit").getInt64();
}

/// Two read transactions that see the same state, whatever other programs write.
class SameState {
public:
    SameState(SQLite::Database& one, SQLite::Database& other) {
        do {
            first_.emplace(one);
            second_.emplace(other);
        } while (last_entry(one) != last_entry(other));
    }

private:
    std::optional<SQLite::Transaction> first_, second_;
};

void attach(StoredFindings&& read, const StoredRecords& places, Investigation& into) {
    for (std::size_t source = 0; source + 1 < places.first.size(); ++source) {
        const std::size_t records = places.first[source + 1] - places.first[source];
        for (std::size_t at = read.first[source]; at < read.first[source + 1]; ++at) {
            Finding& finding = read.findings[at];
            if (raw(finding.record) >= records)
                throw Error(ErrorCode::Corrupt, "a finding is about a record that does not exist");
            const std::size_t place = places.first[source] + raw(finding.record);
            finding.record = static_cast<RecordIndex>(place);
            Record& record = into.records[place];
            if (record.finding_count++ == 0) record.first_finding = static_cast<std::uint32_t>(at);
        }
    }
    into.findings = std::move(read.findings);
    into.source_findings = std::move(read.source_findings);
}

void attach(std::vector<CashMovement>&& movements, const std::vector<std::size_t>& first_record, Investigation& into) {
    for (CashMovement& movement : movements) {
        const std::size_t source = raw(movement.source);
        const std::size_t place = first_record[source] + raw(movement.record);
        if (place >= first_record[source + 1])
            throw Error(ErrorCode::Corrupt, "a cash movement is of a record that does not exist");
        movement.record = static_cast<RecordIndex>(place);
        movement.machine = into.records[place].machine;
    }
    into.movements = std::move(movements);
}

/// Rows within the source become rows of the matrix.
void attach(StoredFeatures&& features, Investigation& into) {
    for (Record& record : into.records) {
        if (record.feature_row < 0) continue;
        const std::size_t source = raw(record.source);
        if (record.feature_row >= features.rows[source]) throw Error(ErrorCode::Corrupt, "the features of a record are missing");
        record.feature_row += features.first[source];
    }
    into.features = std::move(features.tables);
}

/// What views need at once. Rows of features are not there yet.
StoredInvestigation without_rest(const StoredInvestigation& read) {
    StoredInvestigation copy = read;
    copy.investigation.partial = true;
    for (Record& record : copy.investigation.records) record.feature_row = -1;
    return copy;
}

/// Findings, then movements, on a thread and a connection of its own.
class SecondReader {
public:
    SecondReader(Workspace& workspace, const StoredSources& sources, const Progress& progress)
        : workspace_(workspace), sources_(sources), progress_(progress) {
        findings = findings_.get_future();
        movements = movements_.get_future();
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }

    std::future<StoredFindings> findings;
    std::future<std::vector<CashMovement>> movements;

private:
    void run(const std::stop_token& stop) {
        const RowsRead rows_read = [&](std::size_t) {
            if (stop.stop_requested() || progress_.cancelled()) throw Error(ErrorCode::Cancelled, "cancelled");
        };
        const auto keep = [](auto& promise, auto&& read) {
            try {
                promise.set_value(read());
            } catch (...) {
                promise.set_exception(std::current_exception());
            }
        };
        SQLite::Database& database = workspace_.database();
        const Words& words = workspace_.words();
        keep(findings_, [&] { return read_findings(database, words, sources_, rows_read); });
        keep(movements_, [&] { return read_movements(database, words, sources_, rows_read); });
    }

    Workspace& workspace_;
    const StoredSources& sources_;
    const Progress& progress_;
    std::promise<StoredFindings> findings_;
    std::promise<std::vector<CashMovement>> movements_;
    std::jthread thread_;  ///< last: joined before the others go
};

}  // namespace

StoredInvestigation SourceStore::load(const Progress& progress, const std::function<void(StoredInvestigation)>& first) const {
    return load({}, progress, first);
}

Investigation SourceStore::load_one(SourceId id, const Progress& progress) const { return load(id, progress, {}).investigation; }

StoredInvestigation SourceStore::load(std::optional<SourceId> only, const Progress& progress,
                                      const std::function<void(StoredInvestigation)>& first) const {
    return stored(workspace_.path(), [&] {
        Workspace other = Workspace::open(workspace_.path(), Workspace::Access::read_only);
        const SameState state(workspace_.database(), other.database());
        StoredSources sources = read_sources(workspace_.database(), workspace_.words(), only);
        SecondReader second(other, sources, progress);

        const auto report = [&](double begin, double share, std::size_t of) {
            return RowsRead([&progress, begin, share, of](std::size_t rows) {
                const double done = std::min(1.0, static_cast<double>(rows) / static_cast<double>(std::max<std::size_t>(of, 1)));
                progress.checkpoint(begin + share * done, "loading");
            });
        };
        constexpr double kRecordsShare = 0.6;
        StoredInvestigation all;
        all.ids = sources.ids;
        all.investigation.sources = sources.sources;
        StoredRecords records = read_records(workspace_.database(), workspace_.words(), sources,
                                             report(0.0, kRecordsShare, sources.expected_records));
        all.investigation.records = std::move(records.records);
        all.investigation.machines = std::move(records.machines);
        attach(second.findings.get(), records, all.investigation);
        if (first) first(without_rest(all));
        attach(
            read_features(workspace_.database(), sources, report(kRecordsShare, 1.0 - kRecordsShare, sources.expected_records)),
            all.investigation);
        attach(second.movements.get(), records.first, all.investigation);
        return all;
    });
}

}  // namespace abm
