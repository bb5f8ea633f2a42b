// From the figures of a comparison to the words the models panel shows.
#pragma once

#include "core/pipeline/train.h"
#include "core/store/model_registry.h"
#include "widgets/shown_model.h"

namespace abm {

ShownComparison shown_comparison(const Comparison& comparison, ModelId model, ModelId before);
/// comparison: of a model trained in this sitting, else null: then its stored figures are read.
ShownModel shown_model(const ModelInfo& info, const Comparison* comparison);

}  // namespace abm
