#include "core/pipeline/reading_choice.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/capture/read_capture.h"
#include "core/pipeline/source_form.h"
#include "core/store/workspace.h"

namespace abm {
namespace {

std::string profile_key(SourceId source) { return fmt::format("log-profile.{}", raw(source)); }
std::string capture_key(SourceId source) { return fmt::format("capture-options.{}", raw(source)); }

std::optional<LogProfile> chosen_profile(const Workspace& workspace, SourceId source) {
    const auto text = workspace.setting(profile_key(source));
    if (!text || text->empty()) return std::nullopt;
    try {
        return parse_log_profile(*text, "profile of the workspace");
    } catch (const Error&) {
        return std::nullopt;
    }
}

CaptureOptions chosen_capture_options(const Workspace& workspace, SourceId source) {
    const auto text = workspace.setting(capture_key(source));
    try {
        return capture_options_of(text.value_or(""));
    } catch (const Error&) {
        return {};
    }
}

bool has_other_profile(const Workspace& workspace, SourceId source, const std::filesystem::path& file,
                       const ReadingChoice& choice) {
    if (!choice.profile && !choice.by_content) return false;
    const auto chosen = chosen_profile(workspace, source);
    if (choice.by_content) return chosen.has_value();
    return (!chosen || chosen->text != choice.profile->text) && is_for(*choice.profile, file);
}

bool has_other_options(const Workspace& workspace, SourceId source, const std::filesystem::path& file,
                       const ReadingChoice& choice) {
    return choice.captures && *choice.captures != chosen_capture_options(workspace, source) && is_capture(file);
}

}  // namespace

bool is_for(const LogProfile& profile, const std::filesystem::path& file) {
    const SourceForm form = form_with_profile(file, profile);
    return profile.journal ? form == SourceForm::journal && form_of(file) != form : form == SourceForm::text_log;
}

ReadingChoice chosen_reading(const Workspace& workspace, SourceId source) {
    return {chosen_profile(workspace, source), false, chosen_capture_options(workspace, source)};
}

bool reads_otherwise(const Workspace& workspace, SourceId source, const std::filesystem::path& file,
                     const ReadingChoice& choice) {
    return has_other_profile(workspace, source, file, choice) || has_other_options(workspace, source, file, choice);
}

void keep_choice(Workspace& workspace, SourceId source, const std::filesystem::path& file, const ReadingChoice& choice,
                 const std::string& who) {
    if (has_other_profile(workspace, source, file, choice))
        workspace.set_setting(profile_key(source), choice.by_content ? "" : choice.profile->text, who);
    if (has_other_options(workspace, source, file, choice))
        workspace.set_setting(capture_key(source), text_of(*choice.captures), who);
}

}  // namespace abm
