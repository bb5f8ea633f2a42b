#include "core/generate/metric_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/generate/invented.h"
#include "core/generate/part_file.h"
#include "core/generate/truth.h"

namespace abm {
namespace {

constexpr std::string_view kName = "metrics.csv";
constexpr std::int64_t kInterval = 300;  // s
constexpr std::int64_t kSamplesADay = 86'400 / kInterval;
constexpr std::int64_t kBytesARow = 52;

struct Metric {
    std::string_view name;
    double night, day;  ///< the level at the low and at the high of the day
    double noise;       ///< standard deviation
};
constexpr std::array<Metric, 3> kMetrics{{{"cpu_percent", 12, 38, 1.5}, {"response_ms", 180, 240, 12}, {"sessions", 4, 60, 3}}};

struct Fault {
    RecordType type = RecordType::normal;
    std::int64_t first = 0, last = 0;   ///< samples, both within
    double size = 0;                    ///< standard deviations, signed
    std::int64_t begin = -1, end = -1;  ///< bytes
};

void check(const GenerateTableOptions& options) {
    const auto refuse = [](std::string_view what) { throw Error(ErrorCode::Invalid, fmt::format("cannot generate: {}", what)); };
    if (options.machines < 1 || options.machines > 2000) refuse("machines must be 1 to 2000");
    if (options.bytes < 0 || options.bytes > 1'000'000'000'000) refuse("bytes must be 0 to 1 TB");
    if (options.bytes == 0 && (options.days < 1 || options.days > 3650)) refuse("days must be 1 to 3650");
    if (!(options.faults_per_week >= 0 && options.faults_per_week <= 7)) refuse("faults_per_week must be 0 to 7");
    if (options.out.empty()) refuse("no folder given");
}

/// One metric of one machine, sample after sample.
class Stream {
public:
    Stream(int machine, const Metric& metric, std::int64_t samples, double faults_per_week, Random random)
        : metric_(metric), random_(random), entity_(fmt::format("ABM{:04} {}", kFirstMachine + machine, metric.name)) {
        // Not every machine is as busy as the others.
        scale_ = 0.8 + 0.4 * random_.uniform();
        plan(samples, faults_per_week);
    }

    const std::string& entity() const { return entity_; }
    std::string_view metric() const { return metric_.name; }
    const std::vector<Fault>& faults() const { return faults_; }

    /// false: the sample is missing.
    bool next(std::int64_t at, double& value) {
        value = level(at) + noise() * metric_.noise;
        const Fault* const fault = fault_at(at);
        if (fault == nullptr) return true;
        if (fault->type == RecordType::drop) value = std::max(0.0, noise()) * 0.01;
        if (fault->type == RecordType::spike) value += fault->size * metric_.noise;
        if (fault->type == RecordType::drift) {
            const double part = static_cast<double>(at - fault->first + 1) / static_cast<double>(fault->last - fault->first + 1);
            value += fault->size * metric_.noise * part;
        }
        return fault->type != RecordType::missing_data;
    }

    /// The row of a sample that was written: where faults begin and end. Of missing samples the rows on both sides count.
    void place(std::int64_t at, std::int64_t offset, std::int64_t end) {
        for (std::size_t i = next_fault_ - std::min<std::size_t>(next_fault_, 1); i < faults_.size(); ++i) {
            Fault& fault = faults_[i];
            const std::int64_t aside = fault.type == RecordType::missing_data ? 1 : 0;
            if (at < fault.first - aside) return;
            if (at == fault.first - aside) fault.begin = offset;
            if (at == fault.last + aside) fault.end = end;
        }
    }

private:
    // Low at night, high at three in the afternoon; a polynomial, the same everywhere: x^2 (1 - x)^2 scaled to 0..1.
    double level(std::int64_t at) const {
        const double hour = static_cast<double>(at % kSamplesADay) / static_cast<double>(kSamplesADay);
        double x = hour - 0.125;
        if (x < 0) x += 1;
        return scale_ * (metric_.night + (metric_.day - metric_.night) * 16 * x * x * (1 - x) * (1 - x));
    }

    // Nearly normal with deviation 1: the sum of twelve uniform numbers.
    double noise() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += random_.uniform();
        return sum;
    }

    const Fault* fault_at(std::int64_t at) {
        while (next_fault_ < faults_.size() && faults_[next_fault_].last < at) ++next_fault_;
        return next_fault_ < faults_.size() && faults_[next_fault_].first <= at ? &faults_[next_fault_] : nullptr;
    }

