#include "widgets/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include "widgets/theme.h"

static void load_resources() { Q_INIT_RESOURCE(resources); }  // must stand outside a namespace

namespace abm {
namespace {

QByteArray svg_of(const QString& name) {
    load_resources();
    QFile file(":/icons/" + name + ".svg");
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QPixmap rendered(const QByteArray& svg, int pixels, int ratio) {
    QPixmap pixmap(pixels * ratio, pixels * ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

}  // namespace

QIcon line_icon(const QString& name) {
    const QByteArray svg = svg_of(name);
    if (svg.isEmpty()) return {};
    const auto coloured = [&](const QColor& colour) { return QByteArray(svg).replace("#000000", colour.name().toLatin1()); };
    QIcon icon;
    for (const int ratio : {1, 2, 3}) {
        icon.addPixmap(rendered(coloured(tokens().text), 16, ratio));
        QColor faint = tokens().muted;
        faint = QColor::fromRgbF((faint.redF() + tokens().panel.redF()) / 2, (faint.greenF() + tokens().panel.greenF()) / 2,
                                 (faint.blueF() + tokens().panel.blueF()) / 2);
        icon.addPixmap(rendered(coloured(faint), 16, ratio), QIcon::Disabled);
    }
    return icon;
}

QIcon application_icon() {
    const QByteArray svg = svg_of("abm-workbench");
    QIcon icon;
    for (const int pixels : {16, 32, 48, 128, 256}) icon.addPixmap(rendered(svg, pixels, 1));
    return icon;
}

}  // namespace abm
