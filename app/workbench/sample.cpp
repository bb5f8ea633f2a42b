#include "app/workbench/sample.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>

#include "core/base/error.h"
#include "core/generate/capture_generator.h"
#include "core/generate/generate.h"
#include "core/generate/metric_series.h"
#include "core/generate/ue_log.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

constexpr int kMachines = 3;
constexpr int kDays = 2;
constexpr int kSeconds = 30;
constexpr int kMetricDays = 10;
constexpr int kUes = 200;
constexpr std::uint64_t kSeed = 1;

struct SampleWords {
    SampleKind kind;
    const char *folder, *title, *words;
};
constexpr std::array<SampleWords, 5> kSamples{
    {{SampleKind::journals, "sample", "Sample investigation", "3 machines, 2 days, all invented"},
     {SampleKind::capture, "sample-capture", "Sample capture", "fronthaul packets, 30 seconds"},
     {SampleKind::metrics, "sample-metrics", "Sample metrics", "9 metrics, 10 days"},
     {SampleKind::ue_log, "sample-ue-log", "Sample UE log", "200 phones, 6 hours"},
     {SampleKind::all, "sample-all", "Sample of all kinds", "journals, packets, metrics and a log"}}};

const SampleWords& about(SampleKind kind) { return kSamples[static_cast<std::size_t>(kind)]; }

bool has(SampleKind whole, SampleKind part) { return whole == part || whole == SampleKind::all; }

bool is_complete(SampleKind kind, const fs::path& folder) {
    std::error_code error;
    int journals = 0;
    for (const auto& entry : fs::directory_iterator(folder, error)) journals += entry.path().extension() == ".txt" ? 1 : 0;
    if (error) return false;
    const auto is_there = [&](const char* file) {
        std::error_code ignored;
        return fs::is_regular_file(folder / file, ignored);
    };
    return (!has(kind, SampleKind::journals) || journals == kMachines) &&
           (!has(kind, SampleKind::capture) || is_there("fronthaul.pcap")) &&
           (!has(kind, SampleKind::metrics) || is_there("metrics.csv")) &&
           (!has(kind, SampleKind::ue_log) || is_there("ue-events.log"));
}

template <class Options>
Options into(const fs::path& folder) {
    Options options;
    options.seed = kSeed;
    options.out = folder;
    return options;
}

void generate(SampleKind kind, const fs::path& folder, const Progress& progress) {
    const auto no_answers = [&] { fs::remove(folder / "truth.csv"); };  // they are no part of the question
    if (has(kind, SampleKind::journals)) {
        auto options = into<GenerateOptions>(folder);
        options.machines = kMachines;
        options.days = kDays;
        generate_journals(options, progress);
        no_answers();
    }
    if (has(kind, SampleKind::capture)) {
        auto options = into<GenerateCaptureOptions>(folder);
        options.seconds = kSeconds;
        generate_capture(options, progress);
        no_answers();
    }
    if (has(kind, SampleKind::metrics)) {
        auto options = into<GenerateTableOptions>(folder);
        options.days = kMetricDays;
        generate_table(options, progress);
        no_answers();
    }
    if (has(kind, SampleKind::ue_log)) {
        auto options = into<GenerateUeLogOptions>(folder);
        options.ues = kUes;
        generate_ue_log(options, progress);
        no_answers();
    }
}

}  // namespace

fs::path sample_folder(SampleKind kind) {
    return fs::path(QStandardPaths::writableLocation(QStandardPaths::CacheLocation).toStdString()) / about(kind).folder;
}

QString sample_title(SampleKind kind) { return QString::fromLatin1(about(kind).title); }
QString sample_words(SampleKind kind) { return QString::fromLatin1(about(kind).words); }

std::optional<SampleKind> sample_kind(const QString& name) {
    for (const SampleWords& sample : kSamples) {
        if (name == QLatin1String(sample.folder)) return sample.kind;
    }
    return std::nullopt;
}

fs::path make_sample(SampleKind kind, const fs::path& folder, const Progress& progress) {
    if (is_complete(kind, folder)) return folder;
    try {
        fs::create_directories(folder.parent_path());
        QTemporaryDir workshop(QString::fromStdString((folder.parent_path() / "sample-XXXXXX").string()));
        if (!workshop.isValid()) throw Error(ErrorCode::Io, workshop.errorString().toStdString());
        const fs::path made = fs::path(workshop.path().toStdString()) / "files";
        generate(kind, made, progress);
        fs::remove_all(folder);
        std::error_code taken;
        fs::rename(made, folder, taken);
        if (taken && !is_complete(kind, folder)) throw fs::filesystem_error("rename", made, folder, taken);
    } catch (const fs::filesystem_error& error) {
        throw Error(ErrorCode::Io, "The sample could not be made in " + folder.string() + ": " + error.code().message() +
                                       ". Make room there or open files of your own.");
    }
    return folder;
}

}  // namespace abm
