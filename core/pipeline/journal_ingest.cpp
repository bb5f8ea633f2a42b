#include "core/pipeline/journal_ingest.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "core/decide/rule_set.h"
#include "core/features/session_features.h"
#include "core/ingest/linker.h"
#include "core/pipeline/judge.h"
#include "core/pipeline/source_reader.h"

namespace abm {
namespace {

constexpr std::size_t kListedLines = 100;  // of those not understood, and of those with card numbers
constexpr std::size_t kFirstPartialRecords = 2'000;
constexpr std::size_t kPartialGrowth = 4;
constexpr double kSpareRoom = 1.05, kLeastGrowth = 1.5, kLeastRead = 1.0 / 4;

/// What one block adds, once it was judged.
struct BlockResult {
    JudgedChunk judged;
    std::size_t record_end = 0;           ///< within the investigation
    std::size_t source_first_record = 0;  ///< Finding::record counts from here
    std::size_t source = 0;
};

/// Line ends of a source so far.
struct LineEnds {
    std::int64_t cr = 0, lf = 0, crlf = 0;
    LineEnd kind() const {
        const int kinds = (cr > 0) + (lf > 0) + (crlf > 0);
        if (kinds > 1) return LineEnd::mixed;
        return cr > 0 ? LineEnd::cr : lf > 0 ? LineEnd::lf : crlf > 0 ? LineEnd::crlf : LineEnd::none;
    }
};

// "ABM175EJ_20250624.txt" -> "0175"
std::string machine_from_name(std::string_view name) {
    std::size_t at = 0;
    while (at < name.size() && !is_digit(name[at])) ++at;
    std::size_t end = at;
    while (end < name.size() && is_digit(name[end])) ++end;
    if (at == end || end - at > 8) return "unknown";
    return fmt::format("{:0>4}", name.substr(at, end - at));
}

// Makes room for what the rest will add if it is like the `read` share of all bytes that came so far: a vector that doubles
// copies itself over and over, while the others wait.
template <class T>
void append(const std::vector<T>& more, double read, std::vector<T>& all) {
    const std::size_t needed = all.size() + more.size();
    if (needed > all.capacity()) {
        const double factor = kSpareRoom / std::max(read, kLeastRead);
        all.reserve(static_cast<std::size_t>(static_cast<double>(needed) * std::max(factor, kLeastGrowth)));
    }
    all.insert(all.end(), more.begin(), more.end());
}

/// The loop of every worker: take a block, understand it, link it when its turn has come, judge it.
class Ingestion {
public:
    Ingestion(std::span<const std::filesystem::path> files, const IngestOptions& options, const Progress& progress)
        : options_(options),
          progress_(progress),
          reader_(files, result_.sources, options.known_lengths),
          next_partial_(kFirstPartialRecords) {
        identities_.insert(options.known_sessions.begin(), options.known_sessions.end());
    }

    Investigation run() {
        std::vector<std::jthread> others;
        for (int i = 1; i < options_.threads; ++i) others.emplace_back([this] { work(); });
        work();
        others.clear();
        if (failure_) std::rethrow_exception(failure_);
        return assemble();
    }

private:
    void work() {
        try {
            JournalChunk chunk;  // its memory serves block after block
            Block block;
            while (true) {
                std::size_t turn = 0;
                {
                    const std::scoped_lock lock(reading_);
                    if (stopped()) return;
                    if (!reader_.next(block)) return;
                    turn = blocks_taken_++;
                    progress_.checkpoint(block.read, "reading");
                }
                process(block, chunk, turn);
            }
        } catch (...) {
            const std::scoped_lock lock(linking_);
            if (!failure_) failure_ = std::current_exception();
            turn_changed_.notify_all();
        }
    }

    bool stopped() {
        const std::scoped_lock lock(linking_);
        return failure_ != nullptr;
    }

    void process(Block& block, JournalChunk& chunk, std::size_t turn) {
        chunk.text.swap(block.text);
        chunk.offset = block.offset;
        read_chunk(chunk);
        LinkedChunk linked;
        LinkedChunk ending;
        BlockResult result;
        result.source = block.source;
        std::string machine;
        {
            std::unique_lock lock(linking_);
            turn_changed_.wait(lock, [&] { return failure_ || turn_ == turn; });
            if (failure_) return;
            link(block, chunk, linked, ending, result);
            machine = machine_of_[block.source];
            ++turn_;
            turn_changed_.notify_all();
        }
        result.judged = judge(&chunk, linked, *options_.rules, machine);
        if (!ending.scopes.empty()) {
            JudgedChunk last = judge(nullptr, ending, *options_.rules, machine);
            std::move(last.findings.begin(), last.findings.end(), std::back_inserter(result.judged.findings));
        }
        publish(turn, std::move(result));
    }

