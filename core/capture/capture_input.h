// A capture in a file, plain or gzip, read from front to back.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/byte_source.h"
#include "core/base/progress.h"
#include "core/base/source_identity.h"
#include "core/capture/capture_file.h"

namespace abm {

/// Not thread-safe; one pass.
class CaptureInput {
public:
    /// identity: when given, fed with every byte that is read; outlives this object. Throws Error{Io} when the file cannot be
    /// opened and Error{Corrupt}, naming the file, when it does not begin as a capture does.
    explicit CaptureInput(const std::filesystem::path& path, SourceIdentity* identity = nullptr);

    CaptureFile& packets() { return *file_; }
    const ByteSource& bytes() const { return *bytes_; }
    bool empty() const { return file_ == nullptr; }  ///< the file has no byte
    /// Reads what is left, so that the identity is that of the whole file.
    void drain();

private:
    std::size_t read(std::span<char> into);

    std::unique_ptr<ByteSource> bytes_;
    SourceIdentity* identity_;
    std::string head_;  ///< read before libpcap, to see what it is
    std::unique_ptr<CaptureFile> file_;
};

}  // namespace abm
