#include "core/pipeline/source_form.h"

#include "core/capture/read_capture.h"

namespace abm {

SourceForm form_of(const std::filesystem::path& path) {
    std::error_code ignored;
    if (path == "-" || !std::filesystem::is_regular_file(path, ignored)) return SourceForm::journal;
    if (is_capture(path)) return SourceForm::capture;
    return SourceForm::journal;
}

}  // namespace abm
