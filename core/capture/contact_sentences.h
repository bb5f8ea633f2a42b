// Scans and floods in words.
#pragma once

#include <string>
#include <string_view>

#include "core/capture/contact_watch.h"
#include "core/data/record_type.h"

namespace abm {

struct ContactWords {
    RecordType type;
    Severity severity;
    std::string_view rule;
    std::string what;  ///< the sentence up to "within ..."
    std::string action;
};

ContactWords contact_words(const ContactBurst& burst);

}  // namespace abm
