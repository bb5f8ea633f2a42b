// How quickly templates are mined, beside grep over the same file, and how well against the reference logs.
//   templates_bench speed FILE       one thread; the file is read to memory first; prints lines a second and the ratio to
//                                    `LC_ALL=C grep -c` (user time of both)
//   templates_bench quality FOLDER   grouping accuracy for every NAME.log with a NAME.log_structured.csv beside it
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "core/base/csv.h"
#include "core/ingest/line_splitter.h"
#include "core/textlog/grouping_accuracy.h"
#include "core/textlog/log_header.h"
#include "core/textlog/template_miner.h"

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    abm::LineSplitter splitter(text);
    for (abm::LineSplitter::Line line{}; splitter.next(line);)
        lines.emplace_back(line.begin, static_cast<std::size_t>(line.end - line.begin));
    return lines;
}

double user_seconds(int who) {
    rusage usage{};
    ::getrusage(who, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
}

double user_seconds_of(int who, const auto& work) {
    const double before = user_seconds(who);
    work();
    return user_seconds(who) - before;
}

std::vector<std::uint32_t> templates_of(const std::vector<std::string_view>& lines) {
    const abm::LogHeader header = abm::LogHeader::learn(lines);
    abm::TemplateMiner miner;
    std::vector<abm::ShapeId> shapes;
    shapes.reserve(lines.size());
    for (const std::string_view line : lines) shapes.push_back(miner.add(line.substr(header.parse(line).message)));
    const abm::Templates templates = miner.templates();
    std::vector<std::uint32_t> ids;
    ids.reserve(lines.size());
    for (const abm::ShapeId shape : shapes) ids.push_back(templates.of(shape));
    return ids;
}

int measure_speed(const std::string& path) {
    const std::string text = read_file(path);
    const auto lines = lines_of(text);
    double ours = 1e9, grep = 1e9;
    for (int round = 0; round < 5; ++round) {
        ours = std::min(ours, user_seconds_of(RUSAGE_SELF, [&] { templates_of(lines_of(text)); }));
        // Through a pipe: into /dev/null grep would stop at the first hit.
        const std::string command = fmt::format("LC_ALL=C grep -c error '{}' | cat > /dev/null", path);
        grep = std::min(grep, user_seconds_of(RUSAGE_CHILDREN, [&] {
                            if (std::system(command.c_str()) < 0) std::abort();
                        }));
    }
    fmt::print("{}: {} lines, {:.3f} s, {:.2f} million lines/s, grep {:.3f} s, ratio {:.1f}\n", path, lines.size(), ours,
               static_cast<double>(lines.size()) / ours / 1e6, grep, ours / grep);
    return 0;
}

double accuracy_of(const fs::path& log) {
    const std::string text = read_file(log);
    std::ifstream table(log.string() + "_structured.csv");
    abm::CsvReader reader(table, log.string());
    std::vector<std::string> cells;
    reader.next(cells);
    const auto column = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "EventId") - cells.begin());
    std::map<std::string, std::uint32_t> ids;
    std::vector<std::uint32_t> truth;
    while (reader.next(cells))
        truth.push_back(ids.emplace(cells.at(column), static_cast<std::uint32_t>(ids.size())).first->second);
    return abm::grouping_accuracy(templates_of(lines_of(text)), truth);
}

int measure_quality(const std::string& folder) {
    double sum = 0;
    int logs = 0;
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        if (file.extension() != ".log" || !fs::exists(file.string() + "_structured.csv")) continue;
        const double accuracy = accuracy_of(file);
        fmt::print("{:24} {:.4f}\n", file.filename().string(), accuracy);
        sum += accuracy;
        ++logs;
    }
    if (logs == 0) return fmt::print(stderr, "no logs with their truth in {}\n", folder), 1;
    fmt::print("{:24} {:.4f}\n", "mean", sum / logs);
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const std::vector<std::string> arguments(words + 1, words + count);
    if (arguments.size() == 2 && arguments[0] == "speed") return measure_speed(arguments[1]);
    if (arguments.size() == 2 && arguments[0] == "quality") return measure_quality(arguments[1]);
    fmt::print(stderr, "usage: templates_bench speed FILE | quality FOLDER\n");
    return 2;
}
