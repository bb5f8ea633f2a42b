#include "app/workbench/keys_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <array>

#include "widgets/theme.h"

namespace abm {
namespace {

// Keys that views answer themselves while they have the focus.
constexpr std::pair<const char*, const char*> kViewKeys[] = {
    {"Left, Right", "Pan the chart"},
    {"Up, Down", "Zoom the chart, or go through a list or the log"},
    {"Wheel, Shift+Wheel", "Zoom at the cursor, pan"},
    {"Double click", "Fit the chart, drop the time range"},
    {"Esc", "Drop the time range, close find"},
    {"Ctrl+C", "Copy the selected rows or lines"},
    {"Shift+Up, Shift+Down", "Select several lines of the log"},
};

// Which column a menu stands in, so that the three are about as long.
constexpr int kColumns = 3;
int column_of(const QString& title) {
    if (title == "Label") return 1;
    return title == "File" || title == "Model" || title == "Help" ? 0 : 2;
}

QString row(const QString& key, const QString& what) {
    return QStringLiteral("<tr><td style='padding:2px 14px 2px 0; color:%1'>%2</td><td style='padding:2px 0'>%3</td></tr>")
        .arg(tokens().muted.name(), key.toHtmlEscaped(), what.toHtmlEscaped());
}

QString title_row(const QString& title) {
    return QStringLiteral("<tr><td colspan='2' style='padding:8px 0 3px 0'><b>%1</b></td></tr>").arg(title);
}

}  // namespace

KeysDialog::KeysDialog(const QList<ActionGroup>& groups, QWidget* parent) : QDialog(parent) {
    setWindowTitle("Keys");
    std::array<QString, kColumns> tables;
    for (const ActionGroup& group : groups) {
        const QString title = QString(group.title).remove('&');
        QString rows;
        for (const QAction* const action : group.actions) {
            if (action && !action->shortcuts().isEmpty()) rows += row(keys_text(*action), name_of(*action));
        }
        if (!rows.isEmpty()) tables[static_cast<std::size_t>(column_of(title))] += title_row(title) + rows;
    }
    QString views = title_row("In a view that has the focus");
    for (const auto& [key, what] : kViewKeys) views += row(QString::fromLatin1(key), QString::fromLatin1(what));
    tables[0] += views;
    auto* const content = new QWidget;
    content->setObjectName("plain");
    auto* const columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(28);
    for (const QString& table : tables) {
        auto* const label = new QLabel("<table>" + table + "</table>");
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        columns->addWidget(label, 0, Qt::AlignTop);
    }
    auto* const scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName("Keys");
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 10, 18, 14);
    auto* const hint = new QLabel("File > Settings gives an action another key.");
    hint->setObjectName("muted");
    layout->addWidget(scroll, 1);
    auto* const foot = new QHBoxLayout;
    foot->addWidget(hint, 1);
    foot->addWidget(buttons);
    layout->addLayout(foot);
    const QSize whole = content->sizeHint() + QSize(60, 80);
    resize(parent ? whole.boundedTo(parent->window()->size() - QSize(40, 40)) : whole);
}

}  // namespace abm
