// How the first lines of a text log are understood by a profile, for the dialog that edits one.
#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/textlog/line_parser.h"

namespace abm {

struct ProfilePreview {
    std::vector<UnderstoodLine> lines;
    std::vector<std::string> texts;  ///< [lines] as the log shows them, masked
    std::int64_t not_understood = 0;
    std::int64_t entities = 0;  ///< that differ
    QString error;              ///< of the profile: "line 12: ..."; then there are no lines
    int error_line = 0;         ///< from 1; 0: none
    QString sniffed;            ///< the profile the content asks for
    bool is_for = false;        ///< the file would be read by this profile if it were chosen
};

/// Reads the first lines and parses the profile; a mistake in it is part of the result. Throws Error{Io} when the log cannot be
/// read.
ProfilePreview preview_profile(const std::filesystem::path& log, std::int64_t bytes, const std::string& profile);

class ProfilePreviewModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { number, time, entity, host, level, event, message, kColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void install(ProfilePreview preview);
    const ProfilePreview& preview() const { return preview_; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ProfilePreview preview_;
};

}  // namespace abm
