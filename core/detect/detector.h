// What every anomaly detector is: fitted once, then immutable.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <string_view>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/features/model_document.h"

namespace abm {

/// Immutable once fitted; every method is thread-safe. Results are bit-identical for any number of threads.
class Detector {
public:
    virtual ~Detector() = default;

    /// [n], higher is odder. threads 0: as many as the machine has.
    /// Throws Error{Mismatch} when the schema is not that of the fit, Error{Cancelled} at a checkpoint.
    virtual Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const = 0;
    /// [d] parts of the detector's raw margin of one row, positive towards anomalous; detectors of sequences give a part for each
    /// transition instead, [length + 1]. Throws Error{Mismatch} as score() does.
    virtual Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const = 0;
    /// The document load_detector() reads back to a detector with bit-equal scores.
    virtual Json save() const = 0;
};

/// kind: kKind of a detector of this folder: "iforest", "knn", "lof", "dbscan", "ocsvm", "stats"; "sequence" of data.sequences;
/// from data.labels "classifier" and "feedback". params: an object; see the detector for its members, absent ones keep their
/// defaults. Throws Error{Invalid} for an unknown kind, an unknown or impossible parameter and for unusable data,
/// Error{Cancelled}.
std::unique_ptr<const Detector> fit_detector(std::string_view kind, const Json& params, const Dataset& data, int threads,
                                             const Progress& progress);

/// Throws Error{Mismatch} for an unknown kind or newer format, Error{Corrupt} for anything damaged.
std::unique_ptr<const Detector> load_detector(const Json& document);

}  // namespace abm
