// Lines of a block of bytes whose line ends are CR, LF or CRLF, mixed.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace abm {

/// Walks the lines of a text. Looks at 64 bytes at a time: CR-only and LF files cost the same.
class LineSplitter {
public:
    struct Line {
        const char* begin;
        const char* end;   ///< without the line end
        const char* next;  ///< first byte of the next line
    };

    explicit LineSplitter(std::string_view text) : at_(text.data()), end_(text.data() + text.size()), window_(at_) {
        if (at_ != end_) marks_ = marks_in_window();
    }

    /// The next line; false behind the last. A text that does not end with a line end has a last line all the same.
    bool next(Line& line) {
        if (at_ == end_) return false;
        const char* stop = next_mark();
        line.begin = at_;
        line.end = stop;
        if (stop == end_) {
            line.next = end_;
        } else if (*stop == '\r' && stop + 1 != end_ && stop[1] == '\n') {
            line.next = stop + 2;
            skip_mark(stop + 1);
        } else {
            line.next = stop + 1;
        }
        at_ = line.next;
        return true;
    }

private:
    static constexpr std::ptrdiff_t kWindow = 64;

    const char* next_mark() {
        while (marks_ == 0) {
            if (end_ - window_ <= kWindow) return end_;
            window_ += kWindow;
            marks_ = marks_in_window();
        }
        const char* mark = window_ + std::countr_zero(marks_);
        marks_ &= marks_ - 1;
        return mark;
    }

    // The LF of a CRLF may be the first mark of the window not loaded yet.
    void skip_mark(const char* mark) {
        if (mark - window_ < kWindow) {
            marks_ &= ~(std::uint64_t{1} << (mark - window_));
        } else {
            window_ += kWindow;
            marks_ = marks_in_window() & ~std::uint64_t{1};
        }
    }

    std::uint64_t marks_in_window() const {
        if (end_ - window_ < kWindow) {
            std::uint64_t marks = 0;
            for (std::ptrdiff_t i = 0; i < end_ - window_; ++i) {
                if (window_[i] == '\r' || window_[i] == '\n') marks |= std::uint64_t{1} << i;
            }
            return marks;
        }
#if defined(__SSE2__)
        std::uint64_t marks = 0;
        const __m128i cr = _mm_set1_epi8('\r');
        const __m128i lf = _mm_set1_epi8('\n');
        for (int part = 0; part < 4; ++part) {
            const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(window_ + 16 * part));
            const __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(bytes, cr), _mm_cmpeq_epi8(bytes, lf));
            marks |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hit))) << (16 * part);
        }
        return marks;
#else
        std::uint64_t marks = 0;
        for (int i = 0; i < kWindow; ++i) {
            if (window_[i] == '\r' || window_[i] == '\n') marks |= std::uint64_t{1} << i;
        }
        return marks;
#endif
    }

    const char* at_;
    const char* end_;
    const char* window_;       ///< start of the 64 bytes `marks_` speaks of
    std::uint64_t marks_ = 0;  ///< line ends in the window not yet passed
};

}  // namespace abm
