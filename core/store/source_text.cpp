#include "core/store/source_text.h"

#include <nlohmann/json.hpp>

namespace abm {
namespace {

using nlohmann::json;

/// Bytes that are no UTF-8 become replacement characters: a file name may hold them, JSON may not.
std::string text_of(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

TextSpan span_of(const json& entry) { return {entry.at(0).get<std::int64_t>(), entry.at(1).get<std::int64_t>()}; }

}  // namespace

std::string spans_text(const std::vector<TextSpan>& spans) {
    json list = json::array();
    for (const TextSpan& span : spans) list.push_back({span.offset, span.bytes});
    return text_of(list);
}

std::string evidence_text(const std::vector<Evidence>& evidence) {
    json list = json::array();
    for (const Evidence& entry : evidence) list.push_back({entry.line.offset, entry.line.bytes, entry.note});
    return text_of(list);
}

std::string problems_text(const std::vector<SourceProblem>& problems) {
    json list = json::array();
    for (const SourceProblem& problem : problems) {
        list.push_back(
            {{"offset", problem.offset}, {"count", problem.count}, {"fatal", problem.fatal}, {"message", problem.message}});
    }
    return text_of(list);
}

std::string names_text(const std::vector<std::string>& names) { return text_of(json(names)); }

std::vector<TextSpan> spans_from_text(std::string_view text) {
    std::vector<TextSpan> spans;
    for (const json& entry : json::parse(text)) spans.push_back(span_of(entry));
    return spans;
}

std::vector<Evidence> evidence_from_text(std::string_view text) {
    std::vector<Evidence> evidence;
    for (const json& entry : json::parse(text)) evidence.push_back({span_of(entry), entry.at(2).get<std::string>()});
    return evidence;
}

std::vector<SourceProblem> problems_from_text(std::string_view text) {
    std::vector<SourceProblem> problems;
    for (const json& entry : json::parse(text)) {
        problems.push_back({entry.at("offset").get<std::int64_t>(), entry.at("count").get<std::int64_t>(),
                            entry.at("fatal").get<bool>(), entry.at("message").get<std::string>()});
    }
    return problems;
}

std::vector<std::string> names_from_text(std::string_view text) { return json::parse(text).get<std::vector<std::string>>(); }

}  // namespace abm
