#include "core/series/table_layout.h"

#include <fmt/format.h>

#include "core/base/text_encoding.h"
#include "core/ingest/text_scan.h"
#include "core/series/column_roles.h"

namespace abm {
namespace {

void add_problem(Source& source, std::int64_t offset, bool fatal, std::string message) {
    source.problems.push_back({offset, 1, fatal, std::move(message)});
}

class Survey {
public:
    Survey(Source& source, const Progress& progress) : source_(source), progress_(progress) {}

    std::optional<TableLayout> run() {
        SourceIdentity identity;
        TableInput input(source_.path, {}, &identity);
        source_.gzip = input.bytes().is_gzip();
        const TextEncoding encoding = sniff_encoding(input.head());
        source_.encoding = name_of(encoding);
        if (const std::string reason = encoding_refusal(encoding, "a table as CSV or JSON Lines"); !reason.empty()) {
            add_problem(source_, 0, true, fmt::format("{}: {}", source_.name, reason));
            return std::nullopt;
        }
        source_.format = input.form().json ? "jsonl" : "csv";
        read_rows(input);
        finish(input, identity);
        TableLayout layout;
        layout.names = input.columns();
        profiles_.resize(layout.names.size());
        assign_roles(profiles_, rows_, layout);
        report_dates(layout);
        return layout;
    }

private:
    void read_rows(TableInput& input) {
        TableRow row;
        for (std::int64_t i = 0; input.next(row); ++i) {
            if (i % kRowsPerReport == 0) progress_.checkpoint(input.bytes().position_fraction() / 2, "columns");
            count_line_ends(row);
            if (!row.understood) {
                not_understood(row.span);
                continue;
            }
            ++rows_;
            if (profiles_.size() < row.cells.size()) profiles_.resize(row.cells.size());
            for (std::size_t column = 0; column < row.cells.size(); ++column) profiles_[column].add(row.cells[column]);
        }
        source_.lines = rows_ + source_.lines_not_understood + (input.form().header ? 1 : 0);
        if (input.left_out())
            add_problem(source_, -1, false,
                        fmt::format("more than {} columns; those beyond were left out", TableInput::kMostColumns));
    }

    void count_line_ends(const TableRow& row) {
        const LineEnd end = row.ends_cr ? (row.ends_lf ? LineEnd::crlf : LineEnd::cr) : row.ends_lf ? LineEnd::lf : LineEnd::none;
        if (end == LineEnd::none) return;
        if (source_.line_end == LineEnd::none) source_.line_end = end;
        if (source_.line_end != end) source_.line_end = LineEnd::mixed;
    }

    void not_understood(TextSpan span) {
        ++source_.lines_not_understood;
        if (source_.first_not_understood.size() < kMostNotUnderstood) source_.first_not_understood.push_back(span);
    }

    void finish(const TableInput& input, const SourceIdentity& identity) {
        source_.identity = identity.hex();
        source_.bytes = identity.bytes();
        if (const auto& problem = input.bytes().problem()) add_problem(source_, problem->offset, true, problem->message);
        if (source_.bytes == 0) {
            source_.format = "empty";
            add_problem(source_, -1, false, fmt::format("{} is empty: there is nothing to read", source_.name));
        } else if (rows_ == 0) {
            add_problem(source_, -1, false, fmt::format("{}: no row of it was understood", source_.name));
        }
    }

    void report_dates(const TableLayout& layout) {
        if (!layout.time || !profiles_[*layout.time].ambiguous_dates()) return;
        add_problem(source_, -1, false,
                    fmt::format("{}: nothing tells day and month apart in column \"{}\": its times are unknown. Write dates as "
                                "2026-03-14",
                                source_.name, layout.columns[*layout.time].name));
    }

    Source& source_;
    const Progress& progress_;
    std::vector<ColumnProfile> profiles_;
    std::int64_t rows_ = 0;
};

}  // namespace

std::vector<std::size_t> TableLayout::features() const {
    std::vector<std::size_t> found;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns[column].role == ColumnRole::feature) found.push_back(column);
    }
    return found;
}

std::optional<TableLayout> survey_table(Source& source, const Progress& progress) {
    source.name = source.path == "-" ? "standard input" : source.path.filename().string();
    source.format = "unknown";
    try {
        return Survey(source, progress).run();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled) throw;
        add_problem(source, -1, true, error.what());
        return std::nullopt;
    }
}

Time row_time(const TableLayout& layout, std::string_view cell) {
    const TimeText time = time_of_cell(trimmed(cell));
    return time.size == 0 ? kUnknownTime : time_of(time, layout.date_order);
}

}  // namespace abm
