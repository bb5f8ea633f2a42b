#include "core/data/feature_matrix.h"

#include <xxhash.h>

namespace abm {

std::uint64_t FeatureMatrix::schema() const {
    std::string bytes;
    for (const std::string& name : names) {
        // The length in front keeps {"ab","c"} and {"a","bc"} apart, whatever characters a name holds.
        for (std::size_t length = name.size(), byte = 0; byte < 8; ++byte, length >>= 8U)
            bytes.push_back(static_cast<char>(length & 0xFFU));
        bytes += name;
    }
    return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace abm
