// The tables of a workspace. Source: resources/workspace/schema-*.sql; explained in docs/workspace-format.md.
#pragma once

#include <cstdint>

namespace abm {

inline constexpr std::int32_t kApplicationId = 0x41424D57;  ///< "ABMW": PRAGMA application_id
inline constexpr int kSchemaVersion = 4;                    ///< PRAGMA user_version
extern const char* const kSchemaSteps[kSchemaVersion];      ///< resources/workspace/schema-1.sql, -2.sql ...

}  // namespace abm
