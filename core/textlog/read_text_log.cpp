#include "core/textlog/read_text_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"
#include "core/textlog/line_clock.h"
#include "core/textlog/line_reader.h"
#include "core/textlog/log_features.h"
#include "core/textlog/log_findings.h"
#include "core/textlog/log_tally.h"

namespace abm {
namespace {

constexpr std::size_t kMostSampleBytes = std::size_t{4} << 20;
constexpr std::size_t kMostNotUnderstood = 100;
constexpr std::int64_t kLinesPerCheckpoint = 8'192;

void add_problem(Source& source, std::int64_t offset, bool fatal, std::string message) {
    source.problems.push_back({offset, 1, fatal, std::move(message)});
}

LineEnd line_end_of(std::string_view end) {
    if (end == "\r") return LineEnd::cr;
    if (end == "\n") return LineEnd::lf;
    return end == "\r\n" ? LineEnd::crlf : LineEnd::none;
}

/// The first lines of a log, kept until the layout of their headers is known.
struct SampleLine {
    std::string text;
    TextSpan span;
    std::string_view end;
};

/// One log while it is read.
class TextLogReading {
public:
    TextLogReading(ByteSource& bytes, const TextLogOptions& options, const Progress& progress, SourceReading& into)
        : bytes_(bytes), options_(options), progress_(progress), into_(into), lines_(bytes, &identity_) {}

    void read() {
        if (begin()) {
            take_sample();
            for (const SampleLine& line : sample_) take_line(line.text, line.span, line.end);
            for (std::string_view line; lines_.next(line);) take_line(line, lines_.span(), lines_.line_end());
            finish();
        }
        end();
    }

private:
    bool begin();
    void take_sample();
    CutRule cut_rule(const LineParser& parser) const;
    void take_line(std::string_view line, TextSpan span, std::string_view end);
    void count(const ParsedLine& parsed, std::string_view line, TextSpan span, std::string_view end);
    void count_cards(const ParsedLine& parsed, std::string_view line);
    void finish();
    void find(const TemplateUse& use);
    void end();

