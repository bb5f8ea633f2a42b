// The one exception type of the program. See docs/architecture.md, "Errors: three cases".
#pragma once

#include <stdexcept>
#include <string>

namespace abm {

enum class ErrorCode {
    Io,         ///< a file could not be read or written
    Corrupt,    ///< the bytes are not what their format promises
    Mismatch,   ///< a model, schema or version does not fit the data
    Invalid,    ///< an argument, rule or option makes no sense
    Cancelled,  ///< the user asked to stop
};

/// Thrown when an operation cannot finish. The message says what failed, where (file, line or offset),
/// what was kept and what to do. Bad records never throw: they are counted and reported.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
    ErrorCode code() const noexcept { return code_; }

private:
    ErrorCode code_;
};

}  // namespace abm
