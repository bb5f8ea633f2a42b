#include "core/ingest/device_status.h"

#include <fmt/format.h>

#include <array>

#include "core/ingest/escapes.h"
#include "core/ingest/text_scan.h"

namespace abm {
namespace {

struct Device {
    char letter;
    std::string_view name;
    EventKind kind;
};

constexpr auto kDevices = std::to_array<Device>({
    {'A', "clock", EventKind::other_status},
    {'B', "power", EventKind::power_status},
    {'D', "card reader", EventKind::reader_status},
    {'E', "cash dispenser", EventKind::dispenser_status},
    {'F', "depository", EventKind::depository_status},
    {'G', "receipt printer", EventKind::printer_status},
    {'H', "journal printer", EventKind::printer_status},
    {'L', "encryptor", EventKind::other_status},
    {'M', "camera", EventKind::other_status},
    {'P', "sensors", EventKind::sensor_status},
    {'R', "supervisor keys", EventKind::supervisor_key},
    {'Y', "coin dispenser", EventKind::other_status},
    {'q', "cheque module", EventKind::cheque_status},
    {'w', "note acceptor", EventKind::acceptor_status},
});

struct Meaning {
    char letter;
    std::string_view status;
    std::string_view words;
};

// NDC device status digits, in the words of an analyst. "P" statuses have two digits, so they come before the one-digit ones.
constexpr auto kMeanings = std::to_array<Meaning>({
    {'A', "1", "clock was reset and runs"},
    {'A', "2", "clock has stopped"},
    {'D', "0", "transaction fine; severity and supplies are in the codes"},
    {'D', "1", "card not taken in time: captured or jammed"},
    {'D', "2", "card could not be ejected: captured or jammed"},
    {'D', "3", "tracks could not be updated"},
    {'D', "4", "host sent invalid track data"},
    {'D', "7", "error in track data"},
    {'E', "0", "dispensed"},
    {'E', "1", "short dispense"},
    {'E', "2", "no notes dispensed"},
    {'E', "3", "unknown what was dispensed: the customer may have had access to notes"},
    {'E', "4", "no notes dispensed: stack failed, notes purged"},
    {'E', "5", "notes presented, not taken, retracted"},
    {'F', "1", "customer did not deposit in time"},
    {'F', "2", "deposit mechanism could not be enabled"},
    {'F', "3", "deposit jammed, customer has access"},
    {'F', "4", "deposit jammed, customer has no access"},
    {'G', "0", "printed"},
    {'G', "1", "not printed completely"},
    {'G', "2", "not configured"},
    {'G', "5", "receipt retracted"},
    {'H', "6", "journal backup activated"},
    {'H', ":", "journal backup log security error"},
    {'H', "<", "journal backup tamper state"},
    {'L', "1", "encryptor error"},
    {'L', "2", "encryptor not configured"},
    {'P', "20", "supervisor mode left"},
    {'P', "21", "supervisor mode entered"},
    {'P', "1", "tamper indicator changed"},
    {'P', "3", "alarm state changed"},
    {'P', "5", "full tamper and alarm change"},
    {'P', "6", "tamper and alarm change"},
    {'w', "0", "success; the counts are current"},
    {'w', "1", "cancelled, refunded or timed out while accepting"},
    {'w', "3", "error: counts are as good as the machine knows"},
    {'w', "4", "inoperative: notes are at the exit slot"},
    {'w', "5", "nothing in escrow when the host asked to vault or return"},
    {'w', "6", "notes found at power-up"},
    {'w', "7", "notes not taken and retracted"},
    {'w', "8", "could not be vaulted"},
    {'w', "?", "counterfeit notes detected"},
    {'w', "@", "suspect notes detected"},
});

const Device* find_device(char letter) {
    for (const Device& device : kDevices) {
        if (device.letter == letter) return &device;
    }
    return nullptr;
}

std::string_view skip_escapes_and_stars(std::string_view text) {
    while (!text.empty()) {
        if (text.front() == kEscape) {
            text.remove_prefix(escape_length(text));
        } else if (text.front() == '*') {
            text.remove_prefix(1);
        } else {
            break;
        }
    }
    return text;
}

// M-81 and M-84 are not in the protocol's table; inferred from real journals.
std::string_view reader_words(std::int32_t code) {
    if (code == 81) return "chip not initialised";
    if (code == 84) return "chip failed in mid-transaction";
    return "fault";
}

}  // namespace

std::optional<DeviceStatus> parse_device_status(std::string_view text) {
    // "*8313*1*D..." or "*    *1*P..."; the serial has four places, some terminals print fewer.
    if (text.size() < 6 || text[0] != '*') return std::nullopt;
    const std::size_t second_star = text.find('*', 1);
    if (second_star > 9 || second_star + 2 >= text.size()) return std::nullopt;
    const std::string_view serial = trimmed(text.substr(1, second_star - 1));
    DeviceStatus status;
    if (!serial.empty()) {
        status.serial = fixed_number(serial, 0, serial.size());
        if (status.serial < 0) return std::nullopt;
    }
    status.status_class = text[second_star + 1];
    if (!is_digit(status.status_class) || text[second_star + 2] != '*') return std::nullopt;
    std::string_view rest = skip_escapes_and_stars(text.substr(second_star + 3));
    if (rest.empty()) return std::nullopt;
    status.device = rest.front();
    if (!((status.device >= 'A' && status.device <= 'Z') || (status.device >= 'a' && status.device <= 'z'))) return std::nullopt;
    status.status = skip_escapes_and_stars(rest.substr(1));
    return status;
}

EventKind device_kind(char device) {
    const Device* known = find_device(device);
    return known ? known->kind : EventKind::other_status;
}

std::int32_t m_code(std::string_view status) {
    const std::size_t at = status.find("M-");
    if (at == std::string_view::npos || at + 4 > status.size()) return -1;
    return fixed_number(status, at + 2, 2);
}

std::string device_meaning(const DeviceStatus& status) {
    const Device* device = find_device(status.device);
    if (!device) return {};
    const std::string_view text = trimmed(status.status);
    const std::int32_t code = m_code(text);
    std::string_view words;
    if (status.device == 'D' && status.digit() == '9') {
        words = reader_words(code);
    } else {
        for (const Meaning& meaning : kMeanings) {
            if (meaning.letter == status.device && text.starts_with(meaning.status)) {
                words = meaning.words;
                break;
            }
        }
    }
    std::string shown = words.empty() ? std::string(device->name) : fmt::format("{}: {}", device->name, words);
    if (status.digit() > ' ') {
        shown += code >= 0 ? fmt::format(" ({}, M-{:02})", status.digit(), code)
                           : fmt::format(" ({})", text.substr(0, text.find(',')));
    }
    return shown;
}

}  // namespace abm
