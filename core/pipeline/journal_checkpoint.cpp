#include "core/pipeline/journal_checkpoint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <string_view>

#include "core/base/error.h"
#include "core/ingest/linker_archive.h"
#include "core/ingest/reader_stamp.h"

namespace abm {
namespace {

constexpr std::size_t kChecksumBytes = 16;

/// In front of the rest: lengths that are not what was written must not be asked memory for.
std::string checksum_of(std::string_view bytes) { return fmt::format("{:016x}", XXH3_64bits(bytes.data(), bytes.size())); }

}  // namespace

template <class Archive>
void save(Archive& archive, const LateFinding& late) {
    archive(late.record, late.rule, late.span, late.sentence, std::string(name_of(late.without)));
}

template <class Archive>
void load(Archive& archive, LateFinding& late) {
    std::string type;
    archive(late.record, late.rule, late.span, late.sentence, type);
    const auto known = record_type_from_name(type);
    if (!known) throw Error(ErrorCode::Mismatch, fmt::format("'{}' is no type of record", type));
    late.without = *known;
}

template <class Archive>
void serialize(Archive& archive, JournalCheckpoint& at) {
    archive(at.reader, at.place, at.rules, at.records, at.movements, at.prints, at.encoding, at.account, at.linker, at.late);
}

std::string to_bytes(const JournalCheckpoint& checkpoint) {
    std::ostringstream bytes;
    cereal::PortableBinaryOutputArchive archive(bytes);
    archive(checkpoint);
    const std::string all = std::move(bytes).str();
    return checksum_of(all) + all;
}

JournalCheckpoint checkpoint_from(const std::string& bytes) {
    const std::size_t begin = std::min(kChecksumBytes, bytes.size());
    const std::string_view rest = std::string_view(bytes).substr(begin);
    if (checksum_of(rest) != std::string_view(bytes).substr(0, begin))
        throw Error(ErrorCode::Mismatch, "a checkpoint that is damaged");
    try {
        std::istringstream stream{std::string(rest)};
        cereal::PortableBinaryInputArchive archive(stream);
        JournalCheckpoint checkpoint;
        archive(checkpoint);
        if (checkpoint.reader != reader_stamp()) throw Error(ErrorCode::Mismatch, "a checkpoint of another build");
        return checkpoint;
    } catch (const Error&) {
        throw;
    } catch (const std::exception& error) {  // what cereal says of bytes of another shape
        throw Error(ErrorCode::Mismatch, fmt::format("a checkpoint that cannot be read ({})", error.what()));
    }
}

}  // namespace abm
