// The marks of an expert's bookmarks and flags on a time axis: a ribbon and a flag on its pole, told apart by shape.
#pragma once

#include <QPainter>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/data/bookmark.h"
#include "widgets/time_scale.h"

namespace abm {

struct Pin {
    Time time;
    BookmarkKind kind;
    std::uint32_t record;
    std::optional<std::int64_t> line;
};

/// Those on records that `belongs` says yes to, or on all, in the order of time; bookmarks on records without a time stand in no
/// chart.
std::vector<Pin> pins_of(const Investigation& investigation, const Bookmarks& bookmarks,
                         const std::function<bool(const Record&)>& belongs = {});

/// From the time of the record to the middle of the shape: on each side of the line of the selection one kind.
constexpr double pin_aside(BookmarkKind kind) { return kind == BookmarkKind::bookmark ? -5 : 4; }
/// One shape about 9 px high around the point.
void paint_pin(QPainter& painter, QPointF centre, BookmarkKind kind);
/// All of them aside from their times, on `middle`, from `left` on; of those of a kind that fall on the same spot only the first.
void paint_pins(QPainter& painter, std::span<const Pin> pins, const TimeScale& scale, double left, double middle);

}  // namespace abm
