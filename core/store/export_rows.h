// Within core/store: the lines of labels.* and features.*.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/labelled_data.h"

namespace abm {

/// Builds one line after the other, as CSV or as a JSON object with the columns as keys.
class RowText {
public:
    /// format: csv or jsonl. columns: outlive it.
    RowText(DatasetFormat format, std::span<const std::string> columns)
        : json_(format == DatasetFormat::jsonl), columns_(columns) {}

    void text(std::string_view value);
    void number(std::string_view digits);  ///< as it shall be printed
    void unknown();                        ///< an empty field, null in JSON
    /// The line with its end; the next row begins.
    const std::string& finish();
    /// The first line of a CSV file; empty for JSON Lines.
    std::string header() const;

private:
    void begin_cell();

    bool json_;
    std::span<const std::string> columns_;
    std::size_t at_ = 0;
    std::string line_, finished_;
};

std::vector<std::string> label_columns();
/// What says which record it is and what was decided, then the features.
std::vector<std::string> feature_columns(const Investigation& investigation);

void label_row(RowText& row, const LabelledData& data, const ExportedVerdict& verdict);
void feature_row(RowText& row, const Investigation& investigation, const LabelledData& data, const ExportedRecord& exported);
/// "+1 1:0.5 3:2\n"; empty for records that libsvm can not express: `unsure`, and those without features.
std::string libsvm_row(const Investigation& investigation, const ExportedRecord& exported);

}  // namespace abm
