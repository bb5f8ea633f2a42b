#include "core/capture/contact_sentences.h"

#include <fmt/format.h>

namespace abm {

ContactWords contact_words(const ContactBurst& burst) {
    const std::string from = text_of(burst.from), to = text_of(burst.to);
    switch (burst.kind) {
        case ContactKind::ends_of_one:
            return {RecordType::address_scan, Severity::medium, "capture-address-scan",
                    fmt::format("{} contacted {} different ends", from, burst.count),
                    "A scan looks like this, and so does a busy proxy or resolver: see what the end is."};
        case ContactKind::ports_of_one:
            return {RecordType::address_scan, Severity::high, "capture-port-scan",
                    fmt::format("{} contacted {} different ports of {}", from, burst.count, to),
                    "A port scan looks like this: see who runs it."};
        case ContactKind::conversations:
            return {RecordType::connection_burst, Severity::low, "capture-connection-burst",
                    fmt::format("{} opened {} conversations to {}", from, burst.count, to),
                    "Guessing of passwords looks like this, and so does a client with many connections: see what was asked."};
        case ContactKind::senders_to_one:
            break;
    }
    return {RecordType::packet_flood, Severity::high, "capture-many-senders",
            fmt::format("{} different ends contacted {}", burst.count, to),
            "A distributed flood looks like this, and so does a busy server: see what they asked for."};
}

}  // namespace abm
