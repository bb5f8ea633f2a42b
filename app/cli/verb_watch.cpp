// abm watch: files of a folder are read as they finish being written.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "app/cli/exit_code.h"
#include "app/cli/inputs.h"
#include "app/cli/message.h"
#include "app/cli/verbs.h"
#include "app/cli/workspace_options.h"
#include "core/pipeline/watch_batch.h"
#include "core/pipeline/watch_training.h"

namespace abm::cli {
namespace {

namespace fs = std::filesystem;

struct WatchVerbOptions {
    std::string folder;
    WorkspaceOptions workspace;
    InputOptions reading;  ///< how, not what
    TableOptions table;
    std::optional<double> interval_s;
    std::optional<std::int64_t> retrain_every;
    std::uint64_t seed = 1;
    bool once = false, dry_run = false;
};

constexpr std::array<Column, 7> kWatchColumns{{
    {"time"},
    {"file"},
    {"outcome"},
    {"records", Column::Kind::number},
    {"severity"},
    {"sentence"},
    {"note"},
}};

/// False when the user asked to stop meanwhile.
bool wait(std::chrono::milliseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

std::string now_text() { return iso8601(std::chrono::floor<std::chrono::seconds>(utc_now())) + "Z"; }

class Watching {
public:
    Watching(const WatchVerbOptions& options, const Progress& progress)
        : options_(options),
          progress_(progress),
          folder_(fs::weakly_canonical(options.folder)),
          choice_(reading_choice(options.reading)),
          table_(kWatchColumns, options.table) {
        list_folder(folder_);  // a mistyped folder is no folder to wait for
        settings_.folder = folder_;
        open();
    }

    int run() {
        try {
            look();
            while (wait(std::chrono::milliseconds(settings_.interval_ms), progress_.stop_token())) {
                look();
                if (options_.once) break;
            }
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Cancelled) throw;
        }
        table_.finish();
        clear_line();
        if (progress_.cancelled()) say(fmt::format("stopped; {}", summary()));
        if (progress_.cancelled()) return kCancelled;
        if (settling_->waiting() > 0)
            say(fmt::format("note: {} files are still being written; they are read when they rest", settling_->waiting()));
        if (failed_ > 0) say(fmt::format("{} files could not be read and are set aside; {}", failed_, summary()));
        return failed_ > 0 ? kFailed : kDone;
    }

private:
    void open() {
        SessionOptions session;
        session.threads = options_.workspace.threads;
        session.seed = options_.seed;
        if (!options_.workspace.who.empty()) session.who = options_.workspace.who;
        who_ = session.who;
        if (options_.dry_run) session.access = Workspace::Access::read_only;
        if (!options_.dry_run || fs::exists(options_.workspace.path)) {
            session_ = WorkspaceSession::open(options_.workspace.path, std::move(session), progress_);
            for (const std::string& note : session_->notes()) say(fmt::format("note: {}", note));
        }
        std::optional<Watch> before;
        if (session_) before = WatchStore(session_->workspace()).find(folder_);
        if (before) settings_ = before->settings;
        if (options_.interval_s) settings_.interval_ms = static_cast<std::int64_t>(*options_.interval_s * 1000);
        if (options_.retrain_every) settings_.retrain_every = *options_.retrain_every;
        if (!options_.dry_run) before = WatchStore(session_->workspace()).put(settings_, who_);
        watch_ = before;
        settling_.emplace(before ? WatchStore(session_->workspace()).files(before->id) : std::vector<WatchedFile>());
        if (options_.dry_run) rehearsal_.emplace(session_.get(), options_.workspace.threads, options_.seed, choice_);
    }

    /// What hinders now may have gone at the next look: the folder of another computer, a workspace somebody else writes to.
    void look() {
        try {
            read(settling_->look(list_folder(folder_)));
            trouble_.clear();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Io || options_.once) throw;
            if (trouble_ != error.what()) say(fmt::format("{}; it is tried again", error.what()));
            trouble_ = error.what();
        }
    }

