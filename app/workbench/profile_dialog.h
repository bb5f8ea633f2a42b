// The log profile of a source: which one reads it, another one, a copy to edit, and what the first lines become.
#pragma once

#include <QDialog>
#include <QTimer>
#include <filesystem>

#include "app/workbench/profile_preview.h"
#include "core/data/source.h"
#include "core/pipeline/workspace_import.h"
#include "core/textlog/profile_library.h"
#include "widgets/latest_job.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace abm {

/// Profiles of the program are shown, copies of them and the user's own are edited and kept in his data folder. Nothing is read
/// by another profile before it is asked for.
class ProfileDialog : public QDialog {
    Q_OBJECT
public:
    /// chosen: what somebody chose for this source; nullopt: its content says.
    ProfileDialog(const Source& source, const std::optional<LogProfile>& chosen, bool can_read,
                  std::filesystem::path folder = log_profile_folder(), QWidget* parent = nullptr);

    QComboBox* list() const { return list_; }
    QPlainTextEdit* editor() const { return editor_; }
    QPushButton* copyButton() const { return copy_; }
    QPushButton* saveButton() const { return save_; }
    QPushButton* removeButton() const { return remove_; }
    QPushButton* readButton() const { return read_; }
    QLabel* count() const { return count_; }
    QLabel* error() const { return error_; }
    const ProfilePreviewModel& model() const { return *model_; }
    bool settled() const { return !job_.running() && !typing_.isActive(); }

signals:
    void readWanted(const abm::ReadingChoice& choice);

private:
    QWidget* makeProfile();
    QWidget* makePreview();
    void fillList(const QString& select);
    const ListedProfile* current() const;  ///< null: what the content asks for
    void choose();
    void editCopy();
    bool save();
    void remove();
    void read();
    void startPreview();
    void showPreview(ProfilePreview preview);
    void showError(const QString& words, int line = 0);
    void updateButtons();
    bool edited() const;

    Source source_;
    std::filesystem::path folder_;
    bool can_read_;
    std::vector<ListedProfile> profiles_;
    QString sniffed_;
    bool new_copy_ = false;  ///< not saved under its name yet
    QString saved_;          ///< the text of the one that is shown
    QComboBox* list_;
    QPushButton *copy_, *save_, *remove_, *read_;
    QPlainTextEdit* editor_;
    QLabel *error_, *count_;
    QTableView* table_;
    ProfilePreviewModel* model_;
    QTimer typing_;
    LatestJob<ProfilePreview> job_;
};

}  // namespace abm
