// The guidelines for verdicts, as a card one glances at while labelling.
#pragma once

class QTextBrowser;

namespace abm {

/// The text the program comes with. The caller owns it.
QTextBrowser* new_guidelines_view();

}  // namespace abm
