#include "core/pipeline/ingest.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/capture/read_capture.h"
#include "core/decide/rule_set.h"
#include "core/pipeline/join.h"
#include "core/pipeline/journal_front.h"
#include "core/pipeline/journal_ingest.h"
#include "core/pipeline/source_form.h"
#include "core/series/read_table.h"
#include "core/textlog/read_text_log.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

/// Journals that follow each other are read together, for the sake of the threads; every other file is a run of its own.
struct Run {
    SourceForm form{};
    std::size_t first = 0, count = 0;
    std::int64_t bytes = 0;
};

std::int64_t bytes_of(const fs::path& file) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    return failed ? 0 : static_cast<std::int64_t>(size);
}

const LogProfile* profile_of(const fs::path& file, const IngestOptions& options) {
    return options.profile_of ? options.profile_of(file) : nullptr;
}

std::vector<Run> runs_of(std::span<const fs::path> files, const IngestOptions& options) {
    std::vector<Run> runs;
    for (std::size_t at = 0; at < files.size(); ++at) {
        const LogProfile* const profile = profile_of(files[at], options);
        const SourceForm form = profile ? form_with_profile(files[at], *profile) : form_of(files[at]);
        if (runs.empty() || form != SourceForm::journal || runs.back().form != form) runs.push_back({form, at, 0, 0});
        ++runs.back().count;
        runs.back().bytes += bytes_of(files[at]);
    }
    return runs;
}

/// A filter may make sense for one capture and none for the next: what else is read does not suffer.
SourceReading read_capture_by(const fs::path& file, const IngestOptions& options, const Progress& progress) {
    try {
        return read_capture(file, options.capture_options_of ? options.capture_options_of(file) : CaptureOptions(), progress);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Invalid) throw;
        SourceReading refused;
        refused.source.path = file;
        refused.source.name = file.filename().string();
        refused.source.format = "unknown";
        refused.source.problems.push_back({-1, 1, true, error.what()});
        return refused;
    }
}

SourceReading read_other(SourceForm form, const fs::path& file, const IngestOptions& options, const Progress& progress) {
    switch (form) {
        case SourceForm::capture:
            return read_capture_by(file, options, progress);
        case SourceForm::table:
            return read_table(file, {}, progress);
        case SourceForm::text_log:
            return read_text_log(file, {{}, profile_of(file, options)}, progress);
        case SourceForm::journal:
            break;
    }
    return {};
}

class Ingest {
public:
    Ingest(std::span<const fs::path> files, const IngestOptions& options, const Progress& progress)
        : files_(files),
          options_(options),
          progress_(progress),
          runs_(runs_of(files, options)),
          known_sessions_(options.known_sessions) {
        for (const Run& run : runs_) all_bytes_ += run.bytes;
    }

    Investigation run() {
        for (const Run& run : runs_) {
            const double begin = share(done_bytes_);
            const double width = share(run.bytes);
            // Runs are parts of one reading: their fractions are those of all files.
            const Progress part(progress_.stop_token(), [&](double fraction, std::string_view stage) {
                progress_.checkpoint(fraction < 0 ? fraction : begin + width * fraction, stage);
            });
            pieces_.push_back(run.form == SourceForm::journal ? journals(run, part) : other(run, part));
            done_bytes_ += run.bytes;
        }
        if (options_.traces) *options_.traces = std::move(traces_);
        return join(std::move(pieces_));
    }

private:
    double share(std::int64_t bytes) const {
        return all_bytes_ > 0 ? static_cast<double>(bytes) / static_cast<double>(all_bytes_) : 0;
    }

    /// A session that was read in an earlier run counts once, too.
    Investigation journals(const Run& run, const Progress& part) {
        std::vector<SourceTraces> traces;
        IngestOptions options = options_;
        options.known_sessions = known_sessions_;
        options.traces = &traces;
        if (!options.fronts.empty()) {
            const auto first = options_.fronts.begin() + static_cast<std::ptrdiff_t>(run.first);
            options.fronts.assign(first, first + static_cast<std::ptrdiff_t>(run.count));
        }
        options.on_partial = {};
        if (options_.on_partial) {
            options.on_partial = [this](const std::shared_ptr<const Investigation>& partial) { offer(*partial); };
        }
        Investigation read = ingest_journals(files_.subspan(run.first, run.count), options, part);
        for (SourceTraces& trace : traces) {
            known_sessions_.insert(known_sessions_.end(), trace.sessions.begin(), trace.sessions.end());
            traces_.push_back(std::move(trace));
        }
        return read;
    }

    Investigation other(const Run& run, const Progress& part) {
        const fs::path& file = files_[run.first];
        Investigation read = investigation_of(read_other(run.form, file, options_, part));
        if (options_.traces) {
            try {
                // To see later whether the file has grown. The reader of journals hashes as it goes, the others do not.
                traces_.push_back({identity_of(file, options_.known_lengths), {}, {}});
            } catch (const Error&) {
                traces_.emplace_back();  // it cannot be opened any more: what its reading says of that stands in its source
            }
        }
        return read;
    }

    void offer(const Investigation& partial) {
        std::vector<Investigation> shown = pieces_;
        shown.push_back(partial);
        auto all = std::make_shared<Investigation>(join(std::move(shown)));
        all->partial = true;
        options_.on_partial(std::move(all));
    }

    std::span<const fs::path> files_;
    const IngestOptions& options_;
    const Progress& progress_;
    std::vector<Run> runs_;
    std::vector<Investigation> pieces_;
    std::vector<SourceTraces> traces_;
    std::vector<std::uint64_t> known_sessions_;
    std::int64_t all_bytes_ = 0, done_bytes_ = 0;
};

}  // namespace

Investigation ingest(std::span<const fs::path> files, const IngestOptions& options, const Progress& progress) {
    return Ingest(files, options, progress).run();
}

}  // namespace abm
