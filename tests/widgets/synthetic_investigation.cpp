#include "tests/widgets/synthetic_investigation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace abm::test {
namespace {

using namespace std::chrono_literals;

constexpr Time kFirstDay =
    std::chrono::sys_days(std::chrono::year_month_day(std::chrono::year(2026), std::chrono::month(3), std::chrono::day(13)));
constexpr std::array kMachineNames{"0175", "0777", "0451", "0025", "0310", "0888"};

// Writes the journal of one machine and the records that point into it.
class Writer {
public:
    Writer(Investigation& to, std::uint32_t machine, const SyntheticOptions& options)
        : to_(to), machine_(machine), options_(options), random_(options.seed * 7919 + machine) {}

    std::string write() {
        for (int number = 1; number <= options_.sessions_per_machine; ++number) {
            const bool flagged = options_.anomalies && number % 23 == static_cast<int>(5 + machine_) % 23;
            if (flagged) {
                writeFlagged(number, static_cast<Severity>(1 + (number / 23 + static_cast<int>(machine_)) % 4));
            } else {
                writePlain(number);
            }
            writeInterval(number);
        }
        return std::move(text_);
    }

private:
    Time timeOf(int number) const {
        const double part = static_cast<double>(number) / options_.sessions_per_machine;
        return kFirstDay + 4h + std::chrono::seconds(static_cast<std::int64_t>(part * 40 * 3600)) +
               std::chrono::seconds(machine_ * 77);
    }

    std::int64_t line(const std::string& text) {
        const auto offset = static_cast<std::int64_t>(text_.size());
        text_ += text;
        text_ += '\n';
        return offset;
    }
    std::int64_t timed(Time time, const std::string& text) { return line(fmt::format(" {} {}", clock_text(time), text)); }
    TextSpan lineSpan(std::int64_t offset) const {
        return {offset, static_cast<std::int64_t>(text_.find('\n', static_cast<std::size_t>(offset))) - offset};
    }

    Record& begin(RecordKind kind, int ordinal, Time start) {
        Record& record = to_.records.emplace_back();
        record.span.offset = static_cast<std::int64_t>(text_.size());
        record.start = start;
        record.source = SourceIndex(machine_);
        record.machine = MachineIndex(machine_);
        record.ordinal = ordinal;
        record.kind = kind;
        record.first_finding = static_cast<std::uint32_t>(to_.findings.size());
        return record;
    }
    void end(Record& record, Time time) {
        record.span.bytes = static_cast<std::int64_t>(text_.size()) - record.span.offset;
        record.end = time;
    }
    RecordIndex here() const { return RecordIndex(static_cast<std::uint32_t>(to_.records.size() - 1)); }

    void move(std::int64_t offset, Time time, CashEvent event, int cassette, Money denomination, int notes, int expected,
              int counted) {
        CashMovement& movement = to_.movements.edit().emplace_back();
        movement.offset = offset;
        movement.time = time;
        movement.event = event;
        movement.cassette = static_cast<std::int16_t>(cassette);
        movement.denomination = denomination;
        movement.notes = notes;
        movement.expected = expected;
        movement.counted = counted;
        if (expected != kNoCount && counted != kNoCount) movement.difference = (counted - expected) * denomination;
        movement.source = SourceIndex(machine_);
        movement.machine = MachineIndex(machine_);
        movement.record = here();
    }

    void writePlain(int number) {
        Time time = timeOf(number);
        Record& record = begin(RecordKind::session, number, time);
        line("     *TRANSACTION START*");
        timed(time, "ATR RECEIVED T=0");
        timed(time += 12s, "PIN ENTERED");
        timed(time += 8s, "OPCODE = BBD");
        line("  PAN 0004506********3101");
        const int notes = 1 + static_cast<int>(random_() % 9);
        const auto offset = timed(time += 15s, fmt::format("NOTES PRESENTED 0,{},0,0", notes));
        timed(time += 4s, "NOTES TAKEN");
        timed(time += 3s, "TRANSACTION END");
        dispensed_ += notes;
        record.activity = Activity::withdrawal;
        record.amount = notes * 5000;
        record.feature_row = number - 1;
        record.provisional = options_.sessions_per_machine < 200;
        record.score = 0.02F + 0.28F * std::abs(std::sin(static_cast<float>(random_() % 10000)));
        move(offset, time, CashEvent::withdrawal, 1, 5000, notes, dispensed_, dispensed_);
        end(record, time);
    }

