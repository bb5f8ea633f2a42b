#include "core/pipeline/source_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text_encoding.h"

namespace abm {
namespace {

void add_problem(Source& source, std::int64_t offset, bool fatal, std::string message) {
    source.problems.push_back({offset, 1, fatal, std::move(message)});
}

}  // namespace

SourceReader::SourceReader(std::span<const std::filesystem::path> files, std::vector<Source>& sources,
                           std::vector<std::int64_t> known_lengths, std::vector<BlockPlace> begin_at, const Progress& progress)
    : files_(files),
      sources_(sources),
      known_lengths_(std::move(known_lengths)),
      begin_at_(std::move(begin_at)),
      progress_(progress),
      identities_(files.size()) {
    sources_.resize(files.size());
    for (const auto& file : files) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(file, ignored);
        if (!ignored) total_bytes_ += static_cast<std::int64_t>(size);
    }
}

double SourceReader::fraction() const {
    const double now = bytes_ ? bytes_->position_fraction() * static_cast<double>(bytes_->size_hint()) : 0;
    return total_bytes_ > 0 ? std::min(1.0, (static_cast<double>(done_bytes_) + now) / static_cast<double>(total_bytes_)) : 0;
}

void SourceReader::open(Source& source) {
    source.path = files_[at_];
    source.name = source.path == "-" ? "standard input" : source.path.filename().string();
    source.format = "unknown";
    std::error_code listing;
    if (std::filesystem::is_directory(source.path, listing)) {
        const std::filesystem::directory_iterator entries(source.path, listing);
        add_problem(source, -1, true,
                    fmt::format("{}: the folder cannot be listed ({}); nothing in it was read. Check that you may read it",
                                source.path.string(), listing.message()));
        return;
    }
    try {
        bytes_ = ByteSource::open(source.path);
        source.gzip = bytes_->is_gzip();
        blocks_ = std::make_unique<JournalBlocks>(*bytes_, known_lengths_);
    } catch (const Error& error) {
        add_problem(source, -1, true, error.what());
    }
    if (blocks_ && !begin_at_.empty()) blocks_->go_on_at(begin_at_[at_], progress_);
}

void SourceReader::close(Source& source) {
    if (blocks_) {
        source.identity = blocks_->identity().hex();
        source.bytes = blocks_->identity().bytes();
        if (blocks_->forced_cuts() > 0) {
            source.problems.push_back(
                {-1, blocks_->forced_cuts(), false,
                 fmt::format("{} stretches of {} MB without a session were cut in pieces; all bytes were kept",
                             blocks_->forced_cuts(), JournalBlocks::kMostBytes >> 20)});
        }
        if (const auto& problem = bytes_->problem()) add_problem(source, problem->offset, true, problem->message);
        if (source.bytes == 0 && source.problems.empty()) {
            source.format = "empty";
            add_problem(source, -1, false, fmt::format("{} is empty: there is nothing to read", source.name));
        }
        done_bytes_ += bytes_->size_hint();
        identities_[at_] = blocks_->take_identity();
    }
    blocks_.reset();
    bytes_.reset();
}

bool SourceReader::next(Block& block) {
    const bool taken = take(block);
    block.read = fraction();
    return taken;
}

// Reads one block ahead, so that the last block of a source can say that it is the last.
bool SourceReader::take(Block& block) {
    if (at_ == files_.size()) return false;
    Source& source = sources_[at_];
    block.text.clear();
    block.place = {};
    block.ends_source = false;
    if (has_ahead_) {
        std::swap(block, ahead_);
        has_ahead_ = false;
    } else {
        open(source);
        if (blocks_ && blocks_->next(block.text, block.place) && block.place.offset == 0) {
            const TextEncoding encoding = sniff_encoding(block.text);
            source.encoding = name_of(encoding);
            if (const std::string reason = encoding_refusal(encoding, "an electronic journal (plain text or gzip)");
                !reason.empty()) {
                add_problem(source, 0, true, fmt::format("{}: {}", source.name, reason));
                block.text.clear();
                close(source);
            }
        }
    }
    block.source = at_;
    block.ends_source = false;
    if (blocks_ && !block.text.empty() && blocks_->next(ahead_.text, ahead_.place)) {
        has_ahead_ = true;
        return true;
    }
    block.ends_source = true;
    close(source);
    ++at_;
    return true;
}

}  // namespace abm
