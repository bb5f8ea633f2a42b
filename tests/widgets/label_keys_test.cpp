// When a key may give a verdict.
#include "widgets/label_keys.h"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace abm {
namespace {

using std::chrono::milliseconds;

class LabelKeysOfAWindow : public ::testing::Test {
protected:
    LabelKeysOfAWindow() {
        for (QAction* action : {&one_, &space_}) {
            window_.addAction(action);
        }
        one_.setShortcut(QKeySequence("1"));
        space_.setShortcut(QKeySequence("Space"));
        QObject::connect(&one_, &QAction::triggered, &window_, [this] { ++ones_; });
        QObject::connect(&space_, &QAction::triggered, &window_, [this] { ++spaces_; });
        auto* const layout = new QVBoxLayout(&window_);
        for (QWidget* widget :
             {static_cast<QWidget*>(field_), static_cast<QWidget*>(number_), static_cast<QWidget*>(button_), plain_}) {
            layout->addWidget(widget);
        }
        plain_->setFocusPolicy(Qt::StrongFocus);
        window_.show();
        window_.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window_));
    }

    static void hold(QWidget* widget, Qt::Key key, const QString& text) {
        QTest::sendKeyEvent(QTest::Press, widget, key, text, Qt::NoModifier);
        for (int at = 0; at < 3; ++at) QTest::simulateEvent(widget, true, key, Qt::NoModifier, text, true);
        QTest::sendKeyEvent(QTest::Release, widget, key, text, Qt::NoModifier);
    }

    milliseconds now_{1000};
    QWidget window_;
    QAction one_, space_;
    QLineEdit* field_ = new QLineEdit;
    QSpinBox* number_ = new QSpinBox;
    QPushButton* button_ = new QPushButton("Press");
    QWidget* plain_ = new QWidget;
    int ones_ = 0, spaces_ = 0;
    LabelKeys keys_{{&one_, &space_}, [this] { return now_; }};
};

TEST_F(LabelKeysOfAWindow, AreInertInTextFields) {
    for (QWidget* typing : {static_cast<QWidget*>(field_), static_cast<QWidget*>(number_)}) {
        typing->setFocus();
        QTest::keyClick(typing, Qt::Key_1);
        QTest::keyClick(typing, Qt::Key_Space);
    }
    EXPECT_EQ(ones_, 0);
    EXPECT_EQ(spaces_, 0);
    EXPECT_EQ(field_->text(), "1 ");
    plain_->setFocus();
    QTest::keyClick(plain_, Qt::Key_1);
    EXPECT_EQ(ones_, 1);
}

TEST_F(LabelKeysOfAWindow, WorkWhileOneReadsTheGuidelines) {
    auto* const guidelines = new QTextBrowser(&window_);
    guidelines->setText("What counts");
    guidelines->show();
    guidelines->setFocus();
    QTest::keyClick(guidelines, Qt::Key_1);
    EXPECT_EQ(ones_, 1);
    QTest::keyClick(guidelines, Qt::Key_Space);
    EXPECT_EQ(spaces_, 0) << "Space turns the page of what one reads";
    guidelines->setReadOnly(false);
    QTest::keyClick(guidelines, Qt::Key_1);
    EXPECT_EQ(ones_, 1) << "now one types in it";
}

TEST_F(LabelKeysOfAWindow, LeaveSpaceToTheButtonThatHasTheFocus) {
    int pressed = 0;
    QObject::connect(button_, &QPushButton::clicked, &window_, [&] { ++pressed; });
    button_->setFocus();
    QTest::keyClick(button_, Qt::Key_Space);
    EXPECT_EQ(pressed, 1);
    EXPECT_EQ(spaces_, 0);
    QTest::keyClick(button_, Qt::Key_1);
    EXPECT_EQ(ones_, 1) << "a digit presses no button";
}

TEST_F(LabelKeysOfAWindow, DecideOnceHoweverLongAKeyIsHeld) {
    plain_->setFocus();
    hold(plain_, Qt::Key_1, "1");
    EXPECT_EQ(ones_, 1);
}

TEST_F(LabelKeysOfAWindow, WaitUntilARecordCanHaveBeenSeen) {
    EXPECT_FALSE(keys_.decide()) << "nothing is shown";
    keys_.shown();
    now_ += milliseconds(149);
    EXPECT_FALSE(keys_.decide());
    now_ += milliseconds(1);
    EXPECT_EQ(keys_.decide(), 150);
}

TEST_F(LabelKeysOfAWindow, MeasureFromTheFirstPaintingOfTheRecord) {
    keys_.shown();
    now_ += milliseconds(400);
    keys_.painted();
    now_ += milliseconds(100);
    EXPECT_FALSE(keys_.decide()) << "it was shown long ago but painted just now";
    now_ += milliseconds(1900);
    keys_.painted();  // again, as when a window is uncovered
    EXPECT_EQ(keys_.decide(), 2000);
}

}  // namespace
}  // namespace abm
