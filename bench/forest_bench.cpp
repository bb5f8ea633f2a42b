// Times the isolation forest on a table of float32 values, or scores the ADBench tables. See forest_vs_sklearn.py for the
// comparison.
//   forest_bench time FILE ROWS COLUMNS      FILE: ROWS x COLUMNS float32, row-major; one thread; prints "fit_s score_s"
//   forest_bench quality FOLDER              prints AUROC and AP of every table beside reference.csv, and their means
#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "core/decide/metrics.h"
#include "core/detect/isolation_forest.h"

namespace {

using abm::FeatureMatrix;
using abm::IsolationForest;

double seconds(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void name_columns(FeatureMatrix& data) {
    for (Eigen::Index column = 0; column < data.columns(); ++column) data.names.push_back(fmt::format("f{}", column));
}

int time_forest(const std::string& path, Eigen::Index rows, Eigen::Index columns) {
    FeatureMatrix data;
    data.values.resize(rows, columns);
    name_columns(data);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(data.values.data()), static_cast<std::streamsize>(sizeof(float)) * data.values.size());
    if (!file) return fmt::print(stderr, "{} is shorter than {} x {} values\n", path, rows, columns), 1;
    double best_fit = 1e9;
    double best_score = 1e9;
    for (int round = 0; round < 5; ++round) {
        const IsolationForest forest = IsolationForest::fit(data, {}, 1, {});
        best_fit = std::min(best_fit, seconds([&] { IsolationForest::fit(data, {}, 1, {}); }));
        best_score = std::min(best_score, seconds([&] { forest.score(data, 1, {}); }));
    }
    fmt::print("{:.6f} {:.6f}\n", best_fit, best_score);
    return 0;
}

struct Table {
    FeatureMatrix data;
    std::vector<bool> positive;
};

Table read_table(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    std::vector<std::vector<float>> rows;
    Table table;
    while (std::getline(file, line)) {
        std::stringstream cells(line);
        std::vector<float> row;
        for (std::string cell; std::getline(cells, cell, ',');) row.push_back(std::stof(cell));
        table.positive.push_back(row.back() > 0.5F);
        row.pop_back();
        rows.push_back(std::move(row));
    }
    table.data.values.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.at(0).size()));
    for (std::size_t row = 0; row < rows.size(); ++row)
        table.data.values.row(static_cast<Eigen::Index>(row)) =
            Eigen::Map<const Eigen::RowVectorXf>(rows[row].data(), static_cast<Eigen::Index>(rows[row].size()));
    name_columns(table.data);
    return table;
}

int compare_quality(const std::string& folder) {
    std::ifstream reference(folder + "/reference.csv");
    std::string line;
    std::getline(reference, line);
    double sums[4] = {};
    int sets = 0;
    fmt::print("{:16} {:>8} {:>8} {:>8} {:>8}\n", "table", "auroc", "sklearn", "ap", "sklearn");
    while (std::getline(reference, line)) {
        std::vector<std::string> cells;
        std::stringstream stream(line);
        for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
        const Table table = read_table(fmt::format("{}/{}.csv", folder, cells.at(0)));
        double auroc = 0;
        double precision = 0;
        constexpr int kSeeds = 3;
        for (int seed = 1; seed <= kSeeds; ++seed) {
            abm::ForestParams params;
            params.seed = static_cast<std::uint64_t>(seed);
            const Eigen::VectorXd scores = IsolationForest::fit(table.data, params, 1, {}).score(table.data, 1, {});
            auroc += abm::auroc({scores.data(), table.positive.size()}, table.positive) / kSeeds;
            precision += abm::average_precision({scores.data(), table.positive.size()}, table.positive) / kSeeds;
        }
        const double figures[4] = {auroc, std::stod(cells.at(4)), precision, std::stod(cells.at(5))};
        fmt::print("{:16} {:8.4f} {:8.4f} {:8.4f} {:8.4f}\n", cells[0], figures[0], figures[1], figures[2], figures[3]);
        for (int figure = 0; figure < 4; ++figure) sums[figure] += figures[figure];
        ++sets;
    }
    if (sets == 0) return fmt::print(stderr, "no reference.csv in {}\n", folder), 1;
    fmt::print("{:16} {:8.4f} {:8.4f} {:8.4f} {:8.4f}\n", "mean", sums[0] / sets, sums[1] / sets, sums[2] / sets, sums[3] / sets);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() == 4 && arguments[0] == "time")
        return time_forest(arguments[1], std::stol(arguments[2]), std::stol(arguments[3]));
    if (arguments.size() == 2 && arguments[0] == "quality") return compare_quality(arguments[1]);
    fmt::print(stderr, "usage: forest_bench time FILE ROWS COLUMNS | quality FOLDER\n");
    return 2;
}
