#include "core/pipeline/join.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "core/data/sequence_joiner.h"

namespace abm {
namespace {

/// The rows of all pieces of one schema, and where each piece's begin.
class JoinedTable {
public:
    explicit JoinedTable(const std::vector<std::string>& names) { table_.features.names = names; }
    const std::vector<std::string>& names() const { return table_.features.names; }

    /// Returns the row the piece's first becomes.
    std::int32_t reserve(const FeatureTable& piece) {
        const std::int32_t first = rows_;
        rows_ += static_cast<std::int32_t>(piece.features.rows());
        parts_.push_back(&piece);
        return first;
    }

    FeatureTable finish() {
        table_.features.values.resize(rows_, static_cast<Eigen::Index>(names().size()));
        SequenceJoiner sequences;
        Eigen::Index row = 0;
        for (const FeatureTable* part : parts_) {
            table_.features.values.middleRows(row, part->features.rows()) = part->features.values;
            row += part->features.rows();
            sequences.take(part->sequences, static_cast<std::size_t>(part->features.rows()));
        }
        table_.sequences = sequences.finish();
        return std::move(table_);
    }

private:
    FeatureTable table_;
    std::int32_t rows_ = 0;
    std::vector<const FeatureTable*> parts_;
};

class Join {
public:
    explicit Join(std::vector<Investigation> pieces) : pieces_(std::move(pieces)) {}

    Investigation run() {
        lay_out_tables();
        std::vector<Finding> findings;
        std::vector<CashMovement> movements;
        for (std::size_t piece = 0; piece < pieces_.size(); ++piece) take(piece, findings, movements);
        all_.findings = std::move(findings);
        all_.movements = std::move(movements);
        for (JoinedTable& table : tables_) all_.features.add(table.finish());
        return std::move(all_);
    }

private:
    /// Where a table of a piece went.
    struct Place {
        std::size_t table = 0;
        std::int32_t first = 0;
    };

    void lay_out_tables() {
        for (const Investigation& piece : pieces_) {
            std::vector<Place>& places = places_.emplace_back();
            for (std::size_t at = 0; at < piece.features.size(); ++at) {
                const FeatureTable& table = piece.features[at];
                auto joined = std::ranges::find_if(
                    tables_, [&](const JoinedTable& known) { return known.names() == table.features.names; });
                if (joined == tables_.end()) joined = tables_.insert(joined, JoinedTable(table.features.names));
                places.push_back({static_cast<std::size_t>(joined - tables_.begin()), joined->reserve(table)});
            }
        }
        first_row_.assign(tables_.size() + 1, 0);
        std::vector<std::int32_t> rows(tables_.size(), 0);
        for (std::size_t piece = 0; piece < pieces_.size(); ++piece) {
            for (std::size_t at = 0; at < places_[piece].size(); ++at)
                rows[places_[piece][at].table] += static_cast<std::int32_t>(pieces_[piece].features[at].features.rows());
        }
        for (std::size_t table = 0; table < rows.size(); ++table) first_row_[table + 1] = first_row_[table] + rows[table];
    }

    std::vector<MachineIndex> take_machines(const Investigation& piece) {
        std::vector<MachineIndex> places;
        for (const std::string& name : piece.machines) {
            const auto [known, added] = machines_.try_emplace(name, static_cast<MachineIndex>(all_.machines.size()));
            if (added) all_.machines.push_back(name);
            places.push_back(known->second);
        }
        return places;
    }

    std::int32_t joined_row(std::size_t piece, std::int32_t row) const {
        const FeatureTables::Place from = pieces_[piece].features.place_of(row);
        const Place& to = places_[piece][from.table];
        return first_row_[to.table] + to.first + from.row;
    }

    void take(std::size_t at, std::vector<Finding>& findings, std::vector<CashMovement>& movements) {
        Investigation& piece = pieces_[at];
        const std::vector<MachineIndex> machine_at = take_machines(piece);
        const auto machine = [&](MachineIndex index) { return machine_at.empty() ? index : machine_at[raw(index)]; };
        const auto source = [first = all_.sources.size()](auto index) {
            return static_cast<decltype(index)>(raw(index) + first);
        };
        const auto record = [first = all_.records.size()](RecordIndex index) {
            return static_cast<RecordIndex>(raw(index) + first);
        };
        const auto first_finding = static_cast<std::uint32_t>(findings.size());
        for (Record& moved : piece.records) {
            moved.source = source(moved.source);
            moved.machine = machine(moved.machine);
            moved.first_finding += first_finding;
            if (moved.feature_row >= 0) moved.feature_row = joined_row(at, moved.feature_row);
            all_.records.push_back(moved);
        }
        for (Finding& moved : piece.findings.edit()) {
            moved.record = record(moved.record);
            findings.push_back(std::move(moved));
        }
        for (Finding& moved : piece.source_findings) {
            moved.record = source(moved.record);
            all_.source_findings.push_back(std::move(moved));
        }
        for (CashMovement moved : piece.movements) {
            moved.source = source(moved.source);
            moved.record = record(moved.record);
            moved.machine = machine(moved.machine);
            movements.push_back(moved);
        }
        std::ranges::move(piece.sources, std::back_inserter(all_.sources));
        std::vector<Record>().swap(piece.records);
    }

    std::vector<Investigation> pieces_;
    std::vector<JoinedTable> tables_;
    std::vector<std::vector<Place>> places_;  ///< by piece and its table
    std::vector<std::int32_t> first_row_;     ///< by joined table, and one past the end
    std::unordered_map<std::string, MachineIndex> machines_;
    Investigation all_;
};

}  // namespace

Investigation investigation_of(SourceReading reading) {
    Investigation one;
    one.machines = std::move(reading.entities);
    if (one.machines.empty()) one.machines.push_back(reading.source.machine);
    one.records = std::move(reading.records);
    one.findings = std::move(reading.findings);
    one.source_findings = std::move(reading.source_findings);
    if (reading.features.columns() > 0) {
        one.features.add({std::move(reading.features), std::move(reading.sequences)});
    } else {
        for (Record& record : one.records) record.feature_row = -1;
    }
    one.sources.push_back(std::move(reading.source));
    return one;
}

Investigation join(std::vector<Investigation> pieces) {
    if (pieces.size() == 1) return std::move(pieces.front());
    return Join(std::move(pieces)).run();
}

}  // namespace abm