    void read(const std::vector<SeenFile>& settled) {
        std::span<const SeenFile> left = settled;
        while (!left.empty()) {
            const auto batch = next_batch(left, {});
            const auto reports =
                rehearsal_ ? rehearsal_->read(batch, progress_) : read_watched(*session_, watch_->id, batch, progress_, choice_);
            clear_line();
            for (const WatchReport& report : reports) tell(report);
            table_.flush();
            if (!rehearsal_ && training_due(*session_, *watch_)) train();
            left = left.subspan(batch.size());
        }
    }

    void tell(const WatchReport& report) {
        settling_->done(report.file);
        const WatchOutcome outcome = report.file.outcome;
        const bool failed = outcome == WatchOutcome::failed;
        ++counts_[static_cast<std::size_t>(outcome)];
        if (failed) {
            ++failed_;
            say(fmt::format("{}: set aside: {}", report.file.name, report.file.reason));
        }
        table_.row({now_text(), report.file.name, std::string(name_of(outcome)), fmt::format("{}", report.records),
                    failed ? std::string() : std::string(name_of(report.worst)), report.sentence, report.file.reason});
    }

    void train() {
        const WatchTraining training = train_watched(*session_, watch_->id, options_.seed, who_, progress_);
        clear_line();
        table_.row({now_text(),
                    fmt::format("model {}", raw(training.model)),
                    training.adoption.adopt ? "adopted" : "held",
                    {},
                    {},
                    {},
                    training.adoption.because});
        table_.flush();
    }

    std::string summary() const {
        std::string words;
        for (std::size_t at = 0; at < counts_.size(); ++at) {
            if (counts_[at] > 0)
                words += fmt::format("{}{} {}", words.empty() ? "" : ", ", counts_[at], name_of(static_cast<WatchOutcome>(at)));
        }
        return words.empty() ? "no file was read" : words;
    }

    const WatchVerbOptions& options_;
    const Progress& progress_;
    fs::path folder_;
    ReadingChoice choice_;
    TableWriter table_;
    WatchSettings settings_;
    std::string who_, trouble_;
    std::unique_ptr<WorkspaceSession> session_;  ///< null: a rehearsal without a workspace
    std::optional<Watch> watch_;                 ///< in a rehearsal only what was there before
    std::optional<SettlingFiles> settling_;
    std::optional<WatchRehearsal> rehearsal_;
    std::array<std::int64_t, kWatchOutcomeCount> counts_{};  ///< by outcome
    std::int64_t failed_ = 0;
};

int watch(const WatchVerbOptions& options, const Progress& progress) { return Watching(options, progress).run(); }

}  // namespace

void add_watch(CLI::App& app, Action& action) {
    const auto options = std::make_shared<WatchVerbOptions>();
    CLI::App* verb = app.add_subcommand("watch", "Read the files of a folder into a workspace as they finish being written");
    verb->add_option("DIR", options->folder, "The folder, with all below it")->required();
    add_workspace(*verb, options->workspace, true);
    verb->add_option("--interval", options->interval_s, "Seconds between two looks at the folder (default: 10, or as last time)")
        ->type_name("S")
        ->check(CLI::Range(0.05, 86'400.0));
    verb->add_option("--retrain-every", options->retrain_every,
                     "Train a model after so many stored files; 0: never (default: 10, or as last time)")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}));
    verb->add_option("--seed", options->seed, "Seed of the models (default: 1)")->type_name("S");
    add_reading_options(*verb, options->reading);
    verb->add_flag("--once", options->once, "Read what rests now, and exit");
    verb->add_flag("--dry-run", options->dry_run, "Say what would become of the files; store nothing");
    add_format_option(*verb, options->table);
    verb->callback([&action, options] {
        require_possible_reading(options->reading);
        action = [options](const Progress& progress) { return watch(*options, progress); };
    });
}

}  // namespace abm::cli
