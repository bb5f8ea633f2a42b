// Label files come from spreadsheets, scripts and strangers. Whatever the bytes: an Error, or rows that can be stored; nothing
// that is stored shows a full card number, and rows written as a label file are read back as they were.
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "core/base/card_mask.h"
#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/text_encoding.h"
#include "core/store/label_cells.h"
#include "core/store/label_events.h"
#include "core/store/utc_text.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void check_storable(const std::string& text) {
    require(abm::count_card_numbers(text) == 0);
    require(abm::as_utf8(text) == text);
}

void check_row(const abm::LabelRow& row) {
    require(row.line > 0 && row.start_offset >= 0 && !row.source.empty());
    require(row.label.label != abm::LabelClass::none);
    require(!abm::known(row.label.when) || abm::parse_utc(abm::utc_text(row.label.when)) == row.label.when);
    abm::Label stored = row.label;
    abm::make_storable(stored);
    for (const std::string* text : {&stored.type, &stored.note, &stored.who}) check_storable(*text);
    abm::Label again = stored;
    require(abm::make_storable(again) == 0 && again.note == stored.note && again.type == stored.type && again.who == stored.who);
}

std::string csv_of(const abm::LabelFile& file) {
    std::string text;
    for (const std::string_view column : abm::kLabelColumns) text += (text.empty() ? "" : ",") + abm::csv_field(column);
    for (const abm::LabelRow& row : file.rows) {
        text += '\n' + abm::csv_field(row.source) + ',' + std::string(name_of(row.kind)) + ',' + std::to_string(row.start_offset);
        text += ',' + std::string(name_of(row.label.label)) + ',' + abm::csv_field(row.label.type);
        text += ',' + abm::csv_field(row.label.note) + ',' + abm::csv_field(row.label.who) + ',' + abm::utc_text(row.label.when);
    }
    return text + '\n';
}

bool same(const abm::LabelRow& a, const abm::LabelRow& b) {
    return a.source == b.source && a.kind == b.kind && a.start_offset == b.start_offset && a.label.label == b.label.label &&
           a.label.type == b.label.type && a.label.note == b.label.note && a.label.who == b.label.who &&
           a.label.when == b.label.when;
}

void check_round_trip(const abm::LabelFile& file) {
    std::istringstream input(csv_of(file));
    const abm::LabelFile again = abm::read_label_file(input, "again.csv");
    require(again.problems.empty() && again.rows.size() == file.rows.size());
    for (std::size_t i = 0; i < file.rows.size(); ++i) require(same(again.rows[i], file.rows[i]));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::istringstream input(std::string(reinterpret_cast<const char*>(data), size));
    abm::LabelFile file;
    try {
        file = abm::read_label_file(input, "fuzz.csv");
    } catch (const abm::Error& error) {
        require(error.code() == abm::ErrorCode::Corrupt || error.code() == abm::ErrorCode::Invalid);
        return 0;
    }
    for (const abm::LabelRow& row : file.rows) check_row(row);
    for (const abm::RowProblem& problem : file.problems) check_storable(problem.message);
    check_round_trip(file);
    return 0;
}
