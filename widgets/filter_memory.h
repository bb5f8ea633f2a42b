// A filter as bytes, to be kept between starts.
#pragma once

#include <QByteArray>
#include <optional>

#include "widgets/record_filter.h"

namespace abm {

/// JSON of at most 64 KB; what is typed and not yet a chip is kept as a chip. Texts that hold a card number are
/// left out.
QByteArray remembered(const RecordFilter& filter);
/// nullopt when the bytes are damaged or foreign; chips of which nothing can be made are left out.
std::optional<RecordFilter> filter_from(const QByteArray& bytes);

}  // namespace abm
