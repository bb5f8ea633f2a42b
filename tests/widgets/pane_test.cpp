// What a label shows of its text when there is no room for all of it.
#include "widgets/pane.h"

#include <gtest/gtest.h>

namespace abm {
namespace {

int width_of(const ElidedLabel& label, const QString& text) { return label.fontMetrics().horizontalAdvance(text); }

TEST(ElidedLabel, ANoteShowsMostOfItselfOrNothingAndAMessageAlwaysItsBeginning) {
    ElidedLabel note("10 Oct 2025 - 21 Mar 2026");
    const int most = width_of(note, note.text()) * 3 / 4, little = width_of(note, note.text()) / 4;
    EXPECT_FALSE(note.textWithin(little).isEmpty());
    note.showMostOrNothing();
    EXPECT_FALSE(note.textWithin(most).isEmpty());
    EXPECT_EQ(note.textWithin(little), "");
}

TEST(ElidedLabel, GivesUpWholePartsBeforeLetters) {
    ElidedLabel label("4 machines · 14 Mar – 16 Mar 2026 · 968 sessions");
    label.setElideMode(Qt::ElideLeft);
    EXPECT_EQ(label.textWithin(width_of(label, label.text())), label.text());
    EXPECT_EQ(label.textWithin(width_of(label, label.text()) - 1), "14 Mar – 16 Mar 2026 · 968 sessions");
    EXPECT_EQ(label.textWithin(width_of(label, "968 sessions")), "968 sessions");
    const QString cut = label.textWithin(width_of(label, "968 sessions") - 1);
    EXPECT_TRUE(cut.contains(QChar(0x2026))) << cut.toStdString();
    for (const auto mode : {Qt::ElideMiddle, Qt::ElideRight}) {
        label.setElideMode(mode);
        EXPECT_EQ(label.textWithin(width_of(label, label.text()) - 1), "4 machines · 14 Mar – 16 Mar 2026") << mode;
    }
}

}  // namespace
}  // namespace abm
