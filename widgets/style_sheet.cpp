#include "widgets/style_sheet.h"

#include "widgets/theme.h"

namespace abm {
namespace {

// @name@ is replaced by the token of that name.
constexpr const char* kSheet = R"(
QToolTip { background: @panel@; color: @text@; border: 1px solid @line@; padding: 4px; }
QMainWindow::separator { background: @window@; width: 6px; height: 6px; }
QSplitter::handle { background: @window@; }
QMenuBar { background: @panel@; color: @text@; padding: 1px 4px; }
QMenuBar::item { padding: 3px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @accent_wash@; }
QMenu { background: @panel@; border: 1px solid @line@; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 10px; border-radius: 4px; }
QMenu::item:selected { background: @accent_wash@; color: @text@; }
QMenu::item:disabled { color: @muted@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 6px; }
QMenu::icon { padding-left: 6px; }
QMenu::indicator { width: 12px; height: 12px; padding-left: 6px; }
QStatusBar { background: @panel@; border-top: 1px solid @line@; color: @muted@; min-height: 24px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: @muted@; padding: 0 4px; }
#topBar { background: @panel@; border-bottom: 1px solid @line@; }
#footer, #footBar { background: @panel@; border-top: 1px solid @line@; }
#popup, #palette { background: @panel@; border: 1px solid @line@; border-radius: 6px; }
#pane, #startCard, #recentList { background: @panel@; border: 1px solid @line@; border-radius: 6px; }
#paneHead { background: @panel@; border: 1px solid @line@; border-top-left-radius: 6px; border-top-right-radius: 6px; }
#paneBody { background: @panel@; border: 1px solid @line@; border-top: none;
            border-bottom-left-radius: 6px; border-bottom-right-radius: 6px; }
#innerHead { background: transparent; border: none; border-bottom: 1px solid @line@; }
#paneTitle { font-weight: 600; color: @text@; }
#muted, #sectionTitle { color: @muted@; }
#sectionTitle { font-size: 11px; font-weight: 500; }
#rule { background: @line@; border: none; max-height: 1px; min-height: 1px; }
QPushButton, QToolButton#control {
    background: @panel@; color: @text@; border: 1px solid @line@; border-radius: 5px; padding: 4px 10px; min-height: 16px; }
QToolButton#control { padding: 4px; min-width: 18px; }
QToolButton#control[wanted="true"] { background: @accent@; color: @on_accent@; border: 1px solid @accent@; font-weight: 600; }
QPushButton:hover, QToolButton#control:hover { background: @accent_wash@; }
QPushButton:focus, QToolButton#control:focus { border: 1px solid @accent@; }
QPushButton:disabled, QToolButton#control:disabled { color: @muted@; background: @sunk@; }
QPushButton:checked { background: @accent_wash@; border: 1px solid @accent@; color: @accent@; }
QPushButton#primary { background: @accent@; color: @on_accent@; border: 1px solid @accent@; font-weight: 600; }
QPushButton#chip { background: @accent_wash@; color: @accent@; border: 1px solid @accent_wash@; border-radius: 12px;
                   padding: 3px 10px; font-weight: 500; }
QPushButton#chip:hover, QPushButton#chip:focus { border: 1px solid @accent@; }
#filterChip { background: @accent_wash@; border: 1px solid @accent_wash@; border-radius: 12px; }
#filterChip[hides="true"] { background: @panel@; border: 1px dashed @muted@; }
QPushButton#chipPart { background: transparent; color: @accent@; border: 1px solid transparent; border-radius: 9px; padding: 1px 5px;
                       font-weight: 500; }
QPushButton#chipPart[hides="true"] { color: @text@; }
QPushButton#chipPart:hover, QPushButton#chipPart:focus { border: 1px solid @accent@; }
QToolButton#toggle { background: transparent; color: @muted@; border: 1px solid transparent; border-radius: 5px; padding: 3px 4px;
                     min-width: 14px; min-height: 16px; }
