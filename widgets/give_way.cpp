#include "widgets/give_way.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace abm {

void give_way() {
#ifdef __linux__
    // Of a thread, not of the process: setpriority(2), "C library/kernel differences". Two processors, three busy jobs: the
    // window waited as long as it worked. A program that was started even nicer stays so.
    constexpr int kNice = 5;
    static thread_local const int ignored = setpriority(PRIO_PROCESS, 0, kNice);
    static_cast<void>(ignored);
#endif
}

}  // namespace abm
