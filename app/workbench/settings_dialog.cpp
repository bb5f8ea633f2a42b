#include "app/workbench/settings_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/workbench/key_map.h"
#include "app/workbench/settings.h"
#include "widgets/format.h"
#include "widgets/key_field.h"

namespace abm {
namespace {

constexpr QSize kSettingsDialogSize{560, 520};
enum Column { action_column, menu_column, key_column };

QLabel* muted(const QString& text) {
    auto* const label = new QLabel(text);
    label->setObjectName("muted");
    label->setWordWrap(true);
    return label;
}

QSpinBox* count_box(const char* name, const char* suffix, int value) {
    auto* const box = new QSpinBox;
    box->setRange(0, 100'000);
    box->setSpecialValueText("off");
    box->setSuffix(suffix);
    box->setValue(value);
    box->setFixedWidth(110);
    box->setAccessibleName(name);
    return box;
}

}  // namespace

SettingsDialog::SettingsDialog(const Settings& settings, KeyMap& keys, const Actions& actions,
                               const std::optional<WorkspaceSession::RetrainRule>& rule, QWidget* parent)
    : QDialog(parent),
      keys_(keys),
      actions_(actions),
      tabs_(new QTabWidget),
      expert_(new QLineEdit),
      theme_(new QComboBox),
      mix_(new MixEditor),
      labels_(count_box("Retrain after labels", " labels", rule ? static_cast<int>(rule->labels) : 0)),
      days_(count_box("Retrain after days", " days", rule ? static_cast<int>(rule->days) : 0)),
      key_table_(new QTreeWidget),
      key_field_(new KeyField),
      conflict_(muted({})),
      use_(new QPushButton("Use this key")),
      none_(new QPushButton("No key")),
      reset_(new QPushButton("Reset")),
      reset_all_(new QPushButton("Reset all keys")) {
    setWindowTitle("Settings");
    tabs_->addTab(makeGeneral(settings, rule), "General");
    tabs_->addTab(makeKeys(), "Keys");
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName("Settings");
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 14);
    layout->addWidget(tabs_, 1);
    layout->addWidget(buttons);
    resize(kSettingsDialogSize);
}

QWidget* SettingsDialog::makeGeneral(const Settings& settings, const std::optional<WorkspaceSession::RetrainRule>& rule) {
    auto* const page = new QWidget;
    auto* const form = new QFormLayout(page);
    form->setContentsMargins(4, 14, 4, 4);
    form->setVerticalSpacing(8);
    form->setHorizontalSpacing(16);
    expert_->setText(settings.expert());
    expert_->setPlaceholderText(qstring(system_user()));
    expert_->setMaxLength(60);
    expert_->setAccessibleName("Name of the expert");
    theme_->addItems({"Of the system", "Light", "Dark"});
    theme_->setAccessibleName("Theme");
    theme_->setCurrentIndex(static_cast<int>(settings.theme()));
    mix_->setMix(settings.queueMix());
    form->addRow("Expert", expert_);
    form->addRow({}, muted("Stands on every verdict you store from now on."));
    form->addRow("Theme", theme_);
    form->addRow("Label queue", mix_);
    auto* const when = new QHBoxLayout;
    when->setSpacing(8);
    when->addWidget(labels_);
    when->addWidget(new QLabel("or"));
    when->addWidget(days_);
    when->addStretch(1);
    form->addRow("Retrain after", when);
    form->addRow({}, muted(rule ? "Kept in the open workspace. A new model waits until you adopt it."
                                : "Kept in each workspace: open one that can be written to set it."));
    labels_->setEnabled(rule.has_value());
    days_->setEnabled(rule.has_value());
    connect(expert_, &QLineEdit::editingFinished, this, [this] { emit expertChanged(expert_->text().trimmed()); });
    connect(theme_, &QComboBox::currentIndexChanged, this, [this](int at) { emit themeChanged(static_cast<ThemeMode>(at)); });
    connect(mix_, &MixEditor::mixChanged, this, &SettingsDialog::mixChanged);
    for (QSpinBox* const box : {labels_, days_}) {
        connect(box, &QSpinBox::editingFinished, this, [this] { emit retrainRuleChanged({labels_->value(), days_->value()}); });
    }
    return page;
}

QWidget* SettingsDialog::makeKeys() {
    key_table_->setHeaderLabels({"Action", "Menu", "Key"});
    key_table_->setRootIsDecorated(false);
    key_table_->setUniformRowHeights(true);
    key_table_->setStyleSheet(QStringLiteral("QTreeView::item { height: %1px; }").arg(kRowHeight));
    key_table_->setAccessibleName("Actions and their keys");
    key_table_->header()->setStretchLastSection(true);
    key_field_->setAccessibleName("New key");
    use_->setAutoDefault(false);
    none_->setAutoDefault(false);
    reset_->setAutoDefault(false);
    reset_all_->setAutoDefault(false);
    auto* const page = new QWidget;
    auto* const layout = new QVBoxLayout(page);
    layout->setContentsMargins(4, 10, 4, 4);
    auto* const row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(key_field_, 1);
    row->addWidget(use_);
    row->addWidget(none_);
    row->addWidget(reset_);
    row->addWidget(reset_all_);
    layout->addWidget(key_table_, 1);
    layout->addWidget(conflict_);
    layout->addLayout(row);
    connect(key_table_, &QTreeWidget::currentItemChanged, this, [this] {
        key_field_->setKey({});
        showKey();
    });
    connect(key_field_, &KeyField::keyChanged, this, &SettingsDialog::showKey);
    connect(use_, &QPushButton::clicked, this, [this] {
        keys_.assign(chosen(), key_field_->key());
        key_field_->setKey({});
    });
    connect(none_, &QPushButton::clicked, this, [this] { keys_.assign(chosen(), {}); });
    connect(reset_, &QPushButton::clicked, this, [this] { keys_.reset(chosen()); });
    connect(reset_all_, &QPushButton::clicked, this, [this] { keys_.resetAll(); });
    connect(&keys_, &KeyMap::keysChanged, this, &SettingsDialog::fillKeys);
    connect(&Theme::instance(), &Theme::changed, this, &SettingsDialog::showKey);
    for (QAction* const action : keys_.actions()) {
        auto* const item = new QTreeWidgetItem(key_table_);
        item->setText(action_column, name_of(*action));
        item->setText(menu_column, actions_.menuOf(action));
        item->setData(action_column, Qt::UserRole, QVariant::fromValue(action));
    }
    fillKeys();
    key_table_->setCurrentItem(key_table_->topLevelItem(0));
    constexpr int kBetween_px = 16;
    for (const int column : {int{action_column}, int{menu_column}}) {
        key_table_->resizeColumnToContents(column);
        key_table_->setColumnWidth(column, key_table_->columnWidth(column) + kBetween_px);
    }
    return page;
}

// Changed ones are written bold: not by colour alone, and found again before a reset.
void SettingsDialog::fillKeys() {
    for (int at = 0; at < key_table_->topLevelItemCount(); ++at) {
        QTreeWidgetItem* const item = key_table_->topLevelItem(at);
        const auto* const action = item->data(action_column, Qt::UserRole).value<QAction*>();
        item->setText(key_column, keys_text(*action));
        QFont font = key_table_->font();
        font.setBold(keys_.changed(action));
        item->setFont(key_column, font);
        item->setToolTip(key_column, keys_.changed(action) ? QStringLiteral("changed by you") : QString());
    }
    showKey();
}

QAction* SettingsDialog::chosen() const {
    const QTreeWidgetItem* const item = key_table_->currentItem();
    return item ? item->data(action_column, Qt::UserRole).value<QAction*>() : nullptr;
}

void SettingsDialog::showKey() {
    const QAction* const action = chosen();
    const QKeySequence key = key_field_->key();
    const QAction* const holder = action ? keys_.holder(key, action) : nullptr;
    use_->setText(holder ? "Take it over" : "Use this key");
    use_->setEnabled(action && !key.isEmpty());
    none_->setEnabled(action && !action->shortcuts().isEmpty());
    reset_->setEnabled(action && keys_.changed(action));
    conflict_->setObjectName(holder ? "failure" : "muted");
    conflict_->setText(!action ? QStringLiteral("Choose an action to give it another key.")
                       : holder
                           ? QStringLiteral("%1 is the key of “%2”, which would lose it.").arg(key_text(key), name_of(*holder))
                           : QStringLiteral("Click into the field and press the key for “%1”.").arg(name_of(*action)));
    conflict_->setStyleSheet(holder ? QStringLiteral("color: %1").arg(tokens().critical.name()) : QString());
}

void SettingsDialog::chooseAction(const QAction* action) {
    for (int at = 0; at < key_table_->topLevelItemCount(); ++at) {
        QTreeWidgetItem* const item = key_table_->topLevelItem(at);
        if (item->data(action_column, Qt::UserRole).value<QAction*>() == action) key_table_->setCurrentItem(item);
    }
}

void SettingsDialog::showKeysTab() { tabs_->setCurrentIndex(1); }

}  // namespace abm
