#include "core/generate/ue_log.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/generate/part_file.h"
#include "core/generate/truth.h"

namespace abm {
namespace {

using std::chrono::microseconds;

constexpr std::int64_t kMillisecond = 1'000, kSecond = 1'000'000, kHour = 3'600 * kSecond;
constexpr std::int64_t kFirstId = 460'110'000'000'000;  // 15 digits: country 460, network 11

enum class Step : std::uint8_t { request, accept, reject, timeout, handover, area_update, detach, abnormal, forced };

/// What the three styles call a step.
constexpr std::array<std::array<std::string_view, 3>, 9> kWords = {{
    {"ATTACH_REQUEST", "Attach_Request", "attach request"},
    {"ATTACH_ACCEPT", "Attach_Accept", "attach accepted"},
    {"ATTACH_REJECT", "Attach_Request Result=Failure", "attach failed"},
    {"ATTACH_TIMEOUT", "Attach_Timeout", "attach timed out"},
    {"HANDOVER", "Handover", "handover done"},
    {"TRACKING_AREA_UPDATE", "Tracking_Area_Update", "tracking area update"},
    {"DETACH_REQUEST", "Detach", "detach"},
    {"ABNORMAL_DETACH", "Detach Reason=abnormal", "abnormal detach"},
    {"FORCED_DETACH", "Detach Reason=forced", "forced detach by network"},
}};

struct Event {
    std::int64_t at = 0;  ///< microseconds since the start
    std::uint32_t ue = 0;
    std::uint16_t cell = 0;
    Step step = Step::request;
};

struct Ue {
    RecordType fault = RecordType::normal;
    std::int64_t first = -1, end = 0;  ///< bytes
    std::int64_t first_at = 0;
    std::int64_t ordinal = 0;
};

/// Writes the life of one UE into the list of all events.
class UeLife {
public:
    UeLife(std::uint32_t ue, std::int64_t length, Random& random, std::vector<Event>& events)
        : ue_(ue), length_(length), random_(random), events_(events) {
        const std::int64_t whole_ms = length / kMillisecond;
        at_ = static_cast<std::int64_t>(random_.uniform() * static_cast<double>(whole_ms) * 0.6) * kMillisecond;
        cell_ = static_cast<std::uint16_t>(1'000 + random_.below(60));
    }

    void live(RecordType fault) {
        constexpr double kRefusedOnce = 0.1;
        const int faults = random_.between(1, 3);
        if (fault == RecordType::attach_failed) refuse(random_.between(3, 7));
        if (fault == RecordType::attach_timeout) repeat(faults, [this] { attempt(Step::timeout); });
        if (fault == RecordType::normal && random_.chance(kRefusedOnce)) refuse(random_.between(1, 2));
        const int visits = random_.between(1, 3);
        for (int visit = 0; visit < visits; ++visit) stay(Step::detach);
        if (fault == RecordType::abnormal_detach) repeat(faults, [this] { stay(Step::abnormal); });
        if (fault == RecordType::forced_detach) repeat(faults, [this] { stay(Step::forced); });
    }

private:
    template <class Do>
    static void repeat(int times, const Do& action) {
        for (int i = 0; i < times; ++i) action();
    }

    void say(Step step) { events_.push_back({std::min(at_, length_ - 1), ue_, cell_, step}); }
    void wait(double mean_s, double least_s) {
        const double seconds = least_s + random_.exponential() * mean_s;
        at_ += static_cast<std::int64_t>(seconds * 1'000) * kMillisecond;
    }
    void attempt(Step answer) {
        wait(120, 5);
        say(Step::request);
        wait(answer == Step::timeout ? 1 : 0.2, answer == Step::timeout ? 15 : 0.03);
        say(answer);
    }
    void refuse(int times) {
        repeat(times, [this] { attempt(Step::reject); });
    }
    void stay(Step end) {
        attempt(Step::accept);
        for (int moves = random_.between(0, 6); moves > 0; --moves) {
            wait(240, 2);
            if (random_.chance(0.5)) cell_ = static_cast<std::uint16_t>(1'000 + random_.below(60));
            say(random_.chance(0.5) ? Step::handover : Step::area_update);
        }
        wait(300, 3);
        say(end);
    }

    std::uint32_t ue_;
    std::int64_t length_;
    Random& random_;
    std::vector<Event>& events_;
    std::int64_t at_ = 0;
    std::uint16_t cell_ = 0;
};

Time start_time() {
    using namespace std::chrono;
    return Time{sys_days{year{2025} / October / 10}} + std::chrono::hours{6};
}

void put_line(std::string& text, const Event& event, UeLogStyle style) {
    const Time time = start_time() + microseconds(event.at);
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const auto millisecond = (time - second).count() / kMillisecond;
    const std::string_view word = kWords[static_cast<std::size_t>(event.step)][static_cast<std::size_t>(style)];
    const std::int64_t id = kFirstId + std::int64_t{event.ue} * 7'919;
    const auto into = std::back_inserter(text);
    switch (style) {
        case UeLogStyle::plain:
            fmt::format_to(into, "{:%Y-%m-%d %H:%M:%S}.{:03} UE {} {}\n", second, millisecond, id, word);
            break;
        case UeLogStyle::key_value:
            fmt::format_to(into, "{:%Y-%m-%dT%H:%M:%S}.{:03} IMSI={} Cell_ID={} Event={}\n", second, millisecond, id, event.cell,
                           word);
            break;
        case UeLogStyle::colon:
            fmt::format_to(into, "[{:%Y-%m-%d %H:%M:%S},{:03}] INFO UE_ID: {} {}\n", second, millisecond, id, word);
            break;
    }
}

void check(const GenerateUeLogOptions& options) {
    const auto refuse = [](std::string_view what) { throw Error(ErrorCode::Invalid, fmt::format("cannot generate: {}", what)); };
    if (options.ues < 1 || options.ues > 1'000'000) refuse("ues must be 1 to 1000000");
    if (options.hours < 1 || options.hours > 10'000) refuse("hours must be 1 to 10000");
    if (!(options.fault_rate >= 0 && options.fault_rate <= 0.5)) refuse("fault_rate must be 0 to 0.5");
    if (options.out.empty()) refuse("no folder given");
}

std::vector<Event> plan(const GenerateUeLogOptions& options, std::vector<Ue>& ues, const Progress& progress) {
    constexpr RecordType kUeFaults[] = {RecordType::attach_failed, RecordType::attach_timeout, RecordType::abnormal_detach,
                                        RecordType::forced_detach};
    Random random(options.seed);
    std::vector<Event> events;
    std::size_t fault = 0;
    for (std::uint32_t i = 0; i < ues.size(); ++i) {
        if (i % 1'024 == 0) progress.checkpoint(0.3 * i / static_cast<double>(ues.size()), "planning");
        if (random.chance(options.fault_rate)) ues[i].fault = kUeFaults[fault++ % std::size(kUeFaults)];
        UeLife(i, options.hours * kHour, random, events).live(ues[i].fault);
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& one, const Event& other) { return one.at < other.at; });
    return events;
}

void write_lines(const std::vector<Event>& events, const GenerateUeLogOptions& options, std::vector<Ue>& ues, PartFile& file,
                 GeneratedUeLog& made, const Progress& progress) {
    std::string line;
    std::int64_t appeared = 0;
    for (const Event& event : events) {
        Ue& ue = ues[event.ue];
        if (ue.first < 0) {
            ue.first = file.bytes();
            ue.first_at = event.at;
            ue.ordinal = ++appeared;
        }
        line.clear();
        put_line(line, event, options.style);
        file.write(line);
        ue.end = file.bytes() - 1;
        if (++made.lines % 8'192 == 0) {
            progress.checkpoint(0.3 + 0.7 * static_cast<double>(made.lines) / static_cast<double>(events.size()), "writing");
        }
    }
    made.bytes = file.bytes();
}

void write_truth(std::vector<Ue> ues, const std::string& log_name, PartFile& file) {
    std::vector<std::pair<std::int64_t, std::uint32_t>> order;
    for (std::uint32_t i = 0; i < ues.size(); ++i) order.emplace_back(ues[i].ordinal, i);
    std::sort(order.begin(), order.end());
    std::string text(kTruthHeader);
    for (const auto& [ordinal, i] : order) {
        const Ue& ue = ues[i];
        const bool fault = ue.fault != RecordType::normal;
        fmt::format_to(std::back_inserter(text), "{},entity,{},{},{},{},{},{},{},,{}\n", log_name, ordinal, ue.first, ue.end,
                       iso8601(start_time() + microseconds(ue.first_at)), fault ? "anomaly" : "normal", name_of(ue.fault),
                       fault ? "medium" : "none", kFirstId + std::int64_t{i} * 7'919);
    }
    file.write(text);
}

}  // namespace

GeneratedUeLog generate_ue_log(const GenerateUeLogOptions& options, const Progress& progress) {
    check(options);
    std::error_code failed;
    std::filesystem::create_directories(options.out, failed);
    if (failed) {
        throw Error(ErrorCode::Io,
                    fmt::format("cannot make the folder {}: {}; choose another", options.out.string(), failed.message()));
    }
    GeneratedUeLog made;
    made.file = options.out / "ue-events.log";
    std::vector<Ue> ues(static_cast<std::size_t>(options.ues));
    const std::vector<Event> events = plan(options, ues, progress);
    made.faulty = std::ranges::count_if(ues, [](const Ue& ue) { return ue.fault != RecordType::normal; });
    PartFile log(made.file), truth(options.out / "truth.csv");
    write_lines(events, options, ues, log, made, progress);
    write_truth(std::move(ues), made.file.filename().string(), truth);
    log.close();
    truth.close();
    log.commit(made.file);
    truth.commit(options.out / "truth.csv");
    return made;
}

}  // namespace abm