    void plan(std::int64_t samples, double faults_per_week) {
        static constexpr std::array kKinds{RecordType::spike, RecordType::drift, RecordType::drop, RecordType::missing_data};
        if (faults_per_week <= 0) return;
        const double mean_distance = 7.0 * static_cast<double>(kSamplesADay) / faults_per_week;
        std::size_t kind = random_.below(4);
        for (std::int64_t at = kSamplesADay / 2;; ++kind) {
            const double part = random_.uniform();
            at += kSamplesADay / 2 + static_cast<std::int64_t>(2 * part * std::max(0.0, mean_distance - kSamplesADay / 2.0));
            Fault fault = invent(kKinds[kind % kKinds.size()], at);
            if (fault.last + kSamplesADay / 2 >= samples) return;
            at = fault.last;
            faults_.push_back(fault);
        }
    }

    Fault invent(RecordType type, std::int64_t at) {
        const double sign = random_.chance(0.5) ? 1 : -1;
        switch (type) {
            case RecordType::spike:
                return {type, at, at + random_.between(0, 2), 10 + 10 * random_.uniform()};
            case RecordType::drift:
                return {type, at, at + random_.between(72, 144), sign * (4 + 3 * random_.uniform())};
            case RecordType::drop: {
                // At the busy hours: nothing is missed where nothing is.
                const std::int64_t today = at / kSamplesADay * kSamplesADay + kSamplesADay / 2;
                const std::int64_t noon = today < at ? today + kSamplesADay : today;
                return {type, noon + random_.between(0, 36), noon + 36 + random_.between(8, 30)};
            }
            default:
                return {type, at, at + random_.between(6, 60)};
        }
    }

    Metric metric_;
    Random random_;
    std::string entity_;
    double scale_ = 1;
    std::vector<Fault> faults_;
    std::size_t next_fault_ = 0;
};

void write_row(PartFile& file, std::int64_t second, const Stream& stream, double value) {
    const std::string_view source = std::string_view(stream.entity()).substr(0, 7);
    file.write(fmt::format("{},{},{},{:.2f}\n", iso8601(Time{std::chrono::seconds{second}}), source, stream.metric(), value));
}

std::vector<Stream> streams_of(const GenerateTableOptions& options, std::int64_t samples) {
    std::vector<Stream> streams;
    for (int machine = 0; machine < options.machines; ++machine) {
        for (const Metric& metric : kMetrics)
            streams.emplace_back(machine, metric, samples, options.faults_per_week, Random::stream(options.seed, streams.size()));
    }
    return streams;
}

std::int64_t write_truth(PartFile& file, const std::vector<Stream>& streams) {
    std::string rows(kTruthHeader);
    std::int64_t ordinal = 0;
    for (const Stream& stream : streams) {
        for (const Fault& fault : stream.faults()) {
            fmt::format_to(std::back_inserter(rows), "{},window,{},{},{},{},anomaly,{},medium,,{}\n", kName, ++ordinal,
                           fault.begin, fault.end, iso8601(Time{std::chrono::seconds{kFirstSecond + fault.first * kInterval}}),
                           name_of(fault.type), stream.entity());
        }
    }
    file.write(rows);
    file.close();
    return ordinal;
}

}  // namespace

GeneratedTable generate_table(const GenerateTableOptions& options, const Progress& progress) {
    check(options);
    std::error_code error;
    std::filesystem::create_directories(options.out, error);
    if (error) throw Error(ErrorCode::Io, fmt::format("cannot make the folder {}: {}", options.out.string(), error.message()));
    const std::int64_t a_sample = static_cast<std::int64_t>(kMetrics.size()) * options.machines * kBytesARow;
    const std::int64_t samples =
        options.bytes > 0 ? std::max<std::int64_t>(1, options.bytes / a_sample) : std::int64_t{options.days} * kSamplesADay;
    PartFile file(options.out / kName), truth(options.out / "truth.csv");
    file.write("timestamp,source,metric,value\n");
    std::vector<Stream> streams = streams_of(options, samples);
    GeneratedTable made{options.out / kName, 0, 0, static_cast<std::int64_t>(streams.size()), 0};
    for (std::int64_t at = 0; at < samples; ++at) {
        if (at % 256 == 0) progress.checkpoint(static_cast<double>(at) / static_cast<double>(samples), "generating");
        for (Stream& stream : streams) {
            double value = 0;
            if (!stream.next(at, value)) continue;
            const std::int64_t offset = file.bytes();
            write_row(file, kFirstSecond + at * kInterval, stream, value);
            stream.place(at, offset, file.bytes());
            ++made.rows;
        }
    }
    made.bytes = file.bytes();
    file.close();
    made.faults = write_truth(truth, streams);
    file.commit(made.file);
    truth.commit(options.out / "truth.csv");
    return made;
}

}  // namespace abm
