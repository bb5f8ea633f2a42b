#include "core/store/finding_writer.h"

#include <optional>

#include "core/store/fast_rows.h"
#include "core/store/row_values.h"
#include "core/store/source_text.h"

namespace abm {
namespace {

class FindingRows {
public:
    FindingRows(const RowSink& sink, std::span<const Finding> of_records, std::size_t first_record,
                const std::vector<const Finding*>& of_source)
        : sink_(sink), of_records_(of_records), first_record_(first_record), of_source_(of_source) {}

    void write() const {
        std::string evidence;  // as long as the row is being inserted
        write_from(sink_, "findings", 12, standing(), size(), [&](SQLite::Statement& add, std::size_t position) {
            evidence = evidence_text(at(position).evidence);
            bind(add, position, evidence);
        });
    }

private:
    std::size_t size() const { return of_records_.size() + of_source_.size(); }
    const Finding& at(std::size_t position) const {
        return position < of_records_.size() ? of_records_[position] : *of_source_[position - of_records_.size()];
    }
    /// Of its record within the source; nullopt: it is about the source.
    std::optional<std::int64_t> record_position(std::size_t position) const {
        if (position >= of_records_.size()) return std::nullopt;
        return static_cast<std::int64_t>(raw(of_records_[position].record) - first_record_);
    }

    /// How many at the front are stored as they are.
    std::size_t standing() const {
        FastRows row(sink_.database,
                     "SELECT record_position, type, severity, amount, span_offset, span_bytes, rule, sentence, action, evidence"
                     " FROM findings WHERE source_id = ? ORDER BY position");
        row.bind(1, raw(sink_.source));
        std::size_t position = 0;
        while (position < size() && row.next() && same(row, position)) ++position;
        return position;
    }

    bool same(const FastRows& row, std::size_t position) const {
        const Finding& finding = at(position);
        const auto record = record_position(position);
        return row.is_null(0) == !record && row.integer(0) == record.value_or(0) &&
               row.integer(1) == sink_.words.types.code(finding.type) &&
               row.integer(2) == sink_.words.severities.code(finding.severity) && row.money(3) == finding.amount &&
               row.integer(4) == finding.span.offset && row.integer(5) == finding.span.bytes && row.text(6) == finding.rule &&
               row.text(7) == finding.sentence && row.text(8) == finding.action && row.text(9) == evidence_text(finding.evidence);
    }

    void bind(SQLite::Statement& add, std::size_t position, const std::string& evidence) const {
        const Finding& finding = at(position);
        const auto record = record_position(position);
        record ? add.bind(3, *record) : add.bind(3);
        add.bind(4, sink_.words.types.code(finding.type));
        add.bind(5, sink_.words.severities.code(finding.severity));
        bind_money(add, 6, finding.amount);
        add.bind(7, finding.span.offset);
        add.bind(8, finding.span.bytes);
        add.bindNoCopy(9, finding.rule);
        add.bindNoCopy(10, finding.sentence);
        add.bindNoCopy(11, finding.action);
        add.bindNoCopy(12, evidence);
    }

    const RowSink& sink_;
    std::span<const Finding> of_records_;
    std::size_t first_record_;
    const std::vector<const Finding*>& of_source_;
};

}  // namespace

void write_findings(const RowSink& sink, std::span<const Finding> of_records, std::size_t first_record,
                    const std::vector<const Finding*>& of_source) {
    FindingRows(sink, of_records, first_record, of_source).write();
}

}  // namespace abm
