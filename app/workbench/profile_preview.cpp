#include "app/workbench/profile_preview.h"

#include <QRegularExpression>
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/random_access_text.h"
#include "core/ingest/line_splitter.h"
#include "core/pipeline/journal_preview.h"
#include "core/pipeline/log_text.h"
#include "core/pipeline/reading_choice.h"
#include "core/pipeline/source_form.h"
#include "widgets/format.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr std::int64_t kHead_bytes = 64 * 1024;
constexpr std::size_t kMostPreviewLines = 300;
constexpr const char* kFile = "profile";

std::vector<std::string_view> first_lines(std::string_view head, bool whole) {
    std::vector<std::string_view> lines;
    LineSplitter splitter(head);
    for (LineSplitter::Line line{}; lines.size() < kMostPreviewLines && splitter.next(line);)
        lines.emplace_back(line.begin, static_cast<std::size_t>(line.end - line.begin));
    if (!whole && lines.size() > 1 && lines.size() < kMostPreviewLines) lines.pop_back();  // the last one is cut off
    return lines;
}

void take_error(const Error& error, ProfilePreview& preview) {
    static const QRegularExpression place("^profile:(\\d+): ");
    QString words = qstring(error.what());
    const auto match = place.match(words);
    if (match.hasMatch()) {
        preview.error_line = match.captured(1).toInt();
        words = QStringLiteral("line %1: %2").arg(preview.error_line).arg(words.mid(match.capturedEnd()));
    }
    preview.error = words;
}

}  // namespace

ProfilePreview preview_profile(const std::filesystem::path& log, std::int64_t bytes, const std::string& profile) {
    const std::string head = read_range(log, {0, std::min(bytes, kHead_bytes)});
    const std::vector<std::string_view> lines = first_lines(head, bytes <= kHead_bytes);
    ProfilePreview shown;
    if (form_of(log) == SourceForm::journal) {
        shown.sniffed = "ndc-journal";
    } else if (const auto sniffed = sniff_text_log(head)) {
        shown.sniffed = qstring(sniffed->profile->name);
    }
    try {
        const LogProfile parsed = parse_log_profile(profile, kFile);
        shown.is_for = is_for(parsed, log);
        shown.lines = parsed.journal ? journal_preview(lines) : preview(parsed, lines);
    } catch (const Error& error) {
        take_error(error, shown);
        return shown;
    }
    std::set<std::string> entities;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        shown.texts.push_back(log_text(lines[at]));
        if (!shown.lines[at].understood && !QString::fromStdString(shown.texts[at]).trimmed().isEmpty()) ++shown.not_understood;
        if (!shown.lines[at].entity.empty()) entities.insert(shown.lines[at].entity);
    }
    shown.entities = std::ssize(entities);
    return shown;
}

void ProfilePreviewModel::install(ProfilePreview preview) {
    beginResetModel();
    preview_ = std::move(preview);
    endResetModel();
}

int ProfilePreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(preview_.lines.size());
}
int ProfilePreviewModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QVariant ProfilePreviewModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto row = static_cast<std::size_t>(index.row());
    const UnderstoodLine& line = preview_.lines[row];
    if (role == Qt::ForegroundRole) {
        if (index.column() == number) return tokens().muted;
        return line.understood ? QVariant() : QVariant(tokens().high);
    }
    if (role == Qt::ToolTipRole) return qstring(preview_.texts[row]);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (index.column() == number ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case number:
            return count_text(index.row() + 1);
        case time:
            return known(line.time) ? when_text(line.time, DateDetail::year) : QString();
        case entity:
            return qstring(line.entity);
        case host:
            return qstring(line.host);
        case level:
            return qstring(line.level);
        case event:
            return qstring(line.event);
        default:
            return line.understood ? qstring(line.message_template) : "not understood: " + qstring(preview_.texts[row]);
    }
}

QVariant ProfilePreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    static const char* const names[] = {"Line", "Time", "Entity", "Host", "Level", "Event", "Message template"};
    if (role == Qt::DisplayRole) return QString(names[section]);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == number ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

}  // namespace abm