    // Under the lock, in the order of the blocks: everything that carries over from one block to the next.
    void link(const Block& block, JournalChunk& chunk, LinkedChunk& linked, LinkedChunk& ending, BlockResult& result) {
        Source& source = result_.sources[block.source];
        if (!linker_ || linking_source_ != block.source) {
            linking_source_ = block.source;
            source_first_record_ = result_.records.size();
            source_first_movement_ = result_.movements.size();
            line_ends_ = {};
            linker_ = std::make_unique<SourceLinker>(static_cast<SourceIndex>(block.source),
                                                     static_cast<MachineIndex>(block.source), identities_);
            machine_of_[block.source] = machine_from_name(source.name);
        }
        linked = linker_->link(chunk);
        if (block.ends_source) ending = linker_->finish(block.offset + static_cast<std::int64_t>(chunk.text.size()));
        account(source, block.source, chunk, linked);
        result.source_first_record = source_first_record_;
        for (CashMovement& movement : linked.movements) {
            movement.record = static_cast<RecordIndex>(raw(movement.record) + source_first_record_);
        }
        append(linked.records, block.read, result_.records);
        append(linked.movements, block.read, result_.movements.edit());
        if (block.ends_source) close_source(source);
        result.record_end = result_.records.size();
    }

    void account(Source& source, std::size_t index, const JournalChunk& chunk, const LinkedChunk& linked) {
        source.lines += chunk.lexed.lines;
        line_ends_.cr += chunk.lexed.cr_ends;
        line_ends_.lf += chunk.lexed.lf_ends;
        line_ends_.crlf += chunk.lexed.crlf_ends;
        source.lines_not_understood += static_cast<std::int64_t>(chunk.not_understood.size());
        for (const TextSpan& line : chunk.not_understood) {
            if (source.first_not_understood.size() == kListedLines) break;
            source.first_not_understood.push_back(line);
        }
        source.card_numbers_masked += static_cast<std::int64_t>(chunk.card_numbers.size());
        source.account_numbers_masked += chunk.accounts;
        for (const TextSpan& line : chunk.card_numbers) note_card_number(index, line);
        if (!chunk.lexed.headers.empty() || !chunk.sessions.empty()) source.format = "ndc-journal";
        for (const SessionDraft& session : chunk.sessions) {
            if (!session.machine.empty() && source.machine.empty()) {
                source.machine = session.machine;
                machine_of_[index] = source.machine;
            }
        }
        for (const Record& record : linked.records) {
            ++(record.kind == RecordKind::session ? source.sessions : source.intervals);
            if (!known(record.start)) continue;
            if (!known(source.first_time)) source.first_time = record.start;
            source.last_time = record.end;
        }
        repeated_[index] += linked.repeated_sessions;
        if (options_.traces)
            prints_[index].insert(prints_[index].end(), linked.session_prints.begin(), linked.session_prints.end());
    }

    void note_card_number(std::size_t index, const TextSpan& line) {
        auto& findings = result_.source_findings;
        if (findings.empty() || findings.back().span.bytes != static_cast<std::int64_t>(index)) {
            Finding finding;
            finding.type = RecordType::card_number_in_log;
            finding.severity = Severity::medium;
            finding.rule = "card-number-in-log";
            finding.action = "Tell the owner of the terminal software: full card numbers must not be written to journals.";
            finding.span.bytes = static_cast<std::int64_t>(index);  // the source, until assemble() knows its length
            findings.push_back(std::move(finding));
        }
        if (findings.back().evidence.size() < kListedLines)
            findings.back().evidence.push_back({line, "full card number, masked"});
    }

    void close_source(Source& source) {
        source.line_end = line_ends_.kind();
        if (source.machine.empty()) source.machine = machine_from_name(source.name);
        const std::int64_t repeated = repeated_[linking_source_];
        if (repeated > 0) {
            source.problems.push_back(
                {-1, repeated, false,
                 fmt::format("{} sessions were read before, here or in another file: they count once in the ledger", repeated)});
        }
        if (source.format == "unknown") {
            // What is no journal has no records; its findings are left out when the blocks are put together.
            result_.records.resize(source_first_record_);
            result_.movements.edit().resize(source_first_movement_);
            source.intervals = 0;
            source.machine.clear();
        }
        if (source.format == "unknown" && source.bytes > 0 && source.problems.empty()) {
            source.problems.push_back(
                {0, source.lines, true,
                 fmt::format("{}: no line was understood as one of an electronic journal; {} lines were looked at. "
                             "Is this another kind of file?",
                             source.name, source.lines)});
        }
    }

    void publish(std::size_t turn, BlockResult result) {
        std::shared_ptr<const Investigation> partial;
        {
            const std::scoped_lock lock(linking_);
            waiting_.emplace(turn, std::move(result));
            while (!waiting_.empty() && waiting_.begin()->first == done_.size()) {
                done_.push_back(std::move(waiting_.begin()->second));
                waiting_.erase(waiting_.begin());
            }
            if (options_.on_partial && !done_.empty() && done_.back().record_end >= next_partial_) {
                next_partial_ = done_.back().record_end * kPartialGrowth;
                partial = snapshot();
            }
        }
        if (partial) options_.on_partial(partial);
    }

