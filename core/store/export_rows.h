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
/// The features of all tables side by side, each name once: records of a table without a feature have it unknown.
class ExportedFeatures {
public:
    explicit ExportedFeatures(const Investigation& investigation);
    const std::vector<std::string>& names() const { return names_; }
    /// [names] NaN: unknown; empty when models do not look at the record.
    std::vector<float> row(const Investigation& investigation, const Record& record) const;

private:
    std::vector<std::string> names_;
    std::vector<std::vector<std::size_t>> columns_;  ///< by table: where its features stand in names_
};

/// What says which record it is and what was decided, then the features.
std::vector<std::string> feature_columns(const ExportedFeatures& features);

/// What says which record it is, then what the program says of it.
std::vector<std::string> score_columns();

void label_row(RowText& row, const LabelledData& data, const ExportedVerdict& verdict);
void feature_row(RowText& row, const Investigation& investigation, const LabelledData& data, const ExportedRecord& exported,
                 const ExportedFeatures& features);
void score_row(RowText& row, const LabelledData& data, const ExportedRecord& exported, std::string_view reasons);
/// "+1 1:0.5 3:2\n"; empty for records that libsvm can not express: `unsure`, and those without features.
std::string libsvm_row(const Investigation& investigation, const ExportedRecord& exported, const ExportedFeatures& features);

}  // namespace abm
