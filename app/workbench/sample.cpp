#include "app/workbench/sample.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>

#include "core/base/error.h"
#include "core/generate/generate.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

constexpr int kMachines = 3;
constexpr int kDays = 2;
constexpr std::uint64_t kSeed = 1;

bool is_complete(const fs::path& folder) {
    std::error_code error;
    int journals = 0;
    for (const auto& entry : fs::directory_iterator(folder, error)) journals += entry.path().extension() == ".txt" ? 1 : 0;
    return !error && journals == kMachines;
}

}  // namespace

fs::path sample_folder() {
    return fs::path(QStandardPaths::writableLocation(QStandardPaths::CacheLocation).toStdString()) / "sample";
}

fs::path make_sample(const fs::path& folder, const Progress& progress) {
    if (is_complete(folder)) return folder;
    try {
        fs::create_directories(folder.parent_path());
        QTemporaryDir workshop(QString::fromStdString((folder.parent_path() / "sample-XXXXXX").string()));
        if (!workshop.isValid()) throw Error(ErrorCode::Io, workshop.errorString().toStdString());
        GenerateOptions options;
        options.machines = kMachines;
        options.days = kDays;
        options.seed = kSeed;
        options.out = fs::path(workshop.path().toStdString()) / "journals";
        generate_journals(options, progress);
        fs::remove(options.out / "truth.csv");  // the answers are no part of the question
        fs::remove_all(folder);
        std::error_code taken;
        fs::rename(options.out, folder, taken);
        if (taken && !is_complete(folder)) throw fs::filesystem_error("rename", options.out, folder, taken);
    } catch (const fs::filesystem_error& error) {
        throw Error(ErrorCode::Io, "The sample could not be made in " + folder.string() + ": " + error.code().message() +
                                       ". Make room there or open journals of your own.");
    }
    return folder;
}

}  // namespace abm
