// Errands in the open workspace: labels and models in, labelled data out.
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "app/workbench/workspace_worker.h"
#include "core/pipeline/ingest.h"
#include "core/pipeline/record_reasons.h"
#include "widgets/format.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

std::ifstream opened(const fs::path& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input || fs::is_directory(file))
        throw Error(ErrorCode::Io, fmt::format("{}: cannot be read. Nothing was changed.", file.string()));
    return input;
}

ErrandResult result_of(const LabelFile& file, const LabelImport& done) {
    ErrandResult result;
    result.changes = done.stored > 0;
    result.words = counted(done.stored, "label", "labels") + " taken over";
    if (done.already_there > 0) result.words += ", " + count_text(done.already_there) + " known already";
    if (!done.contradictions.empty())
        result.words += ", " + count_text(std::ssize(done.contradictions)) + " against another expert's: both stand";
    const auto lost = std::ssize(done.unmatched) + std::ssize(file.problems);
    result.attention = lost > 0;
    if (lost > 0) {
        const RowProblem& first = done.unmatched.empty() ? file.problems.front() : done.unmatched.front();
        result.words += QStringLiteral(", %1 not stored; the first is line %2: %3")
                            .arg(counted(lost, "row", "rows"))
                            .arg(first.line)
                            .arg(qstring(first.message));
    }
    result.words += '.';
    return result;
}

}  // namespace

std::int64_t WorkspaceJob::Worker::bytes_to_read(const Paths& files) const {
    if (!session || files.empty()) return 0;
    const auto known = SourceStore(session->workspace()).list();
    std::int64_t bytes = 0;
    for (const fs::path& file : files) {
        const auto stamp = stamp_of(file);
        std::error_code ignored;
        const fs::path place = fs::weakly_canonical(file, ignored);
        const bool unchanged = stamp && std::any_of(known.begin(), known.end(), [&](const StoredSource& source) {
                                   return source.path == place && FileStamp{source.file_bytes, source.file_time} == *stamp;
                               });
        if (stamp && !unchanged) bytes += stamp->bytes;
    }
    return bytes;
}

void WorkspaceJob::errand(const QString& name, Stops stops, std::function<ErrandResult(Worker&, const Progress&)> work) {
    const int id = ++last_errand_;
    const auto report = std::make_shared<Report>();
    const std::stop_source stop;
    errands_[id] = {stop, report};
    emit errandBegan(id, name, stops == Stops::yes);
    const auto generation = generation_;
    // Told also when another workspace is open by then: it was done all the same.
    const auto command = [this, id, generation, report, stop, worker = worker_, work = std::move(work)] {
        const Progress progress(stop.get_token(),
                                [report](double fraction, std::string_view stage) { report->progress(fraction, stage); });
        progress.checkpoint(-1, {});
        const ErrandResult result = work(*worker, progress);
        auto change = result.changes ? answerChange(*worker) : CommandQueue::Answer();
        return [this, id, generation, result, change = std::move(change)] {
            if (change && generation == generation_) change();
            if (errands_.erase(id) > 0) emit errandDone(id, result);
        };
    };
    queue_.run(command, [this, id](const Error& error) {
        if (errands_.erase(id) > 0) emit errandFailed(id, QString::fromUtf8(error.what()));
    });
    poll_.start();
}

void WorkspaceJob::pollErrands() {
    for (const auto& [id, errand] : errands_) {
        double fraction = -1;
        QString stage;
        {
            const std::scoped_lock lock(errand.report->mutex);
            if (!std::exchange(errand.report->news, false)) continue;
            fraction = errand.report->fraction;
            stage = QString::fromStdString(errand.report->stage);
        }
        emit errandProgressed(id, fraction, stage);
    }
}

void WorkspaceJob::cancelErrand(int id) {
    const auto found = errands_.find(id);
    if (found == errands_.end()) return;
    found->second.stop.request_stop();
    errands_.erase(found);
    emit errandCancelled(id);
}

void WorkspaceJob::exportLabelled(const fs::path& folder, const ExportOptions& options) {
    errand(QStringLiteral("Export labelled data"), Stops::yes, [folder, options](Worker& worker, const Progress& progress) {
        WorkspaceSession& session = worker.open_session();
        const auto scored = session.snapshot();
        ExportOptions with_reasons = options;
        with_reasons.reasons_of = [&](RecordIndex record) { return reasons_of(*scored, record); };
        const auto files =
            export_labelled(session.workspace(), *scored->investigation(), session.source_ids(), folder, with_reasons, progress);
        ErrandResult result;
        result.folder = path_text(folder);
        result.words =
            QStringLiteral("Exported %1 to %2.").arg(counted(std::ssize(files), "file", "files"), short_path(path_text(folder)));
        return result;
    });
}

void WorkspaceJob::importLabels(const fs::path& file) {
    errand(QStringLiteral("Import labels from %1").arg(path_text(file.filename())), Stops::no,
           [file](Worker& worker, const Progress&) {
               WorkspaceSession& session = worker.writable();
               std::ifstream input = opened(file);
               const LabelFile labels = read_label_file(input, file.filename().string());
               const auto snapshot = session.snapshot()->investigation();
               const LabelImport done =
                   import_labels(session.workspace(), *snapshot, session.source_ids(), labels, worker.expert);
               session.refresh({});
               return result_of(labels, done);
           });
}

void WorkspaceJob::importModel(const fs::path& file) {
    errand(QStringLiteral("Import the model %1").arg(path_text(file.filename())), Stops::no,
           [file](Worker& worker, const Progress&) {
               WorkspaceSession& session = worker.writable();
               std::ifstream input = opened(file);
               const std::string document{std::istreambuf_iterator<char>(input), {}};
               const ModelId id = session.import_model(document);
               ErrandResult result;
               result.changes = true;
               result.words =
                   QStringLiteral("The model is here as candidate %1. Adopt or discard it under Model history.").arg(raw(id));
               return result;
           });
}

}  // namespace abm