    // The records of the blocks judged so far, without features: enough for the views to fill while reading goes on.
    std::shared_ptr<const Investigation> snapshot() {
        auto copy = std::make_shared<Investigation>();
        copy->partial = true;
        copy->sources = result_.sources;
        copy->records.assign(result_.records.begin(),
                             result_.records.begin() + static_cast<std::ptrdiff_t>(done_.back().record_end));
        for (const BlockResult& block : done_) {
            append_findings(block, block.judged.findings, *copy);
        }
        copy->machines = name_machines(*copy);
        roll_up(copy->records, copy->findings.edit());
        return copy;
    }

    static void append_findings(const BlockResult& block, std::vector<Finding> findings, Investigation& investigation) {
        for (Finding& finding : findings) {
            const std::size_t record = raw(finding.record) + block.source_first_record;
            if (record >= block.record_end) continue;  // the source turned out to be no journal
            finding.record = static_cast<RecordIndex>(record);
            investigation.findings.edit().push_back(std::move(finding));
        }
    }

    // Records carry the index of their source until here.
    std::vector<std::string> name_machines(Investigation& investigation) const {
        std::vector<std::string> names;
        std::vector<MachineIndex> index_of;
        for (std::size_t i = 0; i < investigation.sources.size(); ++i) {
            const Source& source = investigation.sources[i];
            const auto known_name = machine_of_.find(i);
            if (source.sessions + source.intervals == 0 || known_name == machine_of_.end()) {
                index_of.push_back(MachineIndex{});  // no record of this source asks
                continue;
            }
            const std::string& name = known_name->second;
            const auto found = std::find(names.begin(), names.end(), name);
            index_of.push_back(static_cast<MachineIndex>(found - names.begin()));
            if (found == names.end()) names.push_back(name);
        }
        for (Record& record : investigation.records) record.machine = index_of[raw(record.source)];
        for (CashMovement& movement : investigation.movements.edit()) movement.machine = index_of[raw(movement.source)];
        return names;
    }

    Investigation assemble() {
        linker_.reset();
        result_.machines = name_machines(result_);
        std::size_t sessions = 0;
        for (Record& record : result_.records) {
            if (record.kind == RecordKind::session) record.feature_row = static_cast<std::int32_t>(sessions++);
        }
        FeatureMatrix features;
        features.names = session_feature_names();
        features.values.resize(static_cast<Eigen::Index>(sessions), static_cast<Eigen::Index>(features.names.size()));
        float* row = features.values.data();
        TokenSequences courses;
        courses.words = course_words();
        courses.first.reserve(sessions + 1);
        for (BlockResult& block : done_) {
            row = std::copy(block.judged.features.begin(), block.judged.features.end(), row);
            std::vector<float>().swap(block.judged.features);
            take_courses(block.judged, courses);
            append_findings(block, std::exchange(block.judged.findings, {}), result_);
        }
        result_.features.add({std::move(features), std::move(courses)});
        roll_up(result_.records, result_.findings.edit());
        for (Finding& finding : result_.source_findings) {
            const auto index = static_cast<std::size_t>(finding.span.bytes);
            finding.span = {0, result_.sources[index].bytes};
            finding.record = static_cast<RecordIndex>(index);
            const std::int64_t numbers = result_.sources[index].card_numbers_masked;
            finding.sentence =
                fmt::format("{} holds {} full card number{} in its text; {} masked wherever the text is shown.",
                            result_.sources[index].name, numbers, numbers == 1 ? "" : "s", numbers == 1 ? "it is" : "they are");
        }
        leave_traces();
        return std::move(result_);
    }

    static void take_courses(JudgedChunk& judged, TokenSequences& courses) {
        courses.tokens.insert(courses.tokens.end(), judged.courses.begin(), judged.courses.end());
        for (const std::uint32_t steps : judged.course_lengths) courses.first.push_back(courses.first.back() + steps);
        std::vector<CourseStep>().swap(judged.courses);
    }

    void leave_traces() {
        if (!options_.traces) return;
        options_.traces->clear();
        for (std::size_t source = 0; source < result_.sources.size(); ++source)
            options_.traces->push_back({std::move(reader_.identities()[source]), std::move(prints_[source])});
    }

    const IngestOptions& options_;
    const Progress& progress_;
    Investigation result_;
    SourceReader reader_;
    std::mutex reading_;  ///< guards reader_ and blocks_taken_
    std::size_t blocks_taken_ = 0;

    std::mutex linking_;  ///< guards everything below and result_
    std::condition_variable turn_changed_;
    std::size_t turn_ = 0;
    std::exception_ptr failure_;
    std::unique_ptr<SourceLinker> linker_;
    SessionIdentities identities_;
    std::size_t linking_source_ = 0, source_first_record_ = 0, source_first_movement_ = 0;
    LineEnds line_ends_;
    std::map<std::size_t, std::string> machine_of_;
    std::map<std::size_t, std::int64_t> repeated_;
    std::map<std::size_t, std::vector<std::uint64_t>> prints_;
    std::map<std::size_t, BlockResult> waiting_;
    std::vector<BlockResult> done_;
    std::size_t next_partial_;
};

}  // namespace

Investigation ingest_journals(std::span<const std::filesystem::path> files, const IngestOptions& options,
                              const Progress& progress) {
    return Ingestion(files, options, progress).run();
}

}  // namespace abm
