// Watched folders in a workspace: their settings, and which files are done with. Explained in docs/workspace-format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/record_type.h"
#include "core/store/source_store.h"

namespace abm {

enum class WatchId : std::int64_t {};

struct WatchSettings {
    std::filesystem::path folder;  ///< absolute
    std::int64_t interval_ms = 10'000;
    std::int64_t retrain_every = 10;            ///< files; 0: never
    Severity notify_from = Severity::critical;  ///< none: never
    bool running = false;                       ///< the window goes on with it when it opens the workspace
    bool operator==(const WatchSettings&) const = default;
};

struct Watch {
    WatchId id{};
    WatchSettings settings;
    std::int64_t untrained = 0;  ///< files stored since this watch last trained a model
};

/// What became of a file.
enum class WatchOutcome : std::uint8_t {
    stored,    ///< new content
    grown,     ///< more behind what was read before
    replaced,  ///< other content in its place; what was read before is kept
    shrunk,    ///< the same, and there is less of it than before
    known,     ///< its content is in the workspace already
    moved,     ///< the same, from another place
    left_out,  ///< a table that is about other files: labels, truth, what this program wrote
    failed,    ///< set aside, with the reason
    growing,   ///< as grown, and the session at its end goes on: nothing is told of that one yet
    stopped,   ///< growing once, and has stood still since: the session at its end never ended
};
inline constexpr std::size_t kWatchOutcomeCount = 10;
std::string_view name_of(WatchOutcome outcome);  ///< "stored", "left out"
/// Something has come: for people to be told of, and (all but stopped, which was counted) for models to learn from.
bool is_news(WatchOutcome outcome);

/// A file as it was when it was done with, or set aside.
struct WatchedFile {
    std::string name;  ///< below the folder
    FileStamp stamp;
    std::int64_t change_time = 0;  ///< nanoseconds since 1970: of its content, permissions and names
    WatchOutcome outcome = WatchOutcome::stored;
    std::string reason;  ///< of failed, or what else is to say; may be empty
    Time at = kUnknownTime;
};

/// All throw Error; then nothing was changed.
class WatchStore {
public:
    explicit WatchStore(Workspace& workspace) : workspace_(workspace) {}

    std::vector<Watch> list() const;
    std::optional<Watch> find(const std::filesystem::path& folder) const;
    /// The one the window goes on with; nullopt: none.
    std::optional<Watch> running() const;
    /// Makes it, or changes its settings; a change is in the audit trail. Of those that run there is one: others stop.
    Watch put(const WatchSettings& settings, std::string_view who);

    std::vector<WatchedFile> files(WatchId id) const;  ///< by name
    /// Takes over what became of files, in one transaction; those with news count as untrained.
    void mark(WatchId id, std::span<const WatchedFile> files);
    /// A model was trained; decision: "adopted" or "held". In the audit trail.
    void trained(WatchId id, ModelId model, std::string_view decision, std::string_view because, std::string_view who);

private:
    Workspace& workspace_;
};

}  // namespace abm
