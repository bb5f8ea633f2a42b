#include "widgets/rich_label.h"

#include <QTextDocumentFragment>
#include <QWidget>

#include "widgets/theme.h"

namespace abm {

QLabel* rich_label(const char* name) {
    auto* const label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    return label;
}

QString link_html(const QString& target, const QString& words) {
    return QStringLiteral("<a style='color:%1; text-decoration:none' href='%2'>%3</a>")
        .arg(tokens().accent.name(), target, words.toHtmlEscaped().replace(' ', "&nbsp;"));
}

QString coloured(const QString& html, const QColor& colour) {
    return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), html);
}

void clear_layout(QLayout& layout) {
    while (QLayoutItem* const item = layout.takeAt(0)) {
        if (QWidget* const widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QString plain_text(const QLabel& label) {
    return label.textFormat() == Qt::PlainText ? label.text() : QTextDocumentFragment::fromHtml(label.text()).toPlainText();
}

}  // namespace abm
