#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "core/base/error.h"
#include "core/features/session_features.h"
#include "core/store/export_file.h"
#include "core/store/export_rows.h"
#include "core/store/label_file.h"

namespace abm {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int kFormatVersion = 1;
constexpr std::size_t kExportedPerCheckpoint = 4096;

std::string_view ending_of(DatasetFormat format) {
    switch (format) {
        case DatasetFormat::csv:
            return "csv";
        case DatasetFormat::jsonl:
            return "jsonl";
        case DatasetFormat::libsvm:
            return "libsvm";
    }
    return "csv";
}

/// What libsvm cannot say goes into a CSV file beside it.
DatasetFormat label_format(DatasetFormat format) { return format == DatasetFormat::libsvm ? DatasetFormat::csv : format; }

void write_labels(ExportFile& file, const LabelledData& data, DatasetFormat format, const Progress& progress) {
    const std::vector<std::string> columns = label_columns();
    RowText row(format, columns);
    file.write(row.header());
    for (std::size_t i = 0; i < data.verdicts.size(); ++i) {
        if (i % kExportedPerCheckpoint == 0) progress.checkpoint(-1, "labels");
        label_row(row, data, data.verdicts[i]);
        file.write(row.finish());
    }
}

/// Returns the rows written.
std::int64_t write_features(ExportFile& file, const Investigation& investigation, const ExportedFeatures& features,
                            const LabelledData& data, DatasetFormat format, const Progress& progress) {
    const std::vector<std::string> columns = feature_columns(features);
    RowText row(format, columns);
    const bool libsvm = format == DatasetFormat::libsvm;
    if (!libsvm) file.write(row.header());
    std::int64_t rows = 0;
    for (std::size_t i = 0; i < data.records.size(); ++i) {
        if (i % kExportedPerCheckpoint == 0)
            progress.checkpoint(static_cast<double>(i) / static_cast<double>(data.records.size()), "features");
        std::string line;
        if (libsvm) {
            line = libsvm_row(investigation, data.records[i], features);
        } else {
            feature_row(row, investigation, data, data.records[i], features);
            line = row.finish();
        }
        rows += line.empty() ? 0 : 1;
        file.write(line);
    }
    return rows;
}

void write_scores(ExportFile& file, const Investigation& investigation, const LabelledData& data, const ExportOptions& options,
                  const Progress& progress) {
    const std::vector<std::string> columns = score_columns();
    RowText row(label_format(options.format), columns);
    file.write(row.header());
    for (std::size_t i = 0; i < data.records.size(); ++i) {
        if (i % kExportedPerCheckpoint == 0)
            progress.checkpoint(static_cast<double>(i) / static_cast<double>(data.records.size()), "scores");
        const auto index = static_cast<RecordIndex>(data.records[i].record - investigation.records.data());
        score_row(row, data, data.records[i], options.reasons_of(index));
        file.write(row.finish());
    }
}

std::string_view unit_of(std::string_view feature) {
    const std::string_view natural = natural_name(feature);
    if (natural.ends_with("_s")) return "s";
    if (natural.ends_with("_amount")) return "currency units";
    return natural.ends_with("_flag") ? "0 or 1" : "1";
}

/// In the order of the columns, which is that of the indices of libsvm.
OrderedJson features_json(const std::vector<std::string>& names) {
    OrderedJson list = OrderedJson::array();
    for (const std::string& name : names) {
        OrderedJson feature{{"index", list.size() + 1}, {"name", name}, {"unit", unit_of(name)}};
        if (natural_name(name) != name) feature["transform"] = "log(1 + x)";
        list.push_back(std::move(feature));
    }
    return list;
}

OrderedJson sources_json(const Investigation& investigation, const LabelledData& data) {
    OrderedJson list = OrderedJson::array();
    for (const std::size_t index : data.sources) {
        const Source& source = investigation.sources[index];
        list.push_back({{"name", data.names[index]}, {"identity", source.identity}, {"bytes", source.bytes}});
    }
    return list;
}

OrderedJson counts_json(const std::map<LabelClass, std::int64_t>& counts) {
    OrderedJson json = OrderedJson::object();
    for (const LabelClass label : {LabelClass::anomaly, LabelClass::normal, LabelClass::unsure}) {
        const auto found = counts.find(label);
        json[std::string(name_of(label))] = found == counts.end() ? 0 : found->second;
    }
    return json;
}

OrderedJson label_counts_json(const LabelledData& data) {
    std::map<LabelClass, std::int64_t> counting;
    std::map<std::string, std::map<LabelClass, std::int64_t>> experts;
    std::int64_t disputed = 0;
    for (const ExportedVerdict& exported : data.verdicts) {
        const StandingVerdict& verdict = *exported.verdict;
        ++experts[verdict.label.who][verdict.label.label];
        if (!verdict.counts) continue;
        ++counting[verdict.label.label];
        disputed += verdict.disputed ? 1 : 0;
    }
    OrderedJson by_expert = OrderedJson::object();
    for (const auto& [who, counts] : experts) by_expert[who] = counts_json(counts);
    return {{"records", counts_json(counting)},
            {"disputed_records", disputed},
            {"experts", std::move(by_expert)},
            {"labels_without_record", data.without_record},
            {"labels_without_source", data.without_source}};
}

OrderedJson file_json(const ExportFile& file, std::int64_t rows) {
    return {{"name", file.name().filename().string()}, {"rows", rows}, {"bytes", file.bytes()}, {"xxh3_128", file.xxh3_128()}};
}

void make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw Error(ErrorCode::Io, fmt::format("{}: cannot be made: {}", folder.string(), error.message()));
}

