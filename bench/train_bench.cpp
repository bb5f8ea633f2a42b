// Training a model version on 100,000 sessions with 200 labels, comparison included, beside the forest alone in the same run.
//   train_bench [ROWS [LABELS [THREADS]]]
//   train_bench time FILE ROWS      FILE: ROWS x 44 float32, row-major, see train_vs_sklearn.py; prints "train_s fit_s"
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "core/detect/split_mix.h"
#include "core/features/session_features.h"
#include "core/pipeline/learned_labels.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/score.h"
#include "core/pipeline/train.h"

namespace {

constexpr int kRounds = 5;

double seconds(const auto& work) {
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

abm::FeatureMatrix sessions(Eigen::Index rows) {
    abm::FeatureMatrix data;
    data.names = abm::session_feature_names();
    data.values.resize(rows, static_cast<Eigen::Index>(data.names.size()));
    abm::SplitMix random(1);
    for (float& value : data.values.reshaped<Eigen::RowMajor>()) value = static_cast<float>(random.normal());
    return data;
}

/// Every fourth record has a finding of one of 40 rules; labels are spread over the records.
abm::Investigation investigation_of(abm::FeatureMatrix features, std::size_t labels) {
    constexpr std::size_t kEvery = 4;
    const auto rows = static_cast<std::size_t>(features.rows());
    abm::Investigation all;
    all.machines = {"0777"};
    all.sources.resize(1);
    all.sources[0].identity = "00112233445566778899aabbccddeeff";
    std::vector<abm::Finding> findings;
    for (std::size_t row = 0; row < rows; ++row) {
        abm::Record record;
        record.feature_row = static_cast<std::int32_t>(row);
        record.span.offset = static_cast<std::int64_t>(row) * 1'000;
        if (row % kEvery == 0) {
            abm::Finding finding;
            finding.record = abm::RecordIndex{static_cast<std::uint32_t>(row)};
            finding.type = abm::RecordType::card_fault;
            finding.severity = row % 5 == 0 ? abm::Severity::high : abm::Severity::low;
            finding.rule = fmt::format("rule-of-a-usual-length-{}", row / kEvery % 40);
            record.first_finding = static_cast<std::uint32_t>(findings.size());
            record.finding_count = 1;
            findings.push_back(std::move(finding));
        }
        all.records.push_back(record);
    }
    for (std::size_t at = 0; at < labels; ++at) {
        const std::size_t row = at * (rows / labels) + at % 7;  // not only rows with a finding
        abm::StandingLabel label;
        label.record = abm::RecordIndex{static_cast<std::uint32_t>(row)};
        label.event = static_cast<std::int64_t>(at);
        label.label.label =
            features.values(static_cast<Eigen::Index>(row), 3) > 0.7F ? abm::LabelClass::anomaly : abm::LabelClass::normal;
        all.labels.push_back(label);
    }
    all.findings = std::move(findings);
    all.features = std::move(features);
    return all;
}

int bench(abm::Investigation all, int threads, bool terse) {
    const auto fit = [&] { return abm::fit_table(all, 0, 1, threads, {}); };
    abm::JournalModel fitted = fit();
    fitted.labels = abm::learned_labels(all, std::span(all.labels).first(all.labels.size() / 2));
    const auto current =
        std::make_shared<const abm::ModelSet>(abm::ModelSet{{std::make_shared<const abm::JournalModel>(fitted)}});
    const abm::FeatureMatrix features = all.features[0].features;
    abm::score_investigation(all, abm::score_tables(all.features, *current, threads, {}));
    abm::TrainingInput input;
    input.investigation = std::make_shared<const abm::Investigation>(all);
    input.current = current;
    input.threads = threads;
    abm::TrainedModel trained;
    const double train = seconds([&] { trained = abm::train_models(input, {}); });
    if (terse) return fmt::print("{:.6f} {:.6f}\n", train, seconds(fit)), 0;

    const double forest = seconds([&] { abm::IsolationForest::fit(features, {}, threads, {}).score(features, threads, {}); });
    std::vector<abm::ModelEvidence> evidence = abm::score_tables(all.features, *current, threads, {});
    const abm::RuleWeights weights = abm::rule_weights_of(trained.models->all_labels());
    const double plain = seconds([&] { abm::score_investigation(all, evidence); });
    const double weighed = seconds([&] { abm::score_investigation(all, evidence, weights); });
    const std::string text = abm::save_models(*trained.models);
    const double save = seconds([&] { abm::save_models(*trained.models); });
    const double load = seconds([&] { abm::load_models(text); });
    fmt::print("{} sessions x {} features, {} labels, {} threads; best of {}\n", features.rows(), features.columns(),
               all.labels.size(), threads, kRounds);
    fmt::print("  train, with comparison   {:8.1f} ms\n", train * 1e3);
    fmt::print("    of it fitting          {:8.1f} ms\n", seconds(fit) * 1e3);
    fmt::print("  forest alone, fit + score{:8.1f} ms   ratio {:.1f}\n", forest * 1e3, train / forest);
    fmt::print("  scores of the list       {:8.1f} ms, with weights of {} rules {:.1f} ms\n", plain * 1e3,
               weights.records().size(), weighed * 1e3);
    fmt::print("  model file               {:8.1f} kB, saved in {:.1f} ms, loaded in {:.1f} ms\n",
               static_cast<double>(text.size()) / 1e3, save * 1e3, load * 1e3);
    const abm::Estimate& auroc = trained.comparison.after.auroc;
    fmt::print("  held-out AUROC {:.3f} [{:.3f}, {:.3f}], before {:.3f}; {} records change sides\n", auroc.value, auroc.low,
               auroc.high, trained.comparison.before.auroc.value, trained.comparison.changed_sides);
    return 0;
}

int bench_file(const std::string& path, Eigen::Index rows) {
    abm::FeatureMatrix data;
    data.names = abm::session_feature_names();
    data.values.resize(rows, static_cast<Eigen::Index>(data.names.size()));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(data.values.data()), static_cast<std::streamsize>(sizeof(float)) * data.values.size());
    if (!file) return fmt::print(stderr, "{} is shorter than {} x {} values\n", path, rows, data.columns()), 1;
    return bench(investigation_of(std::move(data), 200), 1, true);
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() == 3 && arguments[0] == "time") return bench_file(arguments[1], std::stol(arguments[2]));
    const auto number = [&](std::size_t at, long usual) { return arguments.size() > at ? std::stol(arguments[at]) : usual; };
    return bench(investigation_of(sessions(number(0, 100'000)), static_cast<std::size_t>(number(1, 200))),
                 static_cast<int>(number(2, 2)), false);
}
