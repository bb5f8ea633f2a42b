// The text of resources/report/report.css, put into the program when it is built.
#pragma once

#include <string_view>

namespace abm {

std::string_view report_style();

}  // namespace abm
