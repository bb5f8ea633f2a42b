// File > Settings: whose verdicts these are, theme, queue, retraining, keys. Everything takes effect at once.
#pragma once

#include <QDialog>

#include "app/workbench/actions.h"
#include "app/workbench/mix_editor.h"
#include "core/pipeline/workspace_session.h"
#include "widgets/theme.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTabWidget;
class QTreeWidget;

namespace abm {

class KeyField;
class KeyMap;
class Settings;

class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    /// rule: of the open workspace, which keeps it; nullopt: none is open, or it can only be read.
    SettingsDialog(const Settings& settings, KeyMap& keys, const Actions& actions,
                   const std::optional<WorkspaceSession::RetrainRule>& rule, QWidget* parent = nullptr);

    QLineEdit* expert() const { return expert_; }
    QComboBox* theme() const { return theme_; }
    MixEditor* mix() const { return mix_; }
    QTreeWidget* keyTable() const { return key_table_; }
    KeyField* keyField() const { return key_field_; }
    QLabel* conflict() const { return conflict_; }
    QPushButton* useKey() const { return use_; }
    QPushButton* resetAllKeys() const { return reset_all_; }
    void chooseAction(const QAction* action);
    void showKeysTab();

signals:
    void expertChanged(const QString& name);
    void themeChanged(abm::ThemeMode mode);
    void mixChanged(const abm::QueueMix& mix);
    void retrainRuleChanged(const abm::WorkspaceSession::RetrainRule& rule);

private:
    QWidget* makeGeneral(const Settings& settings, const std::optional<WorkspaceSession::RetrainRule>& rule);
    QWidget* makeKeys();
    void fillKeys();
    void showKey();
    QAction* chosen() const;

    KeyMap& keys_;
    const Actions& actions_;
    QTabWidget* tabs_;
    QLineEdit* expert_;
    QComboBox* theme_;
    MixEditor* mix_;
    QSpinBox *labels_, *days_;
    QTreeWidget* key_table_;
    KeyField* key_field_;
    QLabel* conflict_;
    QPushButton *use_, *none_, *reset_, *reset_all_;
};

}  // namespace abm
