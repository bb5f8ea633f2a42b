#include "app/workbench/desktop_notice.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>

namespace abm {

bool tell_desktop(const QString& title, const QString& text, bool urgent) {
    // Without the address Qt would start a bus of its own for nobody.
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")) return false;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return false;
    QDBusMessage call = QDBusMessage::createMethodCall("org.freedesktop.Notifications", "/org/freedesktop/Notifications",
                                                       "org.freedesktop.Notifications", "Notify");
    const QVariantMap hints{{"urgency", QVariant::fromValue(static_cast<uchar>(urgent ? 2 : 1))},
                            {"desktop-entry", "abm-workbench"}};
    call.setArguments({"ABM Workbench", 0U, "abm-workbench", title, text.toHtmlEscaped(), QStringList(), hints, -1});
    return bus.send(call);
}

}  // namespace abm
