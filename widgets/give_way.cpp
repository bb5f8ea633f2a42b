#include "widgets/give_way.h"

#ifdef __linux__
#include <sys/resource.h>

#include <algorithm>
#include <utility>
#endif

namespace abm {

void give_way() {
#ifdef __linux__
    // On Linux this is of the thread, not of the process: setpriority(2), "C library/kernel differences". Two processors, three
    // busy jobs: the window waited as long as it worked.
    constexpr int kNicer = 5, kNicest = 19;
    static thread_local bool gives_way = false;
    if (std::exchange(gives_way, true)) return;
    setpriority(PRIO_PROCESS, 0, std::min(getpriority(PRIO_PROCESS, 0) + kNicer, kNicest));
#endif
}

}  // namespace abm
