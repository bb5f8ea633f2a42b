// Runs the tests inside an application, without a screen, with settings of their own.
#include <gtest/gtest.h>

#include <QApplication>
#include <QStandardPaths>

#include "widgets/theme.h"

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    abm::Theme::instance().install(application);
    abm::Theme::instance().setMode(abm::ThemeMode::light);
    return RUN_ALL_TESTS();
}
