// Verdicts on the triage page: the next record is the next of the list one sees, sessions or queue.
#pragma once

#include "app/workbench/label_place.h"

namespace abm {

class TriagePage;

class TriagePlace : public LabelPlace {
public:
    explicit TriagePlace(TriagePage& page) : page_(page) {}

    LabelPanel& panel() override;
    QWidget* home() override;
    void showWhy() override;
    std::optional<RecordIndex> after(std::optional<RecordIndex> record) override;
    std::vector<RecordIndex> several() const override;
    QString ended() override;
    std::int64_t mark(const std::vector<RecordIndex>& records) override;
    QString markedWords() const override;

private:
    TriagePage& page_;
};

}  // namespace abm
