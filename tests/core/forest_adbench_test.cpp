// The forest against scikit-learn's, on the twenty ADBench tables of the reference data.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/decide/metrics.h"
#include "core/detect/isolation_forest.h"

namespace abm {
namespace {

std::vector<std::vector<std::string>> adbench_rows(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(file, line);  // names
    while (std::getline(file, line)) {
        std::stringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
    }
    return rows;
}

struct Labelled {
    FeatureMatrix data;
    std::vector<bool> positive;
};

Labelled adbench_table(const std::filesystem::path& path) {
    const auto rows = adbench_rows(path);
    Labelled table;
    const auto columns = static_cast<Eigen::Index>(rows.at(0).size()) - 1;
    table.data.values.resize(static_cast<Eigen::Index>(rows.size()), columns);
    for (Eigen::Index column = 0; column < columns; ++column) table.data.names.push_back(fmt::format("f{}", column));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (Eigen::Index column = 0; column < columns; ++column)
            table.data.values(static_cast<Eigen::Index>(row), column) = std::stof(rows[row].at(static_cast<std::size_t>(column)));
        table.positive.push_back(rows[row].back() == "1");
    }
    return table;
}

TEST(IsolationForest, RanksTheReferenceTablesAsWellAsScikitLearn) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const std::filesystem::path folder = std::filesystem::path(shared) / "adbench";
    double ours = 0;
    double theirs = 0;
    int tables = 0;
    for (const auto& reference : adbench_rows(folder / "reference.csv")) {
        const Labelled table = adbench_table(folder / (reference.at(0) + ".csv"));
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const IsolationForest forest = IsolationForest::fit(table.data, {.seed = seed}, 0, {});
            const Eigen::VectorXd scores = forest.score(table.data, 0, {});
            ours += auroc({scores.data(), table.positive.size()}, table.positive) / 3.0;
        }
        theirs += std::stod(reference.at(4));
        ++tables;
    }
    ASSERT_EQ(tables, 20);
    EXPECT_GE(ours / tables, theirs / tables - 0.01);
}

}  // namespace
}  // namespace abm
