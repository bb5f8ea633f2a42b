// Times what a label costs. See feedback_vs_sklearn.py for the comparison.
//   feedback_bench FILE ROWS COLUMNS THREADS [LABELS]   FILE: ROWS x COLUMNS float32, row-major; LABELS are given before (60)
// prints "fit_ms open_ms label_ms evidence_ms refit_ms": fitting the model, preparing the rows, one more label until every row
// has its margin, every row's probability, and all labels learned anew.
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <string>

#include "core/pipeline/live_model.h"

namespace {

double milliseconds(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

abm::FeatureMatrix read_values(const std::string& path, Eigen::Index rows, Eigen::Index columns) {
    abm::FeatureMatrix data;
    data.values.resize(rows, columns);
    for (Eigen::Index column = 0; column < columns; ++column) data.names.push_back(fmt::format("f{}", column));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(data.values.data()), static_cast<std::streamsize>(sizeof(float)) * data.values.size());
    if (!file) throw abm::Error(abm::ErrorCode::Io, fmt::format("{} is shorter than {} x {} values", path, rows, columns));
    return data;
}

/// Spread over the rows, every third an anomaly.
std::vector<abm::TrainingLabel> labels_of(Eigen::Index rows, int count) {
    std::vector<abm::TrainingLabel> labels;
    for (int at = 0; at < count; ++at) labels.push_back({static_cast<std::int32_t>(rows * at / count), at % 3 == 0});
    return labels;
}

void measure(const abm::Shared<abm::FeatureTable>& table, int threads, int given) {
    const abm::FeatureMatrix& features = table->features;
    const std::vector<abm::MachineIndex> machines(static_cast<std::size_t>(features.rows()));
    std::shared_ptr<const abm::JournalModel> model;
    const double fit = milliseconds([&] {
        model = std::make_shared<const abm::JournalModel>(abm::fit_journal_model(features, machines, {"bench"}, 1, threads, {}));
    });
    std::unique_ptr<abm::LiveModel> live;
    const double open = milliseconds([&] { live = std::make_unique<abm::LiveModel>(model, table, threads, abm::Progress()); });
    const std::vector<abm::TrainingLabel> labels = labels_of(features.rows(), given + 1);
    const std::span<const abm::TrainingLabel> all(labels);
    double label = 1e9;
    double evidence = 1e9;
    double refit = 1e9;
    for (int round = 0; round < 5; ++round) {
        live->set_labels({});
        refit = std::min(refit, milliseconds([&] { live->set_labels(all.first(labels.size() - 1)); }));
        label = std::min(label, milliseconds([&] { live->set_labels(all); }));
        evidence = std::min(evidence, milliseconds([&] { live->evidence(); }));
    }
    fmt::print("{:.3f} {:.3f} {:.3f} {:.3f} {:.3f}\n", fit, open, label, evidence, refit);
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() != 4 && arguments.size() != 5)
        return fmt::print(stderr, "usage: feedback_bench FILE ROWS COLUMNS THREADS [LABELS]\n"), 2;
    try {
        measure(abm::FeatureTable{read_values(arguments[0], std::stol(arguments[1]), std::stol(arguments[2])), {}},
                std::stoi(arguments[3]), arguments.size() == 5 ? std::stoi(arguments[4]) : 60);
    } catch (const std::exception& error) {
        return fmt::print(stderr, "{}\n", error.what()), 1;
    }
    return 0;
}