    void writeFlagged(int number, Severity severity) {
        constexpr std::array kTypes{RecordType::normal, RecordType::chip_fallback, RecordType::deposit_fault,
                                    RecordType::dispense_fault, RecordType::cash_at_risk};
        constexpr std::array kScores{0.0F, 0.56F, 0.78F, 0.90F, 0.97F};
        Time time = timeOf(number);
        Record& record = begin(RecordKind::session, number, time);
        const auto tier = static_cast<std::size_t>(severity);
        line("     *TRANSACTION START*");
        timed(time, "CARD INSERTED");
        timed(time += 12s, "PIN ENTERED");
        timed(time += 8s, "*CIM-DEPOSIT ACTIVATED");
        timed(time += 5s, "*CIM-ITEMS INSERTED");
        const auto escrow = line("*4105*1*w 0, M-00  ESC: 012  CAD50-004 CAD100-008");
        const auto chip = line("*4105*1*D*9,M-84,R-0");
        timed(time += 383s, "*CASHIN RECOVERY STARTED - CASSETTES");
        timed(time += 30s, "*CASHIN RECOVERY OK");
        const auto recovered = line("VAL: 005  CAD100-005");
        line("POWER-UP/RESET");
        record.severity = severity;
        record.type = kTypes[tier];
        record.activity = Activity::deposit;
        record.amount = 100000;
        record.feature_row = number - 1;
        record.score = kScores[tier] + 0.0001F * static_cast<float>(number % 100);
        const auto finding = [&](Severity grade, Money amount, std::string sentence, std::int64_t at, std::string note) {
            Finding& added = to_.findings.edit().emplace_back();
            added.record = here();
            added.type = record.type;
            added.severity = grade;
            added.amount = amount;
            added.rule = "synthetic-" + std::string(name_of(grade));
            added.sentence = std::move(sentence);
            added.action = grade == severity ? "Hold the deposit claim, count the recovery bin." : "";
            added.evidence.push_back({lineSpan(at), std::move(note)});
            ++record.finding_count;
        };
        if (severity == Severity::critical) {
            record.at_risk = 100000;
            finding(severity, 100000,
                    "The machine restarted during a deposit: 1,000.00 CAD went in, nothing was credited or returned.", escrow,
                    "12 notes in escrow, 1,000.00");
            finding(Severity::high, 50000, "Recovery recognised 5 of 12 notes: 7 missing, 500.00.", recovered,
                    "5 of 12 notes recognised");
            move(recovered, time, CashEvent::recovery, -1, 10000, 5, 12, 5);
        } else {
            finding(severity, kNoAmount, "Chip failed in mid-transaction (M-84).", chip,
                    "card reader: chip failed in mid-transaction");
        }
        end(record, time);
    }

    void writeInterval(int number) {
        const Time time = timeOf(number) + 10min;
        Record& record = begin(RecordKind::interval, number, time);
        line("     *PRIMARY CARD READER ACTIVATED*");
        record.trivial = true;
        record.activity = Activity::idle;
        end(record, time);
    }

