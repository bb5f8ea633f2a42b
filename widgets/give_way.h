// Threads of the background let the one that paints go first.
#pragma once

namespace abm {

/// The calling thread, and those it starts from now on, get the processor after the window when both want it. On other systems
/// than Linux nothing changes.
void give_way();

}  // namespace abm
