#include "app/workbench/guidelines_view.h"

#include <QFile>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>

#include "widgets/theme.h"

namespace abm {
namespace {

// Markdown comes with the headings of a book; this is a card one glances at.
void set_compact(QTextDocument& text) {
    text.setIndentWidth(14);
    for (QTextBlock block = text.begin(); block != text.end(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        QTextCursor cursor(block);
        QTextBlockFormat format;
        format.setTopMargin(level == 1 ? 0 : level > 1 ? 9 : 2);
        format.setBottomMargin(level > 0 ? 2 : 1);
        cursor.mergeBlockFormat(format);
        if (level == 0) continue;
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextCharFormat letters;
        letters.setProperty(QTextFormat::FontSizeAdjustment, 0);
        letters.setFont(ui_font(level == 1 ? 15 : 12, QFont::DemiBold));
        cursor.mergeCharFormat(letters);
    }
}

}  // namespace

QTextBrowser* new_guidelines_view() {
    auto* const text = new QTextBrowser;
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName("Guidelines");
    text->document()->setDocumentMargin(12);
    QFile file(":/guidelines/journal.md");
    if (file.open(QIODevice::ReadOnly)) text->setMarkdown(QString::fromUtf8(file.readAll()));
    set_compact(*text->document());
    return text;
}

}  // namespace abm
