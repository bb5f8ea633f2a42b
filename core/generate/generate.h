// Invents journals of banking machines, byte-compatible with NDC journals, and the truth about every session in them.
// Source of the format: docs/journal-format.md. Used by the sample of the first start, by tests and by benchmarks.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"
#include "core/data/source.h"

namespace abm {

struct GenerateOptions {
    int machines = 3;  ///< 1 .. 2000
    int days = 2;      ///< 1 .. 36500; ignored when bytes > 0
    std::uint64_t seed = 1;
    std::int64_t bytes = 0;          ///< > 0: as many days as it takes to write about this many bytes of journals in all
    LineEnd line_end = LineEnd::cr;  ///< cr, lf or crlf
    double incident_rate = 0.02;     ///< 0 .. 0.5: incidents a session (see generate_journals)
    int card_number_leaks = 1;       ///< TRACK 2 lines with the test number 4111111111111111, in all
    std::filesystem::path out{};     ///< folder, made if missing
    std::chrono::year_month_day first_day{std::chrono::year{2026}, std::chrono::March, std::chrono::day{14}};
};

struct GeneratedSummary {
    int files = 0;  ///< journals, without truth.csv
    std::int64_t sessions = 0;
    std::int64_t incidents = 0;  ///< rows of the truth labelled anomaly
    std::int64_t bytes = 0;      ///< of the journals
};

/// Writes one journal a machine, out/ABM0777EJ_20260314_20260315.txt and so on, and out/truth.csv with the columns
///   file,kind,ordinal,start_offset,end_offset,start_time,label,type,severity,amount_at_risk,note
/// kind session: one row for each (ordinal from 1), start_offset is the first byte of the line of the START marker, end_offset is
/// past its END line, or past the recovery that belongs to it. kind interval: one row for each incident and routine visit between
/// sessions; ordinal is the number of sessions before it. label is normal or anomaly; amounts in currency units.
/// Small runs (up to 12 machine-days) hold a planned set of nine incidents of medium or worse at the default rate, and low ones
/// at random; larger runs draw every kind at incident_rate a session. Deterministic: the same options give the same bytes on
/// every platform. Memory is constant. Card numbers are masked in every line but the leaks asked for. Throws Error{Invalid} for
/// options out of range, Error{Io} when the folder cannot be written or the disk is full and Error{Cancelled}; in these cases no
/// file of the run is left and older files keep their content.
GeneratedSummary generate_journals(const GenerateOptions& options, const Progress& progress);

}  // namespace abm
