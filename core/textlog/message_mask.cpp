#include "core/textlog/message_mask.h"

#include <algorithm>
#include <cstring>

#include "core/ingest/text_scan.h"
#include "core/textlog/token_mask.h"

namespace abm {
namespace {

bool separates(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; }

bool announces_user(std::string_view word) {
    constexpr std::array<std::string_view, 7> kWords = {"for", "invalid", "Invalid", "illegal", "Illegal", "as", "unknown"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::size_t without_punctuation(std::string_view word) {
    std::size_t size = word.size();
    while (size > 0 && (character_marks(word[size - 1]) & kMarkLetter) == 0) --size;
    return size;
}

}  // namespace

std::string_view MessageMask::mask(std::string_view message) {
    size_ = word_ = last_word_ = 0;
    value_follows_ = false;
    before_ = before_that_ = {};
    std::size_t words = 0;
    for (std::size_t at = 0; words < kMostWords && size_ < kMostBytes; ++words) {
        while (at < message.size() && separates(message[at])) ++at;
        if (at == message.size()) break;
        mask_word(message, at);
        close_word();
    }
    return {out_.data(), size_ > 0 ? size_ - 1 : 0};  // without the blank behind the last word
}

// Most words hold nothing special and are copied while they are looked at.
void MessageMask::mask_word(std::string_view message, std::size_t& at) {
    const std::size_t begin = at;
    const std::size_t most = std::min(message.size(), begin + (kMostBytes - size_));
    std::uint8_t marks = 0;
    char* to = out_.data() + size_;
    while (at < most && !separates(message[at])) {
        marks |= character_marks(message[at]);
        *to++ = message[at++];
    }
    const std::string_view word = message.substr(begin, at - begin);
    if ((marks & kMarkSpecial) != 0) {
        at = begin;
        mask_special(message, at);
    } else if (varies(word, message.substr(at, 8))) {
        const std::size_t kept = without_punctuation(word);
        say_variable();
        say(word.substr(kept));
    } else {
        size_ += word.size();
    }
    value_follows_ = word == "=";
    before_that_ = before_;
    before_ = word;
}

bool MessageMask::varies(std::string_view word, std::string_view behind) const {
    if (value_follows_) return without_punctuation(word) > 0;
    switch (word.front()) {
        case 't':
        case 'f':
        case 'n':
        case 'N':
            if (is_truth_value(word)) return true;
            break;
        case 'T':
        case 'F':
        case 'M':
        case 'W':
        case 'S':
        case 'J':
        case 'A':
        case 'O':
        case 'D':
            if (is_truth_value(word) || is_part_of_date(word, behind)) return true;
            break;
        default:
            break;
    }
    return before_ == "user" && announces_user(before_that_);
}

void MessageMask::mask_special(std::string_view message, std::size_t& at) {
    const bool bounds = message[at] == '<' || message[at] == '>';  // "<1 sec" is as much a value as "2 sec"
    if (bounds && at + 1 < message.size() && is_digit(message[at + 1])) ++at;
    while (at < message.size() && !separates(message[at])) {
        if ((character_marks(message[at]) & (kMarkLetter | kMarkDigit | kMarkJoin)) != 0) {
            if (const std::size_t end = mask_piece_at(message, at); end > at) {
                at = end;
                continue;
            }
        }
        const std::size_t run = std::min(message.find_first_not_of(message[at], at), message.size());  // "....." at once
        say(message.substr(at, run - at));
        at = run;
    }
}

// Returns where the piece, its unit and its value end; `at` when there is no piece.
std::size_t MessageMask::mask_piece_at(std::string_view message, std::size_t at) {
    std::size_t end = piece_end(message, at);
    if (end == at) return at;
    const std::string_view piece = message.substr(at, end - at);
    const MaskedPiece masked = value_follows_ ? MaskedPiece{0, true} : mask_piece(piece);
    say(piece.substr(0, masked.kept));
    if (masked.variable) say_variable();
    if (masked.variable && masked.kept == 0 && is_digit(piece.back())) end += unit_behind(message, end);
    const bool assigns = end < message.size() && message[end] == '=' && (end + 1 == message.size() || message[end + 1] != '=');
    if (!assigns) return end;
    say("=");
    const bool quoted = end + 1 < message.size() && message[end + 1] == '"';
    if (quoted && (piece == "msg" || piece == "message")) return end + 1;  // logfmt: its words are the message
    say_variable();
    return value_end(message, end + 1);
}

void MessageMask::close_word() {
    const bool repeats = has_variable_ && word_ > last_word_ && size_ - word_ + 1 == word_ - last_word_ &&
                         std::memcmp(out_.data() + last_word_, out_.data() + word_, size_ - word_) == 0;
    has_variable_ = false;
    if (repeats) {
        size_ = word_;
        return;
    }
    if (size_ < kMostBytes) out_[size_++] = ' ';
    last_word_ = word_;
    word_ = size_;
}

void MessageMask::say(std::string_view text) {
    const std::size_t bytes = std::min(text.size(), kMostBytes - size_);
    std::memcpy(out_.data() + size_, text.data(), bytes);
    size_ += bytes;
}

void MessageMask::say_variable() {
    has_variable_ = true;
    const bool said = size_ > word_ && out_[size_ - 1] == kVariableMark;
    if (!said && size_ < kMostBytes) out_[size_++] = kVariableMark;
}

}  // namespace abm
