#include "core/store/label_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/base/card_mask.h"
#include "core/base/letters.h"
#include "core/base/text_encoding.h"
#include "core/store/label_events.h"
#include "core/store/utc_text.h"

namespace abm {
namespace {

constexpr std::size_t kShownCharacters = 60;

std::optional<RecordKind> kind_from(std::string_view text) {
    if (text.empty()) return RecordKind::session;
    for (const RecordKind kind :
         {RecordKind::session, RecordKind::interval, RecordKind::window, RecordKind::entity, RecordKind::row}) {
        if (text == name_of(kind)) return kind;
    }
    return std::nullopt;
}

std::optional<std::int64_t> offset_from(std::string_view text) {
    std::int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

/// The row, or in `problem` the first thing that is wrong with it.
LabelRow row_from(const LabelCells& cells, std::string& problem) {
    const auto wrong = [&](LabelColumn column, std::string_view expected) {
        if (!problem.empty()) return;
        problem =
            fmt::format("{} is {}: {}", kLabelColumns[static_cast<std::size_t>(column)], quoted_cell(cells[column]), expected);
    };
    LabelRow row;
    row.source = cells[LabelColumn::source];
    if (trimmed_of_line_ends(row.source).empty()) wrong(LabelColumn::source, "name the file the record is in");
    const auto kind = kind_from(trimmed_of_line_ends(cells[LabelColumn::kind]));
    if (!kind) wrong(LabelColumn::kind, "session, interval, window, entity or row are known");
    row.kind = kind.value_or(RecordKind::session);
    const auto offset = offset_from(trimmed_of_line_ends(cells[LabelColumn::start_offset]));
    if (!offset) wrong(LabelColumn::start_offset, "the byte the record starts at is a whole number from 0");
    row.start_offset = offset.value_or(0);
    const auto label = label_class_from_name(trimmed_of_line_ends(cells[LabelColumn::label]));
    if (!label) wrong(LabelColumn::label, "anomaly, normal or unsure are known");
    row.label.label = label.value_or(LabelClass::none);
    row.label.type = trimmed_of_line_ends(cells[LabelColumn::type]);
    if (!is_type(row.label.type)) wrong(LabelColumn::type, "a type is one line of at most 64 characters");
    row.label.note = cells[LabelColumn::note];
    row.label.who = trimmed_of_line_ends(cells[LabelColumn::who]);
    const std::string_view when = trimmed_of_line_ends(cells[LabelColumn::when]);
    const auto time = parse_utc(when);
    if (!time && !when.empty()) wrong(LabelColumn::when, "a time is written 2026-11-20T15:43:53Z, in UTC");
    row.label.when = time.value_or(kUnknownTime);
    return row;
}

}  // namespace

std::optional<LabelColumn> label_column(std::string_view name) {
    name = trimmed_of_line_ends(name);
    if (name == "file") return LabelColumn::source;
    if (name == "notes") return LabelColumn::note;
    const auto found = std::find(kLabelColumns.begin(), kLabelColumns.end(), name);
    if (found == kLabelColumns.end()) return std::nullopt;
    return static_cast<LabelColumn>(found - kLabelColumns.begin());
}

void take_row(std::int64_t line, const LabelCells& cells, LabelFile& into) {
    std::string problem;
    LabelRow row = row_from(cells, problem);
    if (!problem.empty()) {
        into.problems.push_back({line, std::move(problem)});
        return;
    }
    row.line = line;
    into.rows.push_back(std::move(row));
}

std::string quoted_cell(std::string_view text) {
    std::string masked(text);
    mask_card_numbers(masked);
    std::string shown = printable(masked);
    if (shown.empty()) return "empty";
    return fmt::format("\"{}\"", cut_masked(std::move(shown), kShownCharacters, "..."));
}

}  // namespace abm
