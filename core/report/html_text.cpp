#include "core/report/html_text.h"

#include <fmt/format.h>

#include "core/base/money.h"
#include "core/base/text_encoding.h"

namespace abm {

std::string html(std::string_view text) {
    std::string escaped;
    for (const char c : printable(text)) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

std::string severity_shape(Severity severity, double x, double y, double radius) {
    const double r = radius;
    switch (severity) {
        case Severity::critical:
            return fmt::format(R"(<path class="critical" d="M{:.1f} {:.1f}l{:.1f} {:.1f}h{:.1f}z"/>)", x, y - r, r, 1.8 * r,
                               -2 * r);
        case Severity::high:
            return fmt::format(R"(<path class="high" d="M{:.1f} {:.1f}l{:.1f} {:.1f}l{:.1f} {:.1f}l{:.1f} {:.1f}z"/>)", x, y - r,
                               r, r, -r, r, -r, -r);
        case Severity::medium:
            return fmt::format(R"(<circle class="medium" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", x, y, 0.85 * r);
        case Severity::low:
            return fmt::format(R"(<circle class="low" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", x, y, 0.7 * r);
        case Severity::none:
            break;
    }
    return fmt::format(R"(<circle class="none" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", x, y, 0.3 * r);
}

std::string severity_mark(Severity severity) {
    return fmt::format(R"(<svg class="mark" viewBox="0 0 12 12" role="img" aria-label="{}">{}</svg>)", name_of(severity),
                       severity_shape(severity, 6, 6, 5));
}

std::string readable(Time time) {
    std::string text = iso8601(time);
    if (text.size() > 10) text[10] = ' ';
    return text;
}

std::string grouped(std::int64_t number) {
    std::string text = money_text(number * 100);
    text.resize(text.size() - 3);
    return text;
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
    return fmt::format("{} {}", grouped(static_cast<std::int64_t>(count)), count == 1 ? singular : plural);
}

}  // namespace abm
