#include "core/capture/packet_mask.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/card_mask.h"
#include "core/base/letters.h"

namespace abm {
namespace {

constexpr char kNothing = '.';  ///< adjoins no number
constexpr std::size_t kShortest = 13, kLongest = 19;

bool is_printable(std::uint8_t byte) { return byte >= 0x20 && byte < 0x7F; }

/// The bytes read in one way: letter i stands in the byte begin + i * step / 2.
struct Reading {
    std::string text;
    std::size_t begin = 0;
    std::size_t half_bytes = 2;  ///< a letter takes: 1, 2 or 4

    std::size_t byte_of(std::size_t letter) const { return begin + letter * half_bytes / 2; }
};

class Search {
public:
    Search(std::span<const std::uint8_t> bytes, std::size_t payload_at)
        : bytes_(bytes), payload_at_(std::min(payload_at, bytes.size())) {
        mask_.masked.assign(bytes.size(), false);
    }

    PacketMask run() {
        look(ascii(0));
        if (payload_at_ > 0) look(ascii(payload_at_));
        look(ebcdic(payload_at_));
        look(packed(payload_at_));
        for (const std::size_t parity : {std::size_t{0}, std::size_t{1}}) look(wide(parity));
        return std::move(mask_);
    }

private:
    Reading ascii(std::size_t from) const {
        return {std::string(bytes_.begin() + static_cast<std::ptrdiff_t>(from), bytes_.end()), from, 2};
    }

    Reading ebcdic(std::size_t from) const {
        Reading reading{{}, from, 2};
        for (const std::uint8_t byte : bytes_.subspan(from)) {
            const bool digit = byte >= 0xF0 && byte <= 0xF9;
            reading.text += digit ? static_cast<char>('0' + (byte & 0x0F)) : byte == 0x40 ? ' ' : byte == 0x60 ? '-' : kNothing;
        }
        return reading;
    }

    Reading packed(std::size_t from) const {
        Reading reading{{}, from, 1};
        const auto letter = [](int half) { return half < 10 ? static_cast<char>('0' + half) : kNothing; };
        for (const std::uint8_t byte : bytes_.subspan(from)) {
            reading.text += letter(byte >> 4);
            reading.text += letter(byte & 0x0F);
        }
        const auto printable = std::ranges::count_if(bytes_.subspan(from), is_printable);
        if (printable * 10 >= std::ssize(reading.text) / 2 * 9) drop_text(reading);
        return reading;
    }

    // The digits and letters of plain text look like packed digits too: in text, only runs with a byte that is none count.
    void drop_text(Reading& reading) const {
        std::string& text = reading.text;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = at;
            while (end < text.size() && is_digit(text[end])) ++end;
            const auto run = end > at ? bytes_.subspan(reading.byte_of(at), reading.byte_of(end - 1) + 1 - reading.byte_of(at))
                                      : bytes_.first(0);
            if (std::ranges::all_of(run, is_printable)) text.replace(at, end - at, end - at, kNothing);
            at = std::max(end, at + 1);
        }
    }

    // Every other byte, where the one beside it is zero.
    Reading wide(std::size_t parity) const {
        Reading reading{{}, parity, 4};
        for (std::size_t at = parity; at < bytes_.size(); at += 2) {
            const bool before = at > 0 && bytes_[at - 1] == 0, after = at + 1 < bytes_.size() && bytes_[at + 1] == 0;
            reading.text += before || after ? static_cast<char>(bytes_[at]) : kNothing;
        }
        return reading;
    }

    void look(Reading reading) {
        const std::string before = reading.text;
        mask_lengthened(reading);
        mask_card_numbers(reading.text);
        bool within = false;
        for (std::size_t at = 0; at < before.size(); ++at) {
            const bool hidden = reading.text[at] != before[at];
            if (hidden && !mask_.masked[reading.byte_of(at)]) {
                mask_.masked[reading.byte_of(at)] = true;
                if (!within) ++mask_.card_numbers;
            }
            within = hidden || (within && (before[at] == ' ' || before[at] == '-'));
        }
    }

    // Runs of more digits than a card has: ISO 8583 in ASCII, EBCDIC or packed.
    static void mask_lengthened(Reading& reading) {
        std::string& text = reading.text;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = at;
            while (end < text.size() && is_digit(text[end])) ++end;
            if (end - at > kShortest + 1) mask_in_run(text, at, end);
            at = std::max(end, at + 1);
        }
    }

    static void mask_in_run(std::string& text, std::size_t begin, std::size_t end) {
        for (std::size_t at = begin; at + 2 + kShortest <= end; ++at) {
            const auto length = static_cast<std::size_t>((text[at] - '0') * 10 + text[at + 1] - '0');
            if (length < kShortest || length > kLongest || at + 2 + length > end) continue;
            std::string number = text.substr(at + 2, length);
            if (mask_card_numbers(number) == 0) continue;
            text.replace(at + 2, length, number);
            at += 1 + length;
        }
    }

    std::span<const std::uint8_t> bytes_;
    std::size_t payload_at_;
    PacketMask mask_;
};

}  // namespace

PacketMask card_numbers_in(std::span<const std::uint8_t> bytes, std::size_t payload_at) {
    return Search(bytes, payload_at).run();
}

}  // namespace abm
