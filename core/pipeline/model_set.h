// One version of everything that scores a workspace: a model for each kind of record. File format: docs/model-format.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/data/investigation.h"
#include "core/pipeline/journal_model.h"

namespace abm {

/// Immutable once made; may be shared between threads.
struct ModelSet {
    std::vector<std::shared_ptr<const JournalModel>> parts;  ///< of different feature schemas

    /// The model of records with these features; null when none was fitted on such.
    std::shared_ptr<const JournalModel> part_for(const std::vector<std::string>& names) const;
    std::uint64_t seed() const { return parts.empty() ? 0 : parts.front()->seed; }
    std::int64_t records() const;  ///< it was fitted on
    std::int64_t labels() const;   ///< it was trained with
    /// Of all parts, one behind the other.
    std::vector<LearnedLabel> all_labels() const;
    /// Of the first part: all are fitted alike. The default without parts.
    ModelSettings settings() const { return parts.empty() ? ModelSettings() : parts.front()->settings; }
};

/// A model of table `table` of the investigation, without labels. Throws as fit_journal_model().
JournalModel fit_table(const Investigation& investigation, std::size_t table, std::uint64_t seed, int threads,
                       const Progress& progress, const ModelSettings& settings = {});
/// A model for each table that has rows; parts of `known` are taken over as they are, only what it lacks is fitted.
/// Throws Error{Invalid | Cancelled}.
ModelSet fit_models(const Investigation& investigation, std::uint64_t seed, int threads, const Progress& progress,
                    const ModelSet& known = {}, const ModelSettings& settings = {});
/// Whether there is a table with rows that no part was fitted on.
bool lacks_models(const Investigation& investigation, const ModelSet& models);

/// The portable document, with a checksum over its content.
std::string save_models(const ModelSet& models);
/// Scores bit-equal to those of the saved one; also reads the documents of one journal model older versions wrote. Throws
/// Error{Corrupt} for anything damaged (a flipped digit included), Error{Mismatch} for another kind or a newer format, and where
/// a model of journals has other features than session_feature_names(); messages say what to do.
ModelSet load_models(std::string_view document);

}  // namespace abm
