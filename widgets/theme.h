// Colours, fonts and the style of the whole program: the tokens of the design, in this one place.
#pragma once

#include <QApplication>
#include <QColor>
#include <QFont>
#include <QObject>

#include "core/data/record_type.h"

namespace abm {

struct Tokens {
    bool dark;
    QColor window, panel, sunk;             ///< background, panes, chart lanes
    QColor line, text, muted;               ///< hairlines, text, secondary text (contrast at least 4.5:1)
    QColor accent, accent_wash, on_accent;  ///< selection, primary action, threshold; text on the accent
    QColor critical, high, medium, low;     ///< always shown together with a shape
    QColor good;                            ///< improvements, saved
    QColor evidence, evidence_bar;          ///< marked log lines
    QColor density;                         ///< records nothing is wrong with, in the charts

    QColor severity(Severity severity) const;  ///< muted for Severity::none
};

const Tokens& light_tokens();
const Tokens& dark_tokens();

enum class ThemeMode { system, light, dark };

/// The theme in use. Lives as long as the program; UI thread only.
class Theme : public QObject {
    Q_OBJECT
public:
    static Theme& instance();

    /// Fusion, fonts, palette and style sheet. Call once, before the first widget.
    void install(QApplication& application);
    void setMode(ThemeMode mode);
    ThemeMode mode() const { return mode_; }
    const Tokens& tokens() const { return dark_ ? dark_tokens() : light_tokens(); }

signals:
    void changed();

private:
    void apply();

    ThemeMode mode_ = ThemeMode::system;
    bool dark_ = false;
    bool system_is_dark_ = false;
};

inline const Tokens& tokens() { return Theme::instance().tokens(); }

QColor see_through(QColor colour, float alpha);  ///< alpha: 1 hides what is behind

QFont ui_font(int pixels = 12, QFont::Weight weight = QFont::Normal);
QFont log_font();

inline constexpr int kRowHeight = 23;

}  // namespace abm
