#include "app/workbench/bookmark_desk.h"

#include <QTabBar>
#include <algorithm>
#include <tuple>
#include <utility>

#include "app/workbench/label_desk.h"
#include "app/workbench/triage_page.h"
#include "core/pipeline/bookmarks.h"
#include "widgets/carried_record.h"
#include "widgets/overview_strip.h"
#include "widgets/pane.h"
#include "widgets/score_chart.h"

namespace abm {

BookmarkDesk::BookmarkDesk(TriagePage& page, LabelDesk& queue, const Actions& actions, WorkspaceJob& job, QObject* parent)
    : QObject(parent), page_(page), queue_(queue), actions_(actions), job_(job) {
    connect(actions_.bookmark, &QAction::triggered, this, [this] { toggle(BookmarkKind::bookmark); });
    connect(actions_.flag, &QAction::triggered, this, [this] { toggle(BookmarkKind::flag); });
    connect(actions_.next_bookmark, &QAction::triggered, this, &BookmarkDesk::goToNext);
    connect(&job_, &WorkspaceJob::started, this, [this] { setFacts({}, false); });
    connect(&job_, &WorkspaceJob::finished, this, [this](const Loaded&, const WorkspaceFacts& facts) { setFacts(facts, true); });
    connect(&job_, &WorkspaceJob::changed, this, [this](const Loaded&, const WorkspaceFacts& facts) { setFacts(facts, true); });
    connect(&job_, &WorkspaceJob::failed, this, [this](const QString&, const Loaded& loaded, const WorkspaceFacts& facts) {
        setFacts(facts, loaded.snapshot != nullptr);
    });
    connect(&page_.selection(), &Selection::recordChanged, this, &BookmarkDesk::showEnabled);
    showEnabled();
}

void BookmarkDesk::setOpen(bool open) {
    open_ = open;
    if (!open) setFacts({}, false);
    showEnabled();
}

// While files are read the records of the window are not those of the workspace yet: their bookmarks come at the end.
void BookmarkDesk::setFacts(const WorkspaceFacts& facts, bool complete) {
    complete_ = complete;
    read_only_ = facts.read_only;
    if (complete) {
        refresh();
    } else {
        show({});
    }
    showEnabled();
}

void BookmarkDesk::refresh() {
    job_.read([this](WorkspaceSession& session, const std::string& who) -> CommandQueue::Answer {
        return [this, found = bookmarks_of(session, who)] { show(found); };
    });
}

void BookmarkDesk::show(Bookmarks bookmarks) {
    bookmarks_ = std::move(bookmarks);
    const auto shared = std::make_shared<const Bookmarks>(bookmarks_);
    page_.chart()->setBookmarks(shared);
    page_.overview()->setBookmarks(page_.loaded().snapshot, shared);
    std::vector<RecordIndex> flagged;
    for (const Bookmark& one : bookmarks_) {
        if (one.kind == BookmarkKind::flag) flagged.push_back(one.record);
    }
    queue_.setFlagged(std::move(flagged));
    emit shown();
}

void BookmarkDesk::showEnabled() {
    const bool can = open_ && complete_ && !read_only_ && page_.selection().record().has_value();
    actions_.bookmark->setEnabled(can);
    actions_.flag->setEnabled(can);
}

void BookmarkDesk::toggle(BookmarkKind kind) {
    const auto record = page_.selection().record();
    if (!record) return;
    const auto line = kind == BookmarkKind::bookmark ? page_.selection().line() : std::nullopt;
    job_.write([this, kind, record = *record, line, seen = page_.loaded().snapshot](
                   WorkspaceSession& session, const std::string& who) -> CommandQueue::Answer {
        const auto there = carried_over(record, *seen, *session.snapshot()->investigation());
        if (!there) throw Error(ErrorCode::Invalid, "The record is not in the workspace any more. Nothing was changed.");
        const bool stands = toggle_bookmark(session, kind, *there, line, who);
        return [this, kind, line, stands, found = bookmarks_of(session, who)] {
            show(found);
            sayToggled(kind, line.has_value(), stands);
        };
    });
}

void BookmarkDesk::sayToggled(BookmarkKind kind, bool on_line, bool stands) {
    if (kind == BookmarkKind::flag)
        return emit said(stands ? "Flagged for later: it stands first in the queue. F again takes the flag away."
                                : "The flag is taken away.");
    const QString what = on_line ? QStringLiteral("line") : QStringLiteral("record");
    emit said(stands ? QStringLiteral("Bookmark on this %1. ' goes to the next bookmark.").arg(what)
                     : QStringLiteral("The bookmark on this %1 is taken away.").arg(what));
}

// In the order of time; behind the last comes the first.
void BookmarkDesk::goToNext() {
    using Place = std::tuple<Time, std::uint32_t, std::int64_t>;
    const auto& snapshot = page_.loaded().snapshot;
    if (!snapshot) return;
    const auto place_of = [&](RecordIndex record, std::optional<std::int64_t> line) {
        return Place{snapshot->records[raw(record)].start, raw(record), line.value_or(-1)};
    };
    std::vector<std::pair<Place, const Bookmark*>> places;
    for (const Bookmark& one : bookmarks_) {
        if (one.kind == BookmarkKind::bookmark && raw(one.record) < snapshot->records.size())
            places.emplace_back(place_of(one.record, one.line), &one);
    }
    if (places.empty()) return emit said("There is no bookmark yet: M sets one on the selected record or line.");
    std::sort(places.begin(), places.end());
    Selection& selection = page_.selection();
    auto next = places.begin();
    if (const auto record = selection.record()) {
        const Place here = place_of(*record, selection.line());
        next = std::find_if(places.begin(), places.end(), [&](const auto& place) { return place.first > here; });
    }
    const bool again = next == places.end();
    if (again) next = places.begin();
    if (next->second->line) page_.showView(View::log);
    selection.selectRecord(next->second->record, next->second->line);
    if (again) emit said("That was the last bookmark: this is the first again.");
}

}  // namespace abm
