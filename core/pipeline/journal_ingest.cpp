#include "core/pipeline/journal_ingest.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "core/decide/rule_set.h"
#include "core/features/session_features.h"
#include "core/ingest/linker_state.h"
#include "core/ingest/reader_stamp.h"
#include "core/pipeline/journal_front.h"
#include "core/pipeline/judge.h"
#include "core/pipeline/source_reader.h"

namespace abm {
namespace {

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
          fronts_(options.fronts),
          reader_(files, result_.sources, options.known_lengths, begin_at(), progress),
          accounts_(files.size()),
          prints_(files.size()),
          checkpoints_(files.size()),
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
    std::vector<BlockPlace> begin_at() const {
        std::vector<BlockPlace> places;
        for (const auto& front : fronts_) places.push_back(front ? front->checkpoint.place : BlockPlace());
        return places;
    }

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
        chunk.offset = block.place.offset;
        read_chunk(chunk);
        LinkedChunk linked;
        LinkedChunk ending;
        BlockResult result;
        result.source = block.source;
        std::string machine;
        std::shared_ptr<JournalFront> front;
        {
            std::unique_lock lock(linking_);
            turn_changed_.wait(lock, [&] { return failure_ || turn_ == turn; });
            if (failure_) return;
            if (!fronts_.empty()) front = std::move(fronts_[block.source]);
            link(block, front.get(), chunk, linked, ending, result);
            machine = accounts_[block.source].machine();
            ++turn_;
            turn_changed_.notify_all();
        }
        result.judged = judge(&chunk, linked, *options_.rules, machine);
        if (!ending.scopes.empty()) {
            JudgedChunk last = judge(nullptr, ending, *options_.rules, machine);
            std::move(last.findings.begin(), last.findings.end(), std::back_inserter(result.judged.findings));
        }
        if (block.ends_source) note_late(result);
        if (front) put_before(std::move(front->judged), result.judged);
        publish(turn, std::move(result));
    }

    // Under the lock, in the order of the blocks: everything that carries over from one block to the next.
    void link(const Block& block, const JournalFront* front, JournalChunk& chunk, LinkedChunk& linked, LinkedChunk& ending,
              BlockResult& result) {
        Source& source = result_.sources[block.source];
        JournalAccount& account = accounts_[block.source];
        if (!linker_ || linking_source_ != block.source) begin_source(block.source, front);
        if (block.ends_source && block.place.offset > 0 && options_.traces) note_place(block);
        linked = linker_->link(chunk);
        if (block.ends_source) ending = linker_->finish(block.place.offset + static_cast<std::int64_t>(chunk.text.size()));
        account.take(chunk, linked);
        account.tell(source);
        auto& prints = prints_[block.source];
        if (options_.traces) prints.insert(prints.end(), linked.prints.begin(), linked.prints.end());
        result.source_first_record = source_first_record_;
        for (CashMovement& movement : linked.movements) {
            movement.record = static_cast<RecordIndex>(raw(movement.record) + source_first_record_);
        }
        append(linked.records, block.read, result_.records);
        append(linked.movements, block.read, result_.movements.edit());
        if (block.ends_source) close_source(source, account);
        result.record_end = result_.records.size();
    }

    void begin_source(std::size_t index, const JournalFront* front) {
        linking_source_ = index;
        source_first_record_ = result_.records.size();
        source_first_movement_ = result_.movements.size();
        linker_ = std::make_unique<SourceLinker>(static_cast<SourceIndex>(index), static_cast<MachineIndex>(index), identities_);
        accounts_[index] = JournalAccount(result_.sources[index].name);
        if (front) go_on(index, *front);
    }

