#include "app/cli/workspace_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "app/cli/message.h"
#include "core/decide/rule_set.h"
#include "core/store/source_lookup.h"

namespace abm::cli {
namespace {

namespace fs = std::filesystem;

/// --model: current, the number of a version of the workspace, or a model file.
void choose_model(WorkspaceSession& session, const std::string& model, const Progress& progress) {
    if (model.empty() || model == "current") return;
    std::int64_t id = 0;
    const auto parsed = std::from_chars(model.data(), model.data() + model.size(), id);
    if (parsed.ec == std::errc() && parsed.ptr == model.data() + model.size()) {
        session.score_with(static_cast<ModelId>(id), progress);
    } else {
        session.score_with(std::make_shared<const ModelSet>(load_models(file_content(model))), progress);
    }
}

/// Each file is stored by itself: what was finished before the user stopped it is there, and must not be called unwritten.
std::vector<ImportedSource> import_into(WorkspaceSession& session, const std::vector<fs::path>& files,
                                        const ReadingChoice& choice, const Progress& progress) {
    try {
        return session.import(files, progress, choice);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Cancelled) throw;
        throw Error(ErrorCode::Cancelled, fmt::format("cancelled; the files read to their end are kept in {}; the same command "
                                                      "reads the rest",
                                                      session.path().string()));
    }
}

/// imported: parallel to named.files.
bool say_imports(const std::vector<ImportedSource>& imported, const NamedFiles& named) {
    bool complete = true;
    for (std::size_t at = 0; at < imported.size(); ++at) {
        const ImportedSource& source = imported[at];
        Source as_named = source.as_read;
        as_named.path = named.files[at];
        // Its notes were given when it was stored; that its sessions "were read before" is no news of a file that only moved.
        if (source.outcome == ImportedSource::Outcome::known || source.outcome == ImportedSource::Outcome::moved)
            std::erase_if(as_named.problems, [](const SourceProblem& problem) { return !problem.fatal; });
        if (!say_problems(as_named, named)) complete = false;
        if (source.outcome != ImportedSource::Outcome::added && source.outcome != ImportedSource::Outcome::failed)
            say(fmt::format("note: {}: {}", source.name, name_of(source.outcome)));
    }
    return complete;
}

}  // namespace

void add_workspace(CLI::App& verb, WorkspaceOptions& options, bool acts) {
    verb.add_option("--workspace", options.path, "The workspace (*.abmw)")->type_name("W")->required();
    verb.add_option("--threads", options.threads, "Threads to use (default: all)")->type_name("N")->check(CLI::Range(0, 1024));
    if (acts) verb.add_option("--who", options.who, "Who decides (default: the name of the user)")->type_name("NAME");
}

std::string file_content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (file && !fs::is_directory(path)) {
        std::string content{std::istreambuf_iterator<char>(file), {}};
        if (!file.bad()) return content;
    }
    throw Error(ErrorCode::Io, fmt::format("{}: cannot be read; nothing was changed", path.string()));
}

std::unique_ptr<WorkspaceSession> open_session(const WorkspaceOptions& options, Workspace::Access access,
                                               const Progress& progress) {
    if (!fs::exists(options.path)) {
        throw Error(ErrorCode::Io, fmt::format("{}: there is no such workspace; 'abm detect INPUT... --workspace {}' makes one",
                                               options.path, options.path));
    }
    SessionOptions session;
    session.threads = options.threads;
    session.access = access;
    if (!options.who.empty()) session.who = options.who;
    auto opened = WorkspaceSession::open(options.path, std::move(session), progress);
    for (const std::string& note : opened->notes()) say(fmt::format("note: {}", note));
    return opened;
}

Reading read_workspace(const InputOptions& inputs, const JudgeOptions& judging, const Progress& progress) {
    if (inputs.inputs.empty() && !fs::exists(judging.workspace)) {
        throw Error(ErrorCode::Io,
                    fmt::format("{}: there is no such workspace; name the inputs it shall be made of", judging.workspace));
    }
    RuleSet rules = RuleSet::built_in();
    for (const std::string& file : judging.rule_files) rules = rules.with(RuleSet::load(fs::path(file)));
    SessionOptions options;
    options.threads = inputs.threads;
    options.seed = judging.seed;
    options.rules = &rules;
    if (inputs.inputs.empty()) options.access = Workspace::Access::read_only;
    const auto session = WorkspaceSession::open(judging.workspace, std::move(options), progress);
    for (const std::string& note : session->notes()) say(fmt::format("note: {}", note));
    Reading reading;
    if (!inputs.inputs.empty()) {
        const ReadingChoice choice = reading_choice(inputs);
        const NamedFiles named = find_files(inputs.inputs);
        const std::vector<ImportedSource> imported = import_into(*session, named.files, choice, progress);
        reading.complete = say_imports(imported, named) && named.complete;
        for (const ImportedSource& source : imported) {
            if (const auto index = session->index_of(source.source)) reading.chosen.push_back(*index);
        }
        std::ranges::sort(reading.chosen);
        reading.only_chosen = true;
    }
    choose_model(*session, judging.model, progress);
    reading.scored = session->snapshot();
    return reading;
}

RecordIndex record_named(const Investigation& investigation, std::string_view name) {
    const auto refuse = [&](std::string_view why) {
        return Error(ErrorCode::Invalid, fmt::format("'{}': {}; a record is written SOURCE#kind:ordinal, for instance "
                                                     "ABM25EJ.txt#session:7",
                                                     name, why));
    };
    const std::size_t hash = name.rfind('#');
    const std::size_t colon = name.find(':', hash == std::string_view::npos ? 0 : hash);
    if (hash == std::string_view::npos || colon == std::string_view::npos) throw refuse("that names no record");
    const std::string_view kind = name.substr(hash + 1, colon - hash - 1);
    std::int32_t ordinal = -1;
    const std::string_view digits = name.substr(colon + 1);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), ordinal);
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) throw refuse("the ordinal is not a number");
    SourceLookup sources(investigation);
    const auto& found = sources.find(std::string(name.substr(0, hash)));
    if (!found.source) throw refuse(found.why_not);
    for (std::size_t at = 0; at < investigation.records.size(); ++at) {
        const Record& record = investigation.records[at];
        if (raw(record.source) == *found.source && name_of(record.kind) == kind && record.ordinal == ordinal)
            return static_cast<RecordIndex>(at);
    }
    throw refuse("the source has no such record");
}

}  // namespace abm::cli
