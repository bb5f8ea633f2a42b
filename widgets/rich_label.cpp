#include "widgets/rich_label.h"

#include <QHash>
#include <QTextDocumentFragment>
#include <QWidget>

#include "widgets/theme.h"

namespace abm {
namespace {

/// Remembers how high it is at the widths it was asked for. Layouts within layouts ask over and over, and each time Qt sets the
/// whole text anew.
class RichLabel : public QLabel {
public:
    int heightForWidth(int width_px) const override {
        if (text() != text_ || font() != font_ || contentsMargins() != margins_) {
            text_ = text();
            font_ = font();
            margins_ = contentsMargins();
            known_.clear();
        }
        const auto found = known_.constFind(width_px);
        if (found != known_.constEnd()) return *found;
        const int height_px = QLabel::heightForWidth(width_px);
        known_.insert(width_px, height_px);
        return height_px;
    }

private:
    mutable QString text_;
    mutable QFont font_;
    mutable QMargins margins_;
    mutable QHash<int, int> known_;  ///< pixels
};

}  // namespace

QLabel* rich_label(const char* name) {
    auto* const label = new RichLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel* wrapped_label(const char* name) {
    auto* const label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
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