std::vector<StandingVerdict> stored_verdicts(Workspace& workspace) { return standing_verdicts(LabelStore(workspace).events()); }

void audit_export(Workspace& workspace, const std::filesystem::path& folder, const ExportOptions& options,
                  const LabelledData& data) {
    if (workspace.access() == Workspace::Access::read_only) return;
    const OrderedJson details{
        {"as", ending_of(options.format)}, {"labels", data.verdicts.size()}, {"records", data.records.size()}};
    workspace.audit(options.who, "export", folder.filename().string(),
                    details.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
}

}  // namespace

std::vector<std::filesystem::path> export_labelled(Workspace& workspace, const Investigation& investigation,
                                                   const std::vector<SourceId>& ids, const std::filesystem::path& folder,
                                                   const ExportOptions& options, const Progress& progress) {
    const std::vector<StandingVerdict> verdicts = stored_verdicts(workspace);
    const LabelledData data = gather(investigation, ids, verdicts, options.all);
    make_folder(folder);

    const DatasetFormat labels_as = label_format(options.format);
    ExportFile labels(folder / fmt::format("labels.{}", ending_of(labels_as)));
    write_labels(labels, data, labels_as, progress);
    const ExportedFeatures exported(investigation);
    ExportFile features(folder / fmt::format("features.{}", ending_of(options.format)));
    const std::int64_t feature_rows = write_features(features, investigation, exported, data, options.format, progress);
    std::optional<ExportFile> scores;
    if (options.reasons_of) {
        scores.emplace(folder / fmt::format("scores.{}", ending_of(labels_as)));
        write_scores(*scores, investigation, data, options, progress);
    }
    ExportFile manifest(folder / "manifest.json");
    const OrderedJson description{
        {"format", "abm-labelled-data"},
        {"format_version", kFormatVersion},
        {"program", options.program},
        {"records", options.all ? "all" : "labelled"},
        {"sources", sources_json(investigation, data)},
        {"label_columns", label_columns()},
        {"feature_columns",
         options.format == DatasetFormat::libsvm ? OrderedJson::array() : OrderedJson(feature_columns(exported))},
        {"features", features_json(exported.names())},
        {"counts", label_counts_json(data)},
        {"files", {file_json(labels, std::ssize(data.verdicts)), file_json(features, feature_rows)}}};
    manifest.write(description.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + '\n');

    // Only when all of them lie on the disk does the first get its name; the manifest, which vouches for the others, comes last.
    std::vector<ExportFile*> all{&labels, &features, &manifest};
    if (scores) all.insert(all.begin(), &*scores);
    for (ExportFile* file : all) file->close();
    progress.checkpoint(1, "features");
    std::vector<std::filesystem::path> written;
    for (ExportFile* file : all) {
        file->commit();
        written.push_back(file->name());
    }
    sync_folder(folder);
    audit_export(workspace, folder, options, data);
    return written;
}

}  // namespace abm
