// Runs the built `abm` as a shell would, and keeps what it said.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/core/temporary_folder.h"

namespace abm::test {

struct Ran {
    int code = -1;  ///< 128 + signal when it died of one
    std::string out, err;
};

inline std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A started `abm`; finish() waits for it.
class Running {
public:
    explicit Running(std::vector<std::string> arguments, const std::filesystem::path& input = "/dev/null") {
        arguments.insert(arguments.begin(), ABM_PROGRAM);
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        const std::string out = (folder_.path() / "out").string();
        const std::string err = (folder_.path() / "err").string();
        process_ = ::fork();
        if (process_ < 0) throw std::runtime_error("fork");
        if (process_ > 0) return;
        redirect(input.c_str(), O_RDONLY, STDIN_FILENO);
        redirect(out.c_str(), O_CREAT | O_WRONLY | O_TRUNC, STDOUT_FILENO);
        redirect(err.c_str(), O_CREAT | O_WRONLY | O_TRUNC, STDERR_FILENO);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }

    int process() const { return process_; }

    Ran finish() {
        int status = 0;
        ::waitpid(process_, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content_of(folder_.path() / "out"),
                content_of(folder_.path() / "err")};
    }

private:
    static void redirect(const char* path, int flags, int descriptor) {
        const int opened = ::open(path, flags, 0600);
        if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(126);
    }

    TemporaryFolder folder_;
    int process_ = -1;
};

inline Ran run_abm(std::vector<std::string> arguments, const std::filesystem::path& input = "/dev/null") {
    return Running(std::move(arguments), input).finish();
}

/// Rows of RFC 4180 text, each a list of fields.
inline std::vector<std::vector<std::string>> read_csv(const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c != '"') {
                row.back() += c;
            } else if (i + 1 < text.size() && text[i + 1] == '"') {
                row.back() += text[++i];
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            row.emplace_back();
        } else if (c == '\n') {
            rows.push_back(row);
            row.assign(1, "");
        } else {
            row.back() += c;
        }
    }
    return rows;
}

/// The rows below the header, by column name.
inline std::vector<std::map<std::string, std::string>> table_of(const std::string& csv) {
    const auto rows = read_csv(csv);
    std::vector<std::map<std::string, std::string>> table;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() != rows[0].size())
            throw std::runtime_error("row " + std::to_string(i) + " has another number of fields");
        for (std::size_t column = 0; column < rows[i].size(); ++column) {
            if (column == 0) table.emplace_back();
            table.back()[rows[0][column]] = rows[i][column];
        }
    }
    return table;
}

inline std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// Two days of one invented machine; made once.
inline const std::filesystem::path& sample_journal() {
    static const TemporaryFolder folder;
    static const std::filesystem::path journal = [] {
        const Ran made =
            run_abm({"generate", "journal", "--out", folder.path().string(), "--machines", "1", "--days", "2", "--seed", "7"});
        if (made.code != 0) throw std::runtime_error("generate failed: " + made.err);
        for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
            if (entry.path().extension() == ".txt") return entry.path();
        }
        throw std::runtime_error("generate wrote no journal");
    }();
    return journal;
}

}  // namespace abm::test
