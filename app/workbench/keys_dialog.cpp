#include "app/workbench/keys_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QVBoxLayout>

#include "widgets/theme.h"

namespace abm {
namespace {

// Keys that views answer themselves while they have the focus.
constexpr std::pair<const char*, const char*> kViewKeys[] = {
    {"Left, Right", "Pan the chart"},
    {"Up, Down", "Zoom the chart, or go through a list or the log"},
    {"Wheel, Shift+Wheel", "Zoom at the cursor, pan"},
    {"Double click on the chart", "Fit, and drop the selected time range"},
    {"Esc", "Drop the selected time range (chart), close find (log)"},
    {"Ctrl+C", "Copy the selected rows or lines"},
    {"Shift+Up, Shift+Down", "Select several lines of the log"},
};

QString row(const QString& key, const QString& what) {
    return QStringLiteral("<tr><td style='padding:3px 24px 3px 0; color:%1'>%2</td><td style='padding:3px 0'>%3</td></tr>")
        .arg(tokens().muted.name(), key.toHtmlEscaped(), what.toHtmlEscaped());
}

}  // namespace

KeysDialog::KeysDialog(const QList<QAction*>& actions, QWidget* parent) : QDialog(parent) {
    setWindowTitle("Keys");
    QString table = "<table>";
    for (const QAction* action : actions) {
        if (action->shortcuts().isEmpty()) continue;
        const QString keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText).replace(';', ',');
        table += row(keys, action->text().remove('&').remove(QChar(0x2026)));
    }
    for (const auto& [key, what] : kViewKeys) table += row(QString::fromLatin1(key), QString::fromLatin1(what));
    auto* const label = new QLabel(table + "</table>");
    label->setAccessibleName("Keys");
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->addWidget(label);
    layout->addWidget(buttons);
}

}  // namespace abm
