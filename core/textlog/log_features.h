// What the models see of the records of a text log. Names and units: docs/text-logs.md.
#pragma once

#include <span>
#include <vector>

#include "core/data/feature_matrix.h"
#include "core/data/token_sequences.h"
#include "core/textlog/log_tally.h"

namespace abm {

/// Templates of a log that was read to its end.
struct TemplateUse {
    Templates templates;
    std::vector<ShapeTally> tally;  ///< [templates] of all their shapes: lines summed, the first line of all
    std::int64_t all_lines = 0;

    TemplateId of(LineToken token) const { return templates.of(ShapeId{token.shape}); }
    /// Bits of surprise in a line of the template: -log2 of its share of all lines.
    double surprise_bits(TemplateId id) const;
};

TemplateUse template_use(Templates templates, const LogTally& tally);

/// [records, 15] of records that are entities: counts of events, intervals, pace. NaN where it is not known.
FeatureMatrix entity_features(std::span<const RecordTally> records, const TemplateUse& use);
/// [records, 12] of windows. window_s: 0 for windows of lines. NaN where it is not known.
FeatureMatrix window_features(std::span<const RecordTally> records, const TemplateUse& use, double window_s);
/// Template after template of each record; words are the texts of the templates.
TokenSequences template_sequences(std::span<const RecordTally> records, const TemplateUse& use);

}  // namespace abm
