// A notice of the desktop, shown also when the window is not.
#pragma once

#include <QString>

namespace abm {

/// Asks the notification service of the desktop (org.freedesktop.Notifications) and does not wait for it. False when the session
/// has no message bus; a desktop without the service drops the notice in silence, so the window tells it, too.
bool tell_desktop(const QString& title, const QString& text, bool urgent);

}  // namespace abm