QToolButton#toggle:hover, QToolButton#toggle:focus { border: 1px solid @accent@; }
QToolButton#toggle:checked { background: @accent_wash@; color: @accent@; border: 1px solid @accent@; }
QLineEdit[wrong="true"] { border: 1px solid @critical@; }
QPushButton#flat { background: transparent; border: 1px solid transparent; color: @muted@; padding: 3px 6px; }
QPushButton#flat:hover { color: @text@; }
QPushButton#flat:focus { border: 1px solid @accent@; }
QPushButton#flat::menu-indicator { width: 0; image: none; }
QPushButton#keyButton { padding: 0; min-height: 24px; }
QPushButton#keyButton:hover { border: 1px solid @accent@; background: @panel@; }
QPushButton#keyButton[suggested="true"] { background: @accent_wash@; border: 1px solid @accent@; }
#keyCap { background: @panel@; color: @muted@; border: 1px solid @line@; border-radius: 3px; padding: 0 4px; font-size: 11px;
          min-width: 8px; }
#logNotice { background: @evidence@; border-bottom: 1px solid @evidence_bar@; }
#failure { color: @critical@; }
QSpinBox, QDoubleSpinBox { background: @panel@; color: @text@; border: 1px solid @line@; border-radius: 5px; padding: 2px 4px; min-height: 17px; }
QSpinBox:focus, QDoubleSpinBox:focus { border: 1px solid @accent@; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: none; }
QPushButton#continueCard { border: 1px solid @accent@; border-radius: 6px; text-align: left; padding: 0; min-height: 48px; }
QPushButton#startCard { text-align: left; padding: 0; min-height: 68px; }
QPushButton#startCard:focus, QPushButton#startCard:hover { border: 1px solid @accent@; background: @panel@; }
QLineEdit { background: @panel@; color: @text@; border: 1px solid @line@; border-radius: 5px; padding: 3px 6px; min-height: 17px;
            selection-background-color: @accent@; selection-color: @on_accent@; }
QLineEdit:focus { border: 1px solid @accent@; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted@; border: none; border-bottom: 2px solid transparent; padding: 7px 2px 6px 2px;
               margin: 0 5px; }
QTabBar::tab:selected { color: @text@; font-weight: 600; border-bottom: 2px solid @accent@; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:focus { color: @accent@; }
QMainWindow > QTabBar::tab { width: 0; height: 0; padding: 0; margin: 0; border: none; }
QToolButton#headMenu { border: 1px solid transparent; border-radius: 4px; background: transparent; color: @muted@; padding: 0 3px; }
QToolButton#headMenu:hover { color: @text@; background: @accent_wash@; }
QToolButton#headMenu:focus { border: 1px solid @accent@; }
QToolButton#headMenu::menu-indicator { width: 0; image: none; }
QTableView, QTreeView, QListView { background: @panel@; border: none; gridline-color: @line@; outline: none;
    selection-background-color: @accent_wash@; selection-color: @text@; }
QHeaderView { background: @panel@; border: none; }
QHeaderView::section { background: @panel@; color: @muted@; border: none; border-bottom: 1px solid @line@; padding: 4px 6px; font-size: 11px; }
QHeaderView::section:hover { color: @text@; }
QTableCornerButton::section { background: @panel@; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget#plain { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line@; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted@; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: @line@; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar#thin { border-radius: 0; max-height: 3px; min-height: 3px; }
QProgressBar#thin::chunk { border-radius: 0; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }
)";

}  // namespace

QString style_sheet(const Tokens& t) {
    QString sheet = QString::fromLatin1(kSheet);
    const std::pair<const char*, QColor> names[] = {
        {"@window@", t.window},       {"@panel@", t.panel},       {"@sunk@", t.sunk},         {"@line@", t.line},
        {"@text@", t.text},           {"@muted@", t.muted},       {"@accent@", t.accent},     {"@accent_wash@", t.accent_wash},
        {"@on_accent@", t.on_accent}, {"@critical@", t.critical}, {"@evidence@", t.evidence}, {"@evidence_bar@", t.evidence_bar}};
    for (const auto& [name, colour] : names) sheet.replace(QLatin1String(name), colour.name());
    return sheet;
}

}  // namespace abm
