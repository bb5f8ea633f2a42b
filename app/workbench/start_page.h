// The first thing a user sees: the question, the ways to begin, what was open before.
#pragma once

#include <QWidget>

#include "app/workbench/settings.h"

class QPushButton;
class QVBoxLayout;

namespace abm {

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(Settings& settings, bool has_sample, QWidget* parent = nullptr);

    void refresh();  ///< reads the recent files anew
    void showError(const QString& message);
    QPushButton* openCard() const { return open_; }
    QPushButton* folderCard() const { return folder_; }
    QPushButton* sampleCard() const { return sample_; }

signals:
    void openFiles();
    void openFolder();
    void openSample();
    void openPaths(const QStringList& paths);

private:
    QWidget* recentRow(const RecentEntry& entry);

    Settings& settings_;
    QPushButton* open_;
    QPushButton* folder_;
    QPushButton* sample_;
    QWidget* error_;
    QWidget* recent_title_;
    QWidget* recent_;
    QVBoxLayout* recent_rows_;
};

}  // namespace abm
