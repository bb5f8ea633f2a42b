// Label files that experts and programs exchange, and the labelled data for training elsewhere.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/investigation.h"
#include "core/store/label_store.h"

namespace abm {

/// A row of a label file: source,kind,start_offset,label,type,note,who,when.
struct LabelRow {
    std::int64_t line = 0;
    std::string source;
    RecordKind kind{};
    std::int64_t start_offset = 0;
    Label label;  ///< who and when may be empty or unknown
};
struct RowProblem {
    std::int64_t line = 0;
    std::string message;
};
struct LabelFile {
    std::string name;  ///< for messages and the audit trail
    std::vector<LabelRow> rows;
    std::vector<RowProblem> problems;  ///< rows that say nothing one could store
};
/// CSV, or JSON Lines when the first character is '{'. Columns by name, in any order; others are ignored.
/// Throws Error{Corrupt} when it is neither, Error{Invalid} when a needed column is missing (source, start_offset, label).
LabelFile read_label_file(std::istream& input, const std::string& name);

struct LabelImport {
    std::int64_t stored = 0, already_there = 0;
    std::vector<RowProblem> contradictions;  ///< stored as another expert's verdict; both stand
    std::vector<RowProblem> unmatched;       ///< no such record: not stored
    std::int64_t card_numbers_masked = 0;
};
/// All rows in one step and one transaction. who: for rows that name nobody.
LabelImport import_labels(Workspace& workspace, const Investigation& investigation, const std::vector<SourceId>& ids,
                          const LabelFile& file, const std::string& who);

enum class DatasetFormat : std::uint8_t { csv, jsonl, libsvm };
struct ExportOptions {
    DatasetFormat format = DatasetFormat::csv;
    bool all = false;     ///< every record, not only the labelled
    std::string program;  ///< "abm 0.2.0", for the manifest
    std::string who;      ///< for the audit trail
    /// Why a record stands where it stands. When given, the scores are written too.
    std::function<std::string(RecordIndex)> reasons_of = {};
};
/// Writes into `folder` (made when absent): labels.csv or labels.jsonl, one row for each expert's standing verdict; the features
/// of each record with its label that counts, as features.csv, features.jsonl or features.libsvm; manifest.json with sources,
/// columns, counts and checksums. Bytes depend on sources and labels only. Beside them, for the same records, scores.csv or
/// scores.jsonl: what the model of today says and why; the manifest does not speak of it. Each file appears under its name only
/// when it is complete. Returns the files written. Throws Error{Io}; older files are kept then.
std::vector<std::filesystem::path> export_labelled(Workspace& workspace, const Investigation& investigation,
                                                   const std::vector<SourceId>& ids, const std::filesystem::path& folder,
                                                   const ExportOptions& options, const Progress& progress);

}  // namespace abm