    Investigation& to_;
    std::uint32_t machine_;
    SyntheticOptions options_;
    std::mt19937 random_;
    std::string text_;
    int dispensed_ = 0;
};

Source source_of(const std::string& machine, const std::string& text, const SyntheticOptions& options) {
    Source source;
    source.name = "ABM" + machine + "EJ_20260313.txt";
    source.path = "/journals/" + source.name;
    source.format = "ndc-journal";
    source.encoding = "ascii";
    source.line_end = LineEnd::lf;
    source.machine = machine;
    source.bytes = static_cast<std::int64_t>(text.size());
    source.lines = std::count(text.begin(), text.end(), '\n');
    source.sessions = options.sessions_per_machine;
    source.intervals = options.sessions_per_machine;
    source.card_numbers_masked = 2;
    source.first_time = kFirstDay + 4h;
    source.last_time = kFirstDay + 44h;
    const auto odd = static_cast<std::int64_t>(text.find("*4105*1*D*9"));
    if (odd > 0) {
        source.lines_not_understood = 1;
        source.first_not_understood.push_back({odd, 20});
        source.problems.push_back({odd, 1, false, "One line is cut short; the session was kept. Nothing to do."});
    }
    return source;
}

}  // namespace

SyntheticCase synthetic_case(const SyntheticOptions& options) {
    SyntheticCase made;
    auto investigation = std::make_shared<Investigation>();
    for (int machine = 0; machine < options.machines; ++machine) {
        const auto at = static_cast<std::size_t>(machine);
        const std::string name = at < kMachineNames.size() ? kMachineNames[at] : fmt::format("{:04}", 1000 + machine);
        investigation->machines.push_back(name);
        made.texts.push_back(Writer(*investigation, static_cast<std::uint32_t>(machine), options).write());
        investigation->sources.push_back(source_of(name, made.texts.back(), options));
    }
    FeatureMatrix features;
    features.names = {"longest_gap_s"};
    features.values.setZero(options.machines * options.sessions_per_machine, 1);
    investigation->features = features;
    made.investigation = investigation;
    return made;
}

std::vector<LogLine> SyntheticCase::read(SourceIndex source, TextSpan span) const {
    const std::string& text = texts[raw(source)];
    std::vector<LogLine> lines;
    auto at = static_cast<std::size_t>(span.offset);
    const auto end = std::min(static_cast<std::size_t>(span.end()), text.size());
    while (at < end) {
        const auto stop = std::min(text.find('\n', at), end);
        LogLine line;
        line.span = {static_cast<std::int64_t>(at), static_cast<std::int64_t>(stop - at)};
        line.text = text.substr(at, stop - at);
        int hours = 0, minutes = 0, seconds = 0;
        if (std::sscanf(line.text.c_str(), " %2d:%2d:%2d", &hours, &minutes, &seconds) == 3) {
            line.second_of_day = hours * 3600 + minutes * 60 + seconds;
            if (line.text.ends_with("NOTES TAKEN")) line.event = "notes_taken";
            if (line.text.ends_with("PIN ENTERED")) line.event = "pin_entered";
        }
        lines.push_back(std::move(line));
        at = stop + 1;
    }
    return lines;
}

Explanation SyntheticCase::explain(RecordIndex record) const {
    Explanation explanation;
    explanation.detector = "iforest";
    explanation.displayed_score = static_cast<double>(investigation->records[raw(record)].score);
    if (investigation->records[raw(record)].feature_row < 0) return explanation;
    explanation.contributions = {{"longest_gap_s", 383, 4, 21, 3.0, 0.42},       {"missing_steps_count", 3, 0, 0, 1.8, 0.25},
                                 {"escrow_left_count", 12, 0, 0, 1.2, 0.17},     {"duration_s", 464, 38, 95, 0.8, 0.11},
                                 {"deposited_amount", 1000, 20, 400, 0.4, 0.05}, {"exchanges_count", 1, 1, 2, -0.5, 0}};
    return explanation;
}

RecordIndex SyntheticCase::worst() const {
    const auto& records = investigation->records;
    const auto found =
        std::max_element(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.score < b.score; });
    return RecordIndex(static_cast<std::uint32_t>(found - records.begin()));
}

}  // namespace abm::test
