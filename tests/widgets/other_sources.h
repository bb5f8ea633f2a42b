// The real window on files that are no journals, invented or written by the test.
#pragma once

#include <QAction>
#include <fstream>

#include "app/workbench/dock_set.h"
#include "core/generate/capture_generator.h"
#include "core/generate/metric_series.h"
#include "core/generate/ue_log.h"
#include "tests/widgets/expert_window.h"

namespace abm::test {

class OtherSources : public ExpertWindow {
protected:
    std::filesystem::path place(const QString& name) const { return std::filesystem::path(folder_.filePath(name).toStdString()); }

    std::filesystem::path capture(int seconds = 40) const {
        GenerateCaptureOptions options;
        options.seconds = seconds;
        options.out = place("capture");
        return generate_capture(options, {}).file;
    }
    std::filesystem::path metrics(int machines = 2, int days = 7) const {
        GenerateTableOptions options;
        options.machines = machines;
        options.days = days;
        options.out = place("metrics");
        return generate_table(options, {}).file;
    }
    std::filesystem::path ueLog(int ues = 60) const {
        GenerateUeLogOptions options;
        options.ues = ues;
        options.out = place("ues");
        return generate_ue_log(options, {}).file;
    }
    void openFiles(const std::vector<std::filesystem::path>& files) {
        open(false);
        QStringList paths;
        for (const auto& file : files) paths.append(QString::fromStdString(file.string()));
        window_->openPaths(paths);
        ASSERT_TRUE(settle());
        ASSERT_FALSE(window_->showsStart());
    }
    LogPanel& log() { return *window_->triage()->log(); }
    const Record& record() { return all().records[raw(selected())]; }
    /// The first record a finding of this type is about; selected.
    bool select(RecordType type) {
        for (std::size_t at = 0; at < all().records.size(); ++at) {
            for (const Finding& finding : all().findings_of(all().records[at])) {
                if (finding.type != type) continue;
                window_->triage()->selection().selectRecord(RecordIndex(static_cast<std::uint32_t>(at)));
                return settle();
            }
        }
        return false;
    }
};

}  // namespace abm::test
