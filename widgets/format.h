// Values as the window writes them.
#pragma once

#include <QString>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/money.h"
#include "core/base/time.h"
#include "core/data/investigation.h"

namespace abm {

inline constexpr double kBytesInMega = 1e6;

inline QString qstring(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString count_text(std::int64_t count);                                  ///< "12,480"
QString counted(std::int64_t count, const char* one, const char* many);  ///< "1 session", "12,480 sessions"
QString score_text(float score);                                         ///< ".99", "1.00"
QString duration_text(std::int64_t seconds);                             ///< "9 s", "6 min 23 s", "2 h 5 min", "3 d 4 h"
QString day_text(Time time);                                             ///< "14 Mar 2026"; empty when unknown
QString span_text(Time first, Time last);  ///< "13 Mar – 15 Mar 2026", "14 Mar 2026 09:36:07 – 09:43:51"

inline QString path_text(const std::filesystem::path& path) { return QString::fromStdString(path.string()); }
QString short_path(QString path);  ///< with ~ for the home folder

/// How much of a date a list must write so that no two of its times look the same.
enum class DateDetail { clock, day, year };
DateDetail date_detail(const Investigation& investigation);  ///< of the times of its records; O(n)
DateDetail date_detail(const Investigation& investigation, const std::vector<RecordIndex>& records);  ///< of these alone
QString when_text(Time time, DateDetail detail);  ///< "09:36:07", "14 Mar 09:36:07", "14 Mar 2026 09:36:07"
QString activity_text(Activity activity);         ///< "cheque deposit"; empty for none
QString event_text(std::string_view name);        ///< "notes_taken" becomes "notes taken"
/// "session 5" or "interval 4", with its machine in front: "0777 · session 5".
QString record_title(const Investigation& investigation, const Record& record);

}  // namespace abm
