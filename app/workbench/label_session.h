// The course of one label session: which record comes when, which were skipped, how fast it goes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/decide/queue.h"

namespace abm {

/// Records come in the order of the queue, none twice: what was decided or skipped does not come back, unless undo brings it
/// back. A newer queue changes only the order of what has not come yet. Plain data, O(1) or O(queue) each.
class LabelSession {
public:
    static constexpr std::int64_t kStage = 120;  ///< records one sets out to look at; then as many again

    /// available: records of the workspace that wait for a verdict when the session begins.
    explicit LabelSession(std::int64_t available = 0) : available_(available) {}

    void refill(const std::vector<QueueEntry>& entries);
    /// The first one behind `here` (nullopt: of all) that waits for a verdict. labelled: asked of the workspace.
    std::optional<RecordIndex> after(std::optional<RecordIndex> here, const std::function<bool(RecordIndex)>& labelled) const;
    /// It stands before the expert now.
    void show(RecordIndex record);

    void decide(RecordIndex record, std::int32_t decided_ms);  ///< decided_ms: -1 when nobody looked at this very record
    void skip(RecordIndex record) { skipped_.insert(raw(record)); }
    void undo(RecordIndex record);  ///< it waits again
    void forgetSkipped();

    std::size_t waiting() const;  ///< of those that have not come yet
    std::int64_t decided() const { return static_cast<std::int64_t>(decided_.size()); }
    std::int64_t skipped() const { return static_cast<std::int64_t>(skipped_.size()); }
    std::int64_t position() const { return decided() + skipped() + 1; }  ///< of the record one looks at, from 1
    std::int64_t goal() const;                                           ///< never below position() while something waits
    std::optional<double> secondsEach() const;                           ///< mean of those looked at one by one

private:
    bool over(std::uint32_t record) const { return decided_.contains(record) || skipped_.contains(record); }

    std::int64_t available_;
    std::vector<std::uint32_t> order_;                         ///< those that have come, then those that wait
    std::size_t come_ = 0;                                     ///< how many of order_ have come
    std::unordered_map<std::uint32_t, std::int32_t> decided_;  ///< milliseconds, -1 unknown
    std::unordered_set<std::uint32_t> skipped_;
};

}  // namespace abm
