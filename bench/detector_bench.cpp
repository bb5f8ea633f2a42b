// Times detectors on a table of float32 values, one thread. See detector_vs_sklearn.py for the comparison.
//   detector_bench FILE ROWS COLUMNS [CASE]    FILE: ROWS x COLUMNS float32, row-major; CASE: the name of one
// Prints a line for each case: "name fit_s score_s" in seconds of this process (user time: other work on the machine does not
// count).
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/detect/detector.h"

namespace {

struct Case {
    const char* name;
    const char* kind;
    const char* params;
};

/// detector_vs_sklearn.py has the peer of each by its name.
constexpr Case kCases[] = {
    {"knn", "knn", R"({"reference": 0})"},
    {"knn-sample", "knn", "{}"},
    {"lof", "lof", R"({"reference": 0})"},
    {"lof-sample", "lof", "{}"},
};

double user_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

double seconds(const auto& work) {
    const double start = user_seconds();
    work();
    return user_seconds() - start;
}

void measure(const Case& one, const abm::FeatureMatrix& data) {
    std::unique_ptr<const abm::Detector> detector;
    const abm::Json params = abm::parse_model_text(one.params);
    const double fit = seconds([&] { detector = abm::fit_detector(one.kind, params, data, 1, {}); });
    const double score = seconds([&] { detector->score(data, 1, {}); });
    fmt::print("{} {:.3f} {:.3f}\n", one.name, fit, score);
    std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
    if (count < 4 || count > 5) return fmt::print(stderr, "usage: detector_bench FILE ROWS COLUMNS [CASE]\n"), 2;
    abm::FeatureMatrix data;
    data.values.resize(std::stol(words[2]), std::stol(words[3]));
    for (Eigen::Index column = 0; column < data.columns(); ++column) data.names.push_back(fmt::format("f{}", column));
    std::ifstream file(words[1], std::ios::binary);
    file.read(reinterpret_cast<char*>(data.values.data()), static_cast<std::streamsize>(sizeof(float)) * data.values.size());
    if (!file) return fmt::print(stderr, "{} is shorter than {} x {} values\n", words[1], words[2], words[3]), 1;
    for (const Case& one : kCases) {
        if (count == 4 || std::string(words[4]) == one.name) measure(one, data);
    }
    return 0;
}