    void go_on(std::size_t index, const JournalFront& front) {
        restore(front.checkpoint.linker, *linker_);
        accounts_[index] = front.checkpoint.account;
        prints_[index] = front.prints;
        result_.sources[index].encoding = front.checkpoint.encoding;
        for (Record record : front.records) {
            record.source = static_cast<SourceIndex>(index);
            record.machine = static_cast<MachineIndex>(index);
            result_.records.push_back(record);
        }
        auto& movements = result_.movements.edit();
        for (CashMovement movement : front.movements) {
            movement.source = static_cast<SourceIndex>(index);
            movement.machine = static_cast<MachineIndex>(index);
            movement.record = static_cast<RecordIndex>(raw(movement.record) + source_first_record_);
            movements.push_back(movement);
        }
    }

    /// Before the last block of a source is linked.
    void note_place(const Block& block) {
        JournalCheckpoint& checkpoint = checkpoints_[block.source].emplace();
        checkpoint.reader = reader_stamp();
        checkpoint.place = block.place;
        checkpoint.rules = options_.rules->fingerprint();
        checkpoint.records = static_cast<std::int64_t>(result_.records.size() - source_first_record_);
        checkpoint.movements = static_cast<std::int64_t>(result_.movements.size() - source_first_movement_);
        checkpoint.prints = std::ssize(prints_[block.source]);
        checkpoint.encoding = result_.sources[block.source].encoding;
        checkpoint.account = accounts_[block.source];
        checkpoint.linker = state_of(*linker_);
    }

    /// What the last block of a source said of records before it. Their types are those they have without findings; but those of
    /// a front that others spoke of, which keep what those said, for ever.
    void note_late(const BlockResult& last) {
        const std::scoped_lock lock(linking_);
        auto& checkpoint = checkpoints_[last.source];
        if (!checkpoint) return;
        for (const Finding& finding : last.judged.findings) {
            const auto record = static_cast<std::int32_t>(raw(finding.record));
            if (record >= checkpoint->records) continue;
            const std::size_t place = static_cast<std::size_t>(record) + last.source_first_record;
            checkpoint->late.push_back({record, finding.rule, finding.span, finding.sentence, result_.records[place].type});
        }
    }

    void close_source(Source& source, const JournalAccount& account) {
        account.close(source);
        if (account.is_journal()) return;
        // What is no journal has no records; its findings are left out when the blocks are put together.
        result_.records.resize(source_first_record_);
        result_.movements.edit().resize(source_first_movement_);
        checkpoints_[linking_source_].reset();
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
            if (source.sessions + source.intervals == 0) {
                index_of.push_back(MachineIndex{});  // no record of this source asks
                continue;
            }
            const std::string& name = accounts_[i].machine();
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
        for (std::size_t at = 0; at < accounts_.size(); ++at) {
            if (auto finding = accounts_[at].card_number_finding(result_.sources[at], static_cast<RecordIndex>(at)))
                result_.source_findings.push_back(std::move(*finding));
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
            options_.traces->push_back({std::move(reader_.identities()[source]), std::move(prints_[source]),
                                        checkpoints_[source] ? to_bytes(*checkpoints_[source]) : std::string()});
    }

    const IngestOptions& options_;
    const Progress& progress_;
    Investigation result_;
    std::vector<std::shared_ptr<JournalFront>> fronts_;  ///< by source, taken with its first block; empty: none
    SourceReader reader_;
    std::mutex reading_;  ///< guards reader_ and blocks_taken_
    std::size_t blocks_taken_ = 0;

    std::mutex linking_;  ///< guards everything below, result_ and fronts_
    std::condition_variable turn_changed_;
    std::size_t turn_ = 0;
    std::exception_ptr failure_;
    std::unique_ptr<SourceLinker> linker_;
    SessionIdentities identities_;
    std::size_t linking_source_ = 0, source_first_record_ = 0, source_first_movement_ = 0;
    std::vector<JournalAccount> accounts_;                       ///< by source
    std::vector<std::vector<std::uint64_t>> prints_;             ///< by source
    std::vector<std::optional<JournalCheckpoint>> checkpoints_;  ///< by source
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
