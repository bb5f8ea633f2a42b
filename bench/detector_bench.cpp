// Times detectors on a table of float32 values. See detection_vs_peers.py for the comparison.
//   detector_bench FILE ROWS COLUMNS CASE [THREADS]   FILE: at least ROWS x COLUMNS float32, row-major; THREADS: 1
// Prints "fit score fit_wall score_wall" in seconds: user time, which other work on the machine does not count for, and time of
// the clock. Of up to five rounds the quickest.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/detect/detector.h"

namespace {

struct Case {
    const char* name;
    const char* kind;
    const char* params;
};

/// detection_vs_peers.py has the peer of each by its name.
constexpr Case kCases[] = {
    {"iforest", "iforest", "{}"},
    {"iforest-extension-1", "iforest", R"({"extension": 1})"},
    {"iforest-extended", "iforest", R"({"extension": 19})"},
    {"knn", "knn", R"({"reference": 0})"},
    {"knn-sample", "knn", "{}"},
    {"knn-channel", "knn", R"({"reference": 1024})"},
    {"lof", "lof", R"({"reference": 0})"},
    {"lof-sample", "lof", "{}"},
    {"ocsvm", "ocsvm", "{}"},
};

struct Seconds {
    double user = 1e9, wall = 1e9;
};

double user_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

void time_work(Seconds& best, const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    const double user = user_seconds();
    work();
    best.user = std::min(best.user, user_seconds() - user);
    best.wall = std::min(best.wall, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

void measure(const Case& one, const abm::FeatureMatrix& data, int threads) {
    constexpr int kRounds = 5;
    constexpr double kLongEnough = 2;  // seconds: a second round would change little
    const abm::Json params = abm::parse_model_text(one.params);
    Seconds fit, score;
    for (int round = 0; round < kRounds; ++round) {
        std::unique_ptr<const abm::Detector> detector;
        time_work(fit, [&] { detector = abm::fit_detector(one.kind, params, data, threads, {}); });
        time_work(score, [&] { detector->score(data, threads, {}); });
        if (fit.wall + score.wall > kLongEnough) break;
    }
    fmt::print("{:.4f} {:.4f} {:.4f} {:.4f}\n", fit.user, score.user, fit.wall, score.wall);
}

}  // namespace

int main(int count, char** words) {
    const auto* const one = count < 5 ? std::end(kCases) : std::ranges::find(kCases, std::string(words[4]), &Case::name);
    if (count > 6 || one == std::end(kCases)) {
        fmt::print(stderr, "usage: detector_bench FILE ROWS COLUMNS CASE [THREADS]; cases:");
        for (const Case& known : kCases) fmt::print(stderr, " {}", known.name);
        fmt::print(stderr, "\n");
        return 2;
    }
    abm::FeatureMatrix data;
    data.values.resize(std::stol(words[2]), std::stol(words[3]));
    for (Eigen::Index column = 0; column < data.columns(); ++column) data.names.push_back(fmt::format("f{}", column));
    std::ifstream file(words[1], std::ios::binary);
    file.read(reinterpret_cast<char*>(data.values.data()), static_cast<std::streamsize>(sizeof(float)) * data.values.size());
    if (!file) return fmt::print(stderr, "{} is shorter than {} x {} values\n", words[1], words[2], words[3]), 1;
    measure(*one, data, count == 6 ? std::stoi(words[5]) : 1);
    return 0;
}
