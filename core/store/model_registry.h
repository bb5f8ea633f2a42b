// The model versions of a workspace: immutable, one of them current.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/label.h"
#include "core/store/workspace.h"

namespace abm {

enum class ModelState : std::uint8_t { candidate, current, earlier, discarded };
std::string_view name_of(ModelState state);

struct ModelInfo {
    ModelId id{};
    ModelId parent{};  ///< the current model when it was trained; 0: none
    ModelState state = ModelState::candidate;
    Time created = kUnknownTime;  ///< UTC
    std::string who;
    std::uint64_t seed = 0;
    std::string feature_schema;
    std::int64_t records = 0, labels = 0, last_event = 0;
    std::string metrics;  ///< JSON, see core/pipeline/train.h
};

class ModelRegistry {
public:
    explicit ModelRegistry(Workspace& workspace) : workspace_(workspace) {}

    /// A new candidate; id, parent, state and created of `info` are set by the registry. document: the portable model file.
    ModelId add(const ModelInfo& info, const std::string& document);
    std::vector<ModelInfo> list() const;  ///< oldest first
    std::optional<ModelInfo> current() const;
    std::string document(ModelId id) const;  ///< Throws Error{Invalid} when there is no such model.
    /// Makes a candidate, an earlier or a discarded model the current one. Throws Error{Invalid} when there is no such model.
    void adopt(ModelId id, std::string_view who);
    /// Throws Error{Invalid} for the current model.
    void discard(ModelId id, std::string_view who);
    /// The model that was current before the current one becomes current again. Throws Error{Invalid} when there is none.
    ModelId roll_back(std::string_view who);

private:
    Workspace& workspace_;
};

}  // namespace abm
