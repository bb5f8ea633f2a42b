#include "core/generate/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "core/generate/invented.h"
#include "core/generate/machine.h"
#include "core/generate/machine_profile.h"
#include "core/generate/part_file.h"
#include "core/generate/traffic.h"
#include "core/generate/truth.h"

namespace abm {
namespace {

constexpr int kSmallRun = 12;           ///< machine-days
constexpr double kPlannedPerDay = 1.5;  ///< at the default rate
constexpr double kDefaultRate = 0.02;
constexpr std::int64_t kDay = 86400;

// What a small run shows, most telling first, so that six machine-days hold nine different kinds.
constexpr std::string_view kShowcase[] = {"reset_mid_deposit",      "kept_without_credit", "not_taken_retracted",
                                          "cheque_unread",          "acceptor_refuses",    "notes_out_without_transaction",
                                          "recovery_failed",        "sessions_missing",    "unable_to_dispense",
                                          "counterfeit_notes",      "fallback_cash_out",   "short_presentation",
                                          "four_dispenses",         "receipt_differs",     "reset_after_stacking",
                                          "counts_cleared_wrongly", "out_of_service",      "unknown_dispensed"};

const MachineProfile& profile_of(int index) {
    const auto profiles = machine_profiles();
    return profiles[static_cast<std::size_t>(index) % profiles.size()];
}

void check(const GenerateOptions& options) {
    const auto refuse = [](std::string_view what) { throw Error(ErrorCode::Invalid, fmt::format("cannot generate: {}", what)); };
    if (options.machines < 1 || options.machines > 2000) refuse("machines must be 1 to 2000");
    if (options.bytes < 0 || options.bytes / options.machines > 200'000'000'000) refuse("bytes must be 0 to 200 GB a machine");
    if (options.bytes == 0 && (options.days < 1 || options.days > 36500)) refuse("days must be 1 to 36500");
    if (!(options.incident_rate >= 0 && options.incident_rate <= 0.5)) refuse("incident_rate must be 0 to 0.5");
    if (options.card_number_leaks < 0) refuse("card_number_leaks must not be negative");
    if (!options.first_day.ok() || options.first_day.year() < std::chrono::year{1971} ||
        options.first_day.year() > std::chrono::year{2200})
        refuse("first_day must be a day of the years 1971 to 2200");
    if (options.out.empty()) refuse("no folder given");
}

bool showcase_fits(std::string_view name, const MachineProfile& profile) {
    if (name == "cheque_unread") return profile.cheques;
    static constexpr std::string_view kAcceptor[] = {"reset_mid_deposit", "kept_without_credit", "acceptor_refuses",
                                                     "recovery_failed",   "counterfeit_notes",   "receipt_differs"};
    return profile.acceptor || std::find(std::begin(kAcceptor), std::end(kAcceptor), name) == std::end(kAcceptor);
}

// Deals the showcase to the machines that can play it, spread over their days.
std::vector<std::vector<Planned>> plan_incidents(const GenerateOptions& options, Random& random) {
    std::vector<std::vector<Planned>> plans(static_cast<std::size_t>(options.machines));
    const double machine_days = static_cast<double>(options.machines) * options.days;
    const auto wanted =
        static_cast<std::size_t>(std::lround(kPlannedPerDay * machine_days * options.incident_rate / kDefaultRate));
    for (std::size_t item = 0; item < wanted; ++item) {
        const std::string_view name = kShowcase[item % std::size(kShowcase)];
        for (int shift = 0; shift < options.machines; ++shift) {
            const int machine = (static_cast<int>(item) + shift) % options.machines;
            if (!showcase_fits(name, profile_of(machine))) continue;
            plans[static_cast<std::size_t>(machine)].push_back({name, 0});
            break;
        }
    }
    for (std::vector<Planned>& plan : plans) {
        for (std::size_t item = 0; item < plan.size(); ++item)
            plan[item].at = (0.2 + (static_cast<double>(item) + random.uniform()) / static_cast<double>(plan.size())) / 1.3;
    }
    return plans;
}

std::string day_text(std::int64_t second) {
    const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{second / kDay}}};
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

class Run {
public:
    Run(const GenerateOptions& options, const Progress& progress)
        : options_(options),
          progress_(progress),
          truth_(options.out / "truth.csv"),
          first_second_(std::chrono::sys_seconds{std::chrono::sys_days{options.first_day}}.time_since_epoch().count()),
          random_(Random::stream(options.seed, 0)) {
        small_ = options.bytes == 0 && std::int64_t{options.machines} * options.days <= kSmallRun;
        if (small_) plans_ = plan_incidents(options, random_);
    }

    GeneratedSummary write() {
        truth_.write(kTruthHeader);
        for (int index = 0; index < options_.machines; ++index) write_machine(index);
        truth_.close();
        commit();
        return summary_;
    }

private:
    struct Journal {
        std::unique_ptr<PartFile> file;
        std::string name;
    };

    TrafficPlan plan_of(int index) const {
        TrafficPlan plan;
        plan.last_second = first_second_ + std::int64_t{options_.days} * kDay;
        plan.incident_rate = options_.incident_rate;
        plan.small = small_;
        if (small_) plan.planned = plans_[static_cast<std::size_t>(index)];
        plan.leaks =
            options_.card_number_leaks / options_.machines + (index < options_.card_number_leaks % options_.machines ? 1 : 0);
        // The rest of the size is dealt anew each time, so that overshoots do not add up.
        if (options_.bytes > 0)
            plan.most_bytes = std::max<std::int64_t>(1, (options_.bytes - summary_.bytes) / (options_.machines - index));
        return plan;
    }

    void write_machine(int index) {
        const int number = kFirstMachine + index;
        const std::string stem = fmt::format("ABM{:04}EJ", number);
        auto file = std::make_unique<PartFile>(options_.out / (stem + ".txt"));
        PartFile spool(options_.out / (stem + ".truth"));
        TruthLog log(spool);
        Machine machine(number, profile_of(index), Random::stream(options_.seed, static_cast<std::uint64_t>(number)),
                        first_second_, *file, options_.line_end, log);
        const TrafficPlan plan = plan_of(index);
        machine.reader_activated();
        run_traffic(machine, plan,
                    [&](double fraction) { progress_.checkpoint((index + fraction) / options_.machines, "generating"); });
        machine.text.flush();
        file->close();
        spool.close();

        const std::int64_t last = options_.bytes > 0 ? machine.now : plan.last_second - 1;
        std::string name = fmt::format("{}_{}_{}.txt", stem, day_text(first_second_), day_text(last));
        append_truth(spool, name, truth_);
        summary_.files += 1;
        summary_.sessions += log.sessions;
        summary_.incidents += log.incidents;
        summary_.bytes += machine.text.offset();
        journals_.push_back({std::move(file), std::move(name)});
    }

    void commit() {
        for (const Journal& journal : journals_) journal.file->commit(options_.out / journal.name);
        truth_.commit(options_.out / "truth.csv");
    }

    const GenerateOptions& options_;
    const Progress& progress_;
    PartFile truth_;
    std::int64_t first_second_;
    Random random_;
    bool small_ = false;
    std::vector<std::vector<Planned>> plans_;
    std::vector<Journal> journals_;
    GeneratedSummary summary_;
};

}  // namespace

GeneratedSummary generate_journals(const GenerateOptions& options, const Progress& progress) {
    check(options);
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error) throw Error(ErrorCode::Io, fmt::format("cannot make the folder {}: {}", options.out.string(), error.message()));
    return Run(options, progress).write();
}

}  // namespace abm
