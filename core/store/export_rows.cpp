#include "core/store/export_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "core/base/text_encoding.h"
#include "core/data/record_names.h"
#include "core/store/label_columns.h"
#include "core/store/utc_text.h"

namespace abm {
namespace {

std::string json_text(std::string_view text) { return nlohmann::json(as_utf8(text)).dump(); }

/// Types of the findings, gravest first, each once.
std::string finding_types(const Investigation& investigation, const Record& record) {
    std::vector<RecordType> types;
    for (const Finding& finding : investigation.findings_of(record)) {
        if (std::find(types.begin(), types.end(), finding.type) == types.end()) types.push_back(finding.type);
    }
    std::string text;
    for (const RecordType type : types) text += fmt::format("{}{}", text.empty() ? "" : ";", name_of(type));
    return text;
}

void which_record(RowText& row, const LabelledData& data, const Record& record) {
    row.text(data.names[raw(record.source)]);
    row.text(name_of(record.kind));
    row.number(std::to_string(record.ordinal));
    row.number(std::to_string(record.span.offset));
}

}  // namespace

void RowText::begin_cell() {
    if (json_) {
        line_ += at_ == 0 ? "{" : ",";
        line_ += json_text(columns_[at_]);
        line_ += ':';
    } else if (at_ > 0) {
        line_ += ',';
    }
    ++at_;
}

void RowText::text(std::string_view value) {
    begin_cell();
    line_ += json_ ? json_text(value) : csv_field(value);
}

void RowText::number(std::string_view digits) {
    begin_cell();
    line_ += digits;
}

void RowText::unknown() {
    begin_cell();
    if (json_) line_ += "null";
}

const std::string& RowText::finish() {
    line_ += json_ ? "}\n" : "\n";
    std::swap(line_, finished_);
    line_.clear();
    at_ = 0;
    return finished_;
}

std::string RowText::header() const {
    if (json_) return {};
    std::string line;
    for (const std::string& column : columns_) line += (line.empty() ? "" : ",") + csv_field(column);
    return line + '\n';
}

std::vector<std::string> label_columns() { return {kLabelColumns.begin(), kLabelColumns.end()}; }

ExportedFeatures::ExportedFeatures(const Investigation& investigation) {
    const FeatureTables& tables = investigation.features;
    for (std::size_t table = 0; table < tables.size(); ++table) {
        std::vector<std::size_t>& columns = columns_.emplace_back();
        for (const std::string& name : tables[table].features.names) {
            const auto known = std::ranges::find(names_, name);
            columns.push_back(static_cast<std::size_t>(known - names_.begin()));
            if (known == names_.end()) names_.push_back(name);
        }
    }
}

std::vector<float> ExportedFeatures::row(const Investigation& investigation, const Record& record) const {
    if (record.feature_row < 0 || record.feature_row >= investigation.features.rows()) return {};
    const std::vector<std::size_t>& columns = columns_[investigation.features.place_of(record.feature_row).table];
    const std::span<const float> values = investigation.features.values_of(record.feature_row);
    std::vector<float> row(names_.size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t column = 0; column < columns.size(); ++column) row[columns[column]] = values[column];
    return row;
}

std::vector<std::string> feature_columns(const ExportedFeatures& features) {
    std::vector<std::string> columns{"source",  "kind",     "ordinal", "start_offset", "start_time",
                                     "machine", "findings", "label",   "type"};
    columns.insert(columns.end(), features.names().begin(), features.names().end());
    return columns;
}

std::vector<std::string> score_columns() {
    return {"source", "kind", "ordinal", "start_offset", "score", "severity", "type", "reasons"};
}

void label_row(RowText& row, const LabelledData& data, const ExportedVerdict& exported) {
    const StandingVerdict& verdict = *exported.verdict;
    row.text(data.names[exported.source]);
    row.text(name_of(verdict.key.kind));
    row.number(std::to_string(verdict.key.start_offset));
    row.text(name_of(verdict.label.label));
    row.text(verdict.label.type);
    row.text(verdict.label.note);
    row.text(verdict.label.who);
    row.text(utc_text(verdict.label.when));
}

void feature_row(RowText& row, const Investigation& investigation, const LabelledData& data, const ExportedRecord& exported,
                 const ExportedFeatures& features) {
    const Record& record = *exported.record;
    const auto text_if = [&row](bool known, std::string_view text) { known ? row.text(text) : row.unknown(); };
    which_record(row, data, record);
    text_if(known(record.start), iso8601(record.start));
    row.text(investigation.machine_of(record));
    row.text(finding_types(investigation, record));
    text_if(exported.verdict != nullptr, exported.verdict ? name_of(exported.verdict->label.label) : "");
    text_if(exported.verdict != nullptr, exported.verdict ? std::string_view(exported.verdict->label.type) : "");
    const std::vector<float> values = features.row(investigation, record);
    for (std::size_t i = 0; i < features.names().size(); ++i) {
        if (i < values.size() && std::isfinite(values[i])) {
            row.number(fmt::format("{}", values[i]));
        } else {
            row.unknown();
        }
    }
}

void score_row(RowText& row, const LabelledData& data, const ExportedRecord& exported, std::string_view reasons) {
    const Record& record = *exported.record;
    which_record(row, data, record);
    row.number(score_digits(record.score));
    row.text(name_of(record.severity));
    row.text(name_of(record.type));
    row.text(reasons);
}

std::string libsvm_row(const Investigation& investigation, const ExportedRecord& exported, const ExportedFeatures& features) {
    const LabelClass label = exported.verdict == nullptr ? LabelClass::none : exported.verdict->label.label;
    const std::vector<float> values = features.row(investigation, *exported.record);
    if (label == LabelClass::unsure || values.empty()) return {};
    std::string line = label == LabelClass::anomaly ? "+1" : label == LabelClass::normal ? "-1" : "0";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i])) fmt::format_to(std::back_inserter(line), " {}:{}", i + 1, values[i]);
    }
    return line + '\n';
}

}  // namespace abm
