// The words of a log message with everything that varies by its looks taken out: what a template is mined from.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace abm {

inline constexpr char kVariableMark = '\x01';         ///< stands for a variable in a masked message
inline constexpr std::string_view kVariable = "<*>";  ///< and in the text of a template

/// Masks one message after another into a buffer of its own; allocates nothing. Not thread-safe.
///
/// The masked message is its words with single blanks between; blanks and control characters separate words. Beside what
/// mask_piece() masks, a variable is: the value of "key=", with or without quotes; a number with its unit; weekday, month, day
/// and time of a date; true, false and null; the name behind "for user", "invalid user" and the like. A word with a variable
/// that repeats itself is said once, so that lists of any length are one message.
class MessageMask {
public:
    static constexpr std::size_t kMostWords = 256;    ///< what is behind them does not count
    static constexpr std::size_t kMostBytes = 8'192;  ///< of the masked message; what is behind does not count

    /// The masked message, valid until the next call.
    std::string_view mask(std::string_view message);

private:
    void mask_word(std::string_view message, std::size_t& at);
    void mask_special(std::string_view message, std::size_t& at);
    std::size_t mask_piece_at(std::string_view message, std::size_t at);
    bool varies(std::string_view word, std::string_view behind) const;
    void close_word();
    void say(std::string_view text);
    void say_variable();

    std::array<char, kMostBytes> out_{};
    std::size_t size_ = 0;
    std::size_t word_ = 0;                   ///< where the word being written begins in out_
    std::size_t last_word_ = 0;              ///< and the one before; equal to word_ when there is none
    bool has_variable_ = false;              ///< in the word being written
    bool value_follows_ = false;             ///< the last word was "="
    std::string_view before_, before_that_;  ///< the two words before, as they stand in the message
};

}  // namespace abm
