// Raw text of one journal: a buffer with the offset of every byte known before it is on the disk.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/generate/generate.h"
#include "core/generate/part_file.h"

namespace abm {

/// Append, then end_line(). Hot path of large runs: copies only, no formatting library.
class JournalText {
public:
    JournalText(PartFile& file, LineEnd line_end)
        : file_(file),
          line_end_(line_end == LineEnd::cr   ? "\r"
                    : line_end == LineEnd::lf ? "\n"
                                              : "\r\n"),
          buffer_(kCapacity) {}

    std::int64_t offset() const { return flushed_ + static_cast<std::int64_t>(size_); }

    JournalText& put(std::string_view text) {
        if (text.empty()) return *this;
        if (size_ + text.size() > kCapacity) flush();
        std::memcpy(buffer_.data() + size_, text.data(), text.size());
        size_ += text.size();
        return *this;
    }

    /// Decimal digits of value >= 0, at least width long, filled on the left.
    JournalText& number(std::int64_t value, int width = 1, char fill = '0') {
        char digits[24];
        char* const end = digits + sizeof digits;
        char* at = end;
        do *--at = static_cast<char>('0' + value % 10);
        while ((value /= 10) > 0);
        while (end - at < width) *--at = fill;
        return put({at, static_cast<std::size_t>(end - at)});
    }

    /// Text filled with blanks on the right, and on the left.
    JournalText& left(std::string_view text, std::size_t width) { return put(text).blanks(text.size(), width); }
    JournalText& right(std::string_view text, std::size_t width) { return blanks(text.size(), width).put(text); }

    /// HH:MM:SS of a second since the epoch.
    JournalText& clock(std::int64_t second) {
        const std::int64_t of_day = second % 86400;
        return number(of_day / 3600, 2).put(":").number(of_day / 60 % 60, 2).put(":").number(of_day % 60, 2);
    }

    void end_line() { put(line_end_); }
    void line(std::string_view text = {}) { put(text).put(line_end_); }

    void flush() {
        file_.write({buffer_.data(), size_});
        flushed_ += static_cast<std::int64_t>(size_);
        size_ = 0;
    }

private:
    static constexpr std::size_t kCapacity = 256 * 1024;

    JournalText& blanks(std::size_t used, std::size_t width) {
        static constexpr std::string_view kBlanks = "                                        ";
        return used < width ? put(kBlanks.substr(0, width - used)) : *this;
    }

    PartFile& file_;
    std::string_view line_end_;
    std::vector<char> buffer_;
    std::size_t size_ = 0;
    std::int64_t flushed_ = 0;
};

}  // namespace abm
