#include "app/workbench/log_reader.h"

#include "widgets/format.h"
#include "widgets/log_panel.h"

namespace abm {
namespace {

constexpr int kSearchPoll_ms = 100;
constexpr qint64 kLong_ms = 3000;  // then a search is work one may want to know of, and to stop, elsewhere
constexpr std::size_t kIndexesKept = 8;

std::string key_of(const Source& source) {
    return source.path.string() + '\n' + source.identity + '\n' + std::to_string(source.bytes);
}

QString words_of(const Error& error) { return QString::fromUtf8(error.what()); }

}  // namespace

LogReader::LogReader(LogPanel& panel, QObject* parent) : QObject(parent), panel_(panel) {
    poll_.setInterval(kSearchPoll_ms);
    connect(&poll_, &QTimer::timeout, this, &LogReader::poll);
    connect(panel_.view(), &LogView::pageWanted, this, &LogReader::readPage);
    connect(&panel_, &LogPanel::findChanged, this, &LogReader::find);
    connect(&panel_, &LogPanel::matchWanted, this, &LogReader::stepMatch);
    connect(&panel_, &LogPanel::placeTyped, this, [this](const QString& text) { goTo(text, false); });
    connect(&panel_, &LogPanel::placeWanted, this, [this](const QString& text) { goTo(text, true); });
}

void LogReader::setOrigin(Snapshot snapshot, SourceIndex source, RecordIndex selected) {
    const bool same = origin_.snapshot && key_of(origin_.file()) == key_of(snapshot->sources[raw(source)]);
    const bool search_again = !same || (!request_.whole_file && origin_.selected != selected);
    origin_ = {std::move(snapshot), source, selected, nullptr};
    if (origin_.file().is_capture()) {  // packets are no lines: they have a list of their own
        page_.cancel();
        record_line_.cancel();
        search_.cancel();
        poll_.stop();
        return endLongSearch(false);
    }
    findIndex();
    numberRecord();
    if (search_again && pattern_) startSearch();
}

void LogReader::clear() {
    origin_ = {};
    page_.cancel();
    number_.cancel();
    record_line_.cancel();
    index_.cancel();
    search_.cancel();
    step_.cancel();
    place_.cancel();
    poll_.stop();
    endLongSearch(false);
}

void LogReader::readPage(const LogRequest& request) {
    if (!origin_.snapshot) return;
    page_.start([origin = origin_, request](std::stop_token) { return read_shown_page(origin, request); },
                [this, request](ShownPage page) { panel_.view()->addPage(std::move(page), request); },
                [this](const Error& error) { emit failed(words_of(error)); });
}

// Built once for a source; a newer source stops it, and it is begun again when one comes back to the source.
void LogReader::findIndex() {
    const std::string key = key_of(origin_.file());
    auto at = indexes_.begin();
    for (const std::string& known : index_keys_) {
        if (known == key) origin_.index = *at;
        ++at;
    }
    if (origin_.index && (origin_.index->complete() || index_.running())) return;
    const auto index = std::make_shared<LineIndex>(origin_.file());
    if (origin_.index) {
        std::replace(indexes_.begin(), indexes_.end(), std::const_pointer_cast<LineIndex>(origin_.index), index);
    } else {
        indexes_.push_front(index);
        index_keys_.push_front(key);
    }
    if (indexes_.size() > kIndexesKept) indexes_.pop_back(), index_keys_.pop_back();
    origin_.index = index;
    index_.start([index](std::stop_token stop) { return index->build(Progress(stop, {})), true; },
                 [this](bool) {
                     number();
                     numberRecord();
                 },
                 [](const Error&) {});  // reading the page says what is wrong with the file
}

void LogReader::number() {
    const std::int64_t begin = panel_.view()->window().span().offset;
    number_.start([index = origin_.index, begin](std::stop_token) { return index->line_of(begin).value_or(0); },
                  [this, begin](std::int64_t line) { panel_.view()->setFirstLine(begin, line); }, [](const Error&) {});
}

void LogReader::numberRecord() {
    if (!origin_.selected || !origin_.index) return;
    const std::int64_t offset = origin_.snapshot->records[raw(*origin_.selected)].span.offset;
    record_line_.start([index = origin_.index, offset](std::stop_token) { return index->line_of(offset).value_or(0); },
                       [this, offset](std::int64_t line) {
                           if (line > 0) emit recordNumbered(offset, line);
                       },
                       [](const Error&) {});
}

void LogReader::find(const FindRequest& request) {
    request_ = request;
    pattern_.reset();
    search_.cancel();
    endLongSearch(false);
    step_.cancel();
    poll_.stop();
    matches_.reset();
    on_.reset();
    wanted_step_ = 0;
    if (!request.text.isEmpty()) {
        try {
            pattern_.emplace(request.text.toStdString(), request.options);
        } catch (const Error& error) {
            panel_.setPattern(std::nullopt);
            return panel_.findBar()->refuse(words_of(error));
        }
    }
    panel_.setPattern(pattern_);
    panel_.setMatches({}, {});
    if (pattern_ && origin_.snapshot && !origin_.file().is_capture()) startSearch();
}

void LogReader::startSearch() {
    TextSpan span{0, origin_.file().bytes};
    if (!request_.whole_file && origin_.selected) span = origin_.snapshot->records[raw(*origin_.selected)].span;
    const auto mailbox = std::make_shared<Mailbox>();
    mailbox_ = mailbox;
    matches_.reset();
    on_.reset();
    endLongSearch(false);
    stopped_ = false;
    since_.start();
    poll_.start();
    const auto work = [origin = origin_, span, pattern = *pattern_, mailbox](std::stop_token stop) {
        const auto partial = [&](const LogMatches& matches) {
            auto copy = std::make_shared<const LogMatches>(matches);
            const std::lock_guard lock(mailbox->mutex);
            mailbox->latest = std::move(copy);
        };
        return search_log(origin.file(), span, pattern, partial, Progress(stop, {}));
    };
    search_.start(
        work,
        [this](LogMatches matches) {
            poll_.stop();
            matches_ = std::make_shared<const LogMatches>(std::move(matches));
            showCount(on_ ? on_->number : 0);
            endLongSearch(true);
            if (const int step = std::exchange(wanted_step_, 0)) stepMatch(step);
        },
        [this](const Error& error) {
            poll_.stop();
            endLongSearch(false);
            panel_.findBar()->refuse(words_of(error));
        });
}

void LogReader::poll() {
    {
        const std::lock_guard lock(mailbox_->mutex);
        if (!mailbox_->latest || mailbox_->latest == matches_) return;
        matches_ = mailbox_->latest;
    }
    showCount(on_ ? on_->number : 0);
    if (!long_search_ && since_.elapsed() > kLong_ms) {
        long_search_ = true;
        emit searchIsLong(QStringLiteral("Find “%1” in %2").arg(request_.text, qstring(origin_.file().name)),
                          static_cast<double>(matches_->span.bytes) / kBytesInMega);
    }
    if (long_search_)
        emit searchProgressed(static_cast<double>(matches_->searched) /
                              static_cast<double>(std::max<std::int64_t>(matches_->span.bytes, 1)));
    if (matches_->matches > 0) {
        if (const int step = std::exchange(wanted_step_, 0)) stepMatch(step);
    }
}

void LogReader::stopSearch() {
    if (!search_.running()) return;
    search_.cancel();
    poll_.stop();
    stopped_ = true;
    if (matches_) showCount(on_ ? on_->number : 0);
    endLongSearch(false);
}

void LogReader::endLongSearch(bool complete) {
    if (!std::exchange(long_search_, false)) return;
    const QString found = counted(matches_ ? matches_->matches : 0, "match", "matches");
    if (complete) {
        emit searchEnded(found + ".");
    } else {
        emit searchStopped(found + " by then.");
    }
}

void LogReader::showCount(std::int64_t number) {
    std::vector<TextSpan> ticks;
    for (const LogMatches::Part& part : matches_->parts) {
        if (part.matches > 0) ticks.push_back({part.begin, part.end - part.begin});
    }
    panel_.setMatches({matches_->matches, matches_->lines, number, matches_->searched, matches_->span.bytes,
                       static_cast<double>(since_.elapsed()) / 1000, matches_->complete, stopped_},
                      std::move(ticks));
}

void LogReader::stepMatch(int direction) {
    if (!pattern_ || !origin_.snapshot) return;
    if (!matches_ || (matches_->matches == 0 && !matches_->complete)) {
        wanted_step_ = direction;
        return;
    }
    const LogView& view = *panel_.view();
    std::int64_t line = view.currentOffset() >= 0 ? view.currentOffset() : view.topOffset();
    // From a line one has chosen, its own matches come first; from a match, the one beside it.
    std::size_t column = 0;
    if (on_ && on_->line == view.currentOffset()) {
        column = on_->column;
    } else if (direction > 0 && view.currentOffset() < 0) {
        --line;
    }
    step_.start([source = origin_.file(), pattern = *pattern_, matches = matches_, line, column,
                 direction](std::stop_token) { return step_match(source, pattern, *matches, line, column, direction); },
                [this](std::optional<LogMatchPlace> place) {
                    on_ = place;
                    if (!place) return;
                    showCount(place->number);
                    emit arrived(place->line);
                },
                [this](const Error& error) { panel_.findBar()->refuse(words_of(error)); });
}

void LogReader::goTo(const QString& text, bool jump) {
    place_.cancel();
    if (text.trimmed().isEmpty()) return panel_.setPlaceHint(QString("e.g. ") + kPlaceExamples, true);
    const auto place = log_place(text);
    if (!place) return panel_.setPlaceHint(QString("not understood; e.g. ") + kPlaceExamples, false);
    if (!origin_.snapshot) return panel_.setPlaceHint("no log is shown", false);
    if (!jump && place->kind == LogPlace::Kind::transaction)  // a search through the file, not for every letter
        return panel_.setPlaceHint(place_words(*place) + ": Enter searches the file", true);
    panel_.setPlaceHint(place_words(*place) + "…", true);
    place_.start([origin = origin_, at = *place](std::stop_token stop) { return find_place(origin, at, stop); },
                 [this, jump, at = *place](FoundPlace found) {
                     const QString words = found.words.startsWith("no ") ? found.words : place_words(at) + " → " + found.words;
                     panel_.setPlaceHint(found.offset && found.words == place_words(at) ? found.words : words,
                                         found.offset.has_value());
                     if (!jump || !found.offset) return;
                     panel_.closeGoTo();
                     emit arrived(*found.offset);
                 },
                 [this](const Error& error) { panel_.setPlaceHint(words_of(error), false); });
}

}  // namespace abm
