// Which detectors a model is made of, and with which parameters.
#pragma once

#include <QDialog>
#include <map>
#include <string>

#include "core/pipeline/model_settings.h"

class QCheckBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace abm {

/// Shows the settings of the current model; nothing is changed before trainRequested(), and then a candidate is made.
class DetectorsDialog : public QDialog {
    Q_OBJECT
public:
    explicit DetectorsDialog(const ModelSettings& settings, QWidget* parent = nullptr);

    ModelSettings settings() const;
    void setSettings(const ModelSettings& settings);
    QCheckBox* box(const std::string& kind) const { return boxes_.at(kind); }
    /// name: of a parameter, or "weight".
    QWidget* field(const std::string& kind, const std::string& name) const { return fields_.at(kind).at(name); }
    QPushButton* trainButton() const { return train_; }
    QPushButton* defaultsButton() const { return defaults_; }

signals:
    void trainRequested(const abm::ModelSettings& settings);

private:
    QWidget* makeDetector(const DetectorInfo& info);
    QWidget* makeField(const DetectorInfo& info, const ParamInfo& param);
    ParamTexts paramsOf(const DetectorInfo& info) const;
    void showParams(const DetectorInfo& info, const ParamTexts& said, double weight);
    void showEnabled();

    ModelSettings usual_;
    std::map<std::string, QCheckBox*> boxes_;
    std::map<std::string, std::map<std::string, QWidget*>> fields_;
    QLabel* wrong_;
    QPushButton *train_, *defaults_;
};

}  // namespace abm
