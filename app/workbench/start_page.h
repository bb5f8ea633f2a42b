// The first thing a user sees: the question, the ways to begin, what was open before.
#pragma once

#include <QWidget>

#include "app/workbench/sample.h"
#include "app/workbench/settings.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace abm {

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(Settings& settings, bool has_sample, QWidget* parent = nullptr);

    void refresh();  ///< reads the recent workspaces anew
    void showError(const QString& message);
    QPushButton* openCard() const { return open_; }
    QPushButton* folderCard() const { return folder_; }
    QPushButton* watchCard() const { return watch_; }
    QPushButton* sampleCard() const { return sample_; }
    QString errorText() const;  ///< empty: none is shown
    QPushButton* continueCard() const { return continue_; }
    /// The samples of other kinds of files, in the order of kOtherSamples; shown only when they can be made.
    void setOtherSamples(bool can_be_made) { others_->setVisible(can_be_made); }
    QList<QPushButton*> otherSamples() const { return other_samples_; }

signals:
    void openFiles();
    void openFolder();
    void openSample();
    void watchFolder();
    void openOtherSample(abm::SampleKind kind);
    void openWorkspace(const QString& path);

private:
    QWidget* makeOtherSamples();
    QWidget* recentRow(const RecentEntry& entry);

    Settings& settings_;
    QPushButton* open_;
    QPushButton* folder_;
    QPushButton* sample_;
    QPushButton* watch_;
    QList<QPushButton*> other_samples_;  ///< before the row they are made with
    QWidget* others_;
    QPushButton* continue_;
    QLabel* continue_name_;
    QLabel* continue_words_;
    QString last_;  ///< workspace [Continue] opens
    QWidget* error_;
    QWidget* recent_title_;
    bool has_sample_;
    QLabel* stored_;
    QWidget* recent_;
    QVBoxLayout* recent_rows_;
};

}  // namespace abm
