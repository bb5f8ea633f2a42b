#include "widgets/theme.h"

#include <QPalette>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include "widgets/style_sheet.h"

namespace abm {

const Tokens& light_tokens() {
    static const Tokens kTokens{.dark = false,
                                .window = "#F4F5F7",
                                .panel = "#FFFFFF",
                                .sunk = "#FAFBFC",
                                .line = "#E1E4E9",
                                .text = "#1B1F24",
                                .muted = "#5B6470",
                                .accent = "#1F66B0",
                                .accent_wash = "#E6F0FA",
                                .on_accent = "#FFFFFF",
                                .critical = "#B3123F",
                                .high = "#C2500F",
                                .medium = "#8F6B00",
                                .low = "#3F6F9C",
                                .good = "#2B7A4B",
                                .evidence = "#FFF4D6",
                                .evidence_bar = "#D9A400",
                                .density = "#B3BBC6"};
    return kTokens;
}

const Tokens& dark_tokens() {
    static const Tokens kTokens{.dark = true,
                                .window = "#14171B",
                                .panel = "#1B1F25",
                                .sunk = "#171A1F",
                                .line = "#2B313A",
                                .text = "#E6E9EE",
                                .muted = "#96A0AD",
                                .accent = "#6CB2F2",
                                .accent_wash = "#1E3148",
                                .on_accent = "#10202F",
                                .critical = "#FF6B8A",
                                .high = "#FF9A5C",
                                .medium = "#E3BC45",
                                .low = "#86B6E0",
                                .good = "#6CCB94",
                                .evidence = "#3A3216",
                                .evidence_bar = "#E3BC45",
                                .density = "#59626F"};
    return kTokens;
}

QColor Tokens::severity(Severity severity) const {
    switch (severity) {
        case Severity::critical:
            return critical;
        case Severity::high:
            return high;
        case Severity::medium:
            return medium;
        case Severity::low:
            return low;
        case Severity::none:
            break;
    }
    return muted;
}

namespace {

QPalette palette_of(const Tokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.panel);
    palette.setColor(QPalette::AlternateBase, t.sunk);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.panel);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.critical);
    palette.setColor(QPalette::ToolTipBase, t.panel);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accent_wash);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Midlight, t.line);
    palette.setColor(QPalette::Light, t.panel);
    palette.setColor(QPalette::Dark, t.line);
    palette.setColor(QPalette::Shadow, t.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, see_through(t.muted, 0.6F));
    return palette;
}

}  // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

void Theme::install(QApplication& application) {
    // Qt 6.4 has no hint for the colour scheme of the desktop; the palette it hands us says it.
    system_is_dark_ = application.palette().color(QPalette::Window).lightnessF() < 0.5F;
    QApplication::setStyle(QStyleFactory::create("Fusion"));
    QApplication::setFont(ui_font());
    apply();
}

void Theme::setMode(ThemeMode mode) {
    mode_ = mode;
    apply();
}

void Theme::apply() {
    dark_ = mode_ == ThemeMode::dark || (mode_ == ThemeMode::system && system_is_dark_);
    QApplication::setPalette(palette_of(tokens()));
    qApp->setStyleSheet(style_sheet(tokens()));
    emit changed();
}

QFont ui_font(int pixels, QFont::Weight weight) {
    QFont font;
    font.setFamilies({"Inter", "Noto Sans", "Cantarell", "DejaVu Sans", "Sans Serif"});
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont log_font() {
    QFont font;
    font.setFamilies({"JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono", "Monospace"});
    font.setStyleHint(QFont::Monospace);
    font.setPointSizeF(11.5 * 72.0 / 96.0);  // 11.5 px, which setPixelSize() cannot say
    font.setKerning(false);
    return font;
}

QColor see_through(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

}  // namespace abm