    ByteSource& bytes_;
    const TextLogOptions& options_;
    const Progress& progress_;
    SourceReading& into_;
    SourceIdentity identity_;
    LineReader lines_;
    const LogProfile* profile_ = nullptr;
    std::vector<SampleLine> sample_;
    std::optional<LineParser> parser_;
    std::optional<LogTally> tally_;
    CutRule cut_;
    LineClock clock_;
    YearOfLines years_;
    TemplateMiner miner_;
};

// false: there is nothing to read, and why is said.
bool TextLogReading::begin() {
    Source& source = into_.source;
    const std::string_view head = lines_.head();
    const TextEncoding encoding = sniff_encoding(head.substr(0, kSniffBytes));
    source.encoding = name_of(encoding);
    if (const std::string reason = encoding_refusal(encoding, "a log (plain text or gzip)"); !reason.empty()) {
        add_problem(source, 0, true, fmt::format("{}: {}", source.name, reason));
        return false;
    }
    const std::optional<LogSniff> known = sniff_text_log(head);
    profile_ = options_.custom != nullptr  ? options_.custom
               : !options_.profile.empty() ? &shipped_log_profile(options_.profile)
               : known                     ? known->profile
                                           : &shipped_log_profile("generic");
    source.format = profile_->format;
    years_ = YearOfLines(profile_->year);
    return true;
}

void TextLogReading::take_sample() {
    std::size_t bytes = 0;
    for (std::string_view line; sample_.size() < LogHeader::kMostSample && bytes < kMostSampleBytes && lines_.next(line);) {
        sample_.push_back({std::string(line), lines_.span(), lines_.line_end()});
        bytes += line.size();
    }
    std::vector<std::string_view> views;
    for (const SampleLine& line : sample_) views.push_back(line.text);
    parser_.emplace(*profile_, views);
    cut_ = cut_rule(*parser_);
    tally_.emplace(*profile_, cut_, into_.source.name);
}

CutRule TextLogReading::cut_rule(const LineParser& parser) const {
    LineClock clock;
    const bool timed = std::ranges::any_of(sample_, [&](const SampleLine& line) {
        const ParsedLine parsed = parser.parse(line.text);
        return clock.tick(parsed.time_text, parsed.time).has_value();
    });
    const double window_s = options_.window_s > 0 ? options_.window_s : profile_->window_s;
    return {profile_->by_entity, timed, window_s, profile_->window_lines};
}

void TextLogReading::take_line(std::string_view line, TextSpan span, std::string_view end) {
    if (into_.source.lines % kLinesPerCheckpoint == 0) progress_.checkpoint(bytes_.position_fraction(), "reading");
    ParsedLine parsed = parser_->parse(line);
    if (!known(parsed.time)) parsed.time = years_.complete(parsed.time_text);
    count(parsed, line, span, end);
    if (parsed.blank || (profile_->by_entity && !parsed.understood)) return;
    const std::optional<Tick> tick = clock_.tick(parsed.time_text, parsed.time);
    tally_->add(parsed, tick, span, miner_.add(line.substr(parsed.header.message)));
}

void TextLogReading::count(const ParsedLine& parsed, std::string_view line, TextSpan span, std::string_view end) {
    Source& source = into_.source;
    ++source.lines;
    if (const LineEnd kind = line_end_of(end); kind != LineEnd::none && kind != source.line_end) {
        source.line_end = source.line_end == LineEnd::none ? kind : LineEnd::mixed;
    }
    if (parsed.blank) return;
    count_cards(parsed, line);
    source.take_time(parsed.time);
    if (parsed.understood) return;
    ++source.lines_not_understood;
    if (source.first_not_understood.size() < kMostNotUnderstood) source.first_not_understood.push_back(span);
}

// The entity of the line is no card number when the profile says so: see entity_name().
void TextLogReading::count_cards(const ParsedLine& parsed, std::string_view line) {
    std::int64_t cards = count_card_numbers(line);
    if (cards > 0 && count_card_numbers(parsed.entity) > 0 && entity_name(*profile_, parsed.entity) == parsed.entity) --cards;
    into_.source.card_numbers_masked += cards;
}

void TextLogReading::finish() {
    progress_.checkpoint(1, "features");
    const TemplateUse use = template_use(miner_.templates(), *tally_);
    const std::vector<RecordTally>& records = tally_->records();
    into_.features =
        cut_.by_entity ? entity_features(records, use) : window_features(records, use, cut_.timed ? cut_.window_s : 0);
    into_.sequences = template_sequences(records, use);
    into_.entities = tally_->entities();
    if (into_.entities.size() == 1) into_.source.machine = into_.entities.front();
    for (const RecordTally& record : records) into_.records.push_back(record.record);
    find(use);
}

void TextLogReading::find(const TemplateUse& use) {
    FindingCollector found(options_.most_findings);
    if (cut_.by_entity) find_attach_faults(*profile_, *tally_, found);
    if (!cut_.by_entity) find_error_bursts(*profile_, *tally_, found);
    find_silences(*profile_, *tally_, found);
    find_backward_clocks(*profile_, *tally_, found);
    find_rare_messages(*profile_, *tally_, use, found);
    into_.findings = found.take();
    for (std::size_t i = 0; i < into_.findings.size(); ++i) {
        Record& record = into_.records[raw(into_.findings[i].record)];
        if (record.finding_count++ > 0) continue;
        record.first_finding = static_cast<std::uint32_t>(i);
        record.type = into_.findings[i].type;
        record.severity = into_.findings[i].severity;
    }
    if (found.not_kept() == 0) return;
    into_.source.problems.push_back(
        {-1, found.not_kept(), false,
         fmt::format("{} findings beyond the first {} of a type were not kept", found.not_kept(), options_.most_findings)});
}

void TextLogReading::end() {
    Source& source = into_.source;
    source.identity = identity_.hex();
    source.bytes = identity_.bytes();
    if (const auto& problem = bytes_.problem()) add_problem(source, problem->offset, true, problem->message);
    if (source.bytes > 0 || !source.problems.empty()) return;
    source.format = "empty";
    add_problem(source, -1, false, fmt::format("{} is empty: there is nothing to read", source.name));
}

void check(const TextLogOptions& options) {
    constexpr double kLongest = 86'400, kShortest = 0.001;
    const bool given = options.window_s != 0;
    if (given && !(options.window_s >= kShortest && options.window_s <= kLongest)) {
        throw Error(ErrorCode::Invalid,
                    fmt::format("a window of {} s is out of range; allowed: {} to {}", options.window_s, kShortest, kLongest));
    }
    const LogProfile* const asked = options.custom != nullptr  ? options.custom
                                    : !options.profile.empty() ? &shipped_log_profile(options.profile)
                                                               : nullptr;
    if (asked != nullptr && asked->journal)
        throw Error(ErrorCode::Invalid,
                    fmt::format("{}: this profile is for electronic journals, not for text logs", asked->name));
}

SourceReading reading_of(const std::filesystem::path& name) {
    SourceReading reading;
    reading.source.path = name;
    reading.source.name = name == "-" ? "standard input" : name.filename().string();
    reading.source.format = "unknown";
    return reading;
}

}  // namespace

SourceReading read_text_log(ByteSource& bytes, const std::filesystem::path& name, const TextLogOptions& options,
                            const Progress& progress) {
    check(options);
    SourceReading reading = reading_of(name);
    reading.source.gzip = bytes.is_gzip();
    TextLogReading(bytes, options, progress, reading).read();
    return reading;
}

SourceReading read_text_log(const std::filesystem::path& path, const TextLogOptions& options, const Progress& progress) {
    check(options);
    try {
        const auto bytes = ByteSource::open(path);
        return read_text_log(*bytes, path, options, progress);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Io) throw;
        SourceReading reading = reading_of(path);
        add_problem(reading.source, -1, true, error.what());
        return reading;
    }
}

}  // namespace abm
