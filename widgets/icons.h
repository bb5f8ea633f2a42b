// Our own line icons, drawn in the colour of the theme.
#pragma once

#include <QIcon>
#include <QString>

namespace abm {

/// name: file in resources/icons without ".svg". Crisp at 100, 200 and 300 %. An unknown name gives a null icon.
QIcon line_icon(const QString& name);
QIcon application_icon();

}  // namespace abm
