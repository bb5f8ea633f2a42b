#include "app/workbench/detectors_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/detect/isolation_forest.h"
#include "widgets/format.h"

namespace abm {
namespace {

constexpr std::string_view kWeight = "weight";
constexpr ParamInfo kWeightInfo{kWeight, "How loud this channel is beside the forest", 0, kMostChannelWeight, 1, 2};
constexpr int kIndent = 24;

bool is_forest(const DetectorInfo& info) { return info.kind == IsolationForest::kKind; }

QString number_text(double value, int decimals) {
    QString text = QString::number(value, 'f', decimals);
    if (decimals == 0) return text;
    while (text.endsWith('0')) text.chop(1);
    if (text.endsWith('.')) text.chop(1);
    return text;
}

/// A kept model has no room for more rows to compare with.
double most_of(const ParamInfo& param) { return param.name == "reference" ? static_cast<double>(kMostKeptRows) : param.most; }

double least_of(const ParamInfo& param) { return param.name == "reference" ? 1 : param.least; }

QString value_of(const QWidget& field) {
    if (const auto* words = qobject_cast<const QComboBox*>(&field)) return words->currentText();
    const auto& number = static_cast<const QDoubleSpinBox&>(field);
    return number_text(number.value(), number.decimals());
}

void show_value(QWidget& field, const QString& text) {
    if (auto* words = qobject_cast<QComboBox*>(&field))
        words->setCurrentText(text);
    else
        static_cast<QDoubleSpinBox&>(field).setValue(text.toDouble());
}

QString usual_value(const ParamInfo& param) {
    return param.words.empty() ? number_text(param.absent, param.decimals) : qstring(param.words.front());
}

}  // namespace

DetectorsDialog::DetectorsDialog(const ModelSettings& settings, QWidget* parent) : QDialog(parent), wrong_(new QLabel) {
    setWindowTitle("Detectors");
    auto* const content = new QWidget;
    content->setObjectName("plain");
    auto* const list = new QVBoxLayout(content);
    list->setContentsMargins(0, 0, 0, 0);
    list->setSpacing(14);
    for (const DetectorInfo& info : detector_infos()) {
        if (!info.labels) list->addWidget(makeDetector(info));
    }
    list->addStretch(1);
    auto* const scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName("Detectors");
    auto* const hint = new QLabel(
        "The forest is the base of every score; the others may raise a record, each with a reason of its own. "
        "A candidate is made and compared; nothing changes until it is adopted.");
    hint->setObjectName("muted");
    hint->setWordWrap(true);
    wrong_->setObjectName("failure");
    wrong_->setWordWrap(true);
    auto* const buttons = new QDialogButtonBox;
    train_ = buttons->addButton("Train a candidate", QDialogButtonBox::AcceptRole);
    train_->setObjectName("primary");
    defaults_ = buttons->addButton("Defaults", QDialogButtonBox::ResetRole);
    buttons->addButton(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(defaults_, &QPushButton::clicked, this, [this] { setSettings({}); });
    connect(train_, &QPushButton::clicked, this, [this] {
        emit trainRequested(this->settings());
        accept();
    });
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(12);
    layout->addWidget(hint);
    layout->addWidget(scroll, 1);
    layout->addWidget(wrong_);
    layout->addWidget(buttons);
    setSettings(settings);
    const QSize whole(640, content->sizeHint().height() + 170);
    resize(parent ? whole.boundedTo(parent->window()->size() - QSize(40, 40)) : whole);
}

QWidget* DetectorsDialog::makeDetector(const DetectorInfo& info) {
    auto* const group = new QWidget;
    auto* const rows = new QVBoxLayout(group);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    const std::string kind(info.kind);
    auto* const box = boxes_[kind] = new QCheckBox(qstring(info.kind));
    box->setAccessibleDescription(qstring(info.help));
    if (is_forest(info)) {
        box->setChecked(true);
        box->setEnabled(false);
        box->setToolTip("Labels are learned in its trees, so it is always part of a model");
    }
    auto* const help = new QLabel(qstring(info.help) + '.');
    help->setObjectName("muted");
    help->setWordWrap(true);
    auto* const form = new QGridLayout;
    form->setContentsMargins(kIndent, 0, 0, 0);
    form->setHorizontalSpacing(10);
    form->setVerticalSpacing(4);
    form->setColumnStretch(2, 1);
    const auto add = [&](const ParamInfo& param) {
        const int row = form->rowCount();
        auto* const name = new QLabel(qstring(param.name));
        QWidget* const field = fields_[kind][std::string(param.name)] = makeField(info, param);
        auto* const says = new QLabel(qstring(param.help));
        says->setObjectName("muted");
        name->setBuddy(field);
        form->addWidget(name, row, 0);
        form->addWidget(field, row, 1);
        form->addWidget(says, row, 2);
    };
    if (!is_forest(info)) add(kWeightInfo);
    for (const ParamInfo& param : info.params) add(param);
    rows->addWidget(box);
    rows->addWidget(help);
    rows->addLayout(form);
    help->setContentsMargins(kIndent, 0, 0, 0);
    connect(box, &QCheckBox::toggled, this, &DetectorsDialog::showEnabled);
    return group;
}

QWidget* DetectorsDialog::makeField(const DetectorInfo& info, const ParamInfo& param) {
    QWidget* made = nullptr;
    if (!param.words.empty()) {
        auto* const words = new QComboBox;
        for (const std::string_view word : param.words) words->addItem(qstring(word));
        made = words;
    } else {
        auto* const number = new QDoubleSpinBox;
        number->setDecimals(param.decimals);
        number->setRange(least_of(param), most_of(param));
        number->setSingleStep(param.decimals == 0 ? 1 : 0.1);
        number->setButtonSymbols(QAbstractSpinBox::NoButtons);
        if (!param.automatic.empty() && param.absent == 0) number->setSpecialValueText(qstring(param.automatic));
        connect(number, &QDoubleSpinBox::valueChanged, this, &DetectorsDialog::showEnabled);
        made = number;
    }
    made->setMinimumWidth(150);
    made->setAccessibleName(QStringLiteral("%1 %2").arg(qstring(info.kind), qstring(param.name)));
    made->setToolTip(qstring(allowed_values(param)));
    return made;
}

ParamTexts DetectorsDialog::paramsOf(const DetectorInfo& info) const {
    const std::string kind(info.kind);
    ParamTexts params = is_forest(info) ? ParamTexts() : usual_channel(kind).params;
    for (const ParamInfo& param : info.params) {
        const std::string name(param.name);
        const std::string value = value_of(*fields_.at(kind).at(name)).toStdString();
        if (params.contains(name) || value != usual_value(param).toStdString()) params[name] = value;
    }
    return params;
}

ModelSettings DetectorsDialog::settings() const {
    ModelSettings settings{.forest = true, .forest_params = {}, .channels = {}};
    const auto add = [&](const DetectorInfo& info) {
        const std::string kind(info.kind);
        if (!boxes_.at(kind)->isChecked()) return;
        const double weight = static_cast<const QDoubleSpinBox*>(fields_.at(kind).at(std::string(kWeight)))->value();
        settings.channels.push_back({kind, paramsOf(info), weight});
    };
    // In the order they had: of channels that say equally much the first gives the reason.
    for (const ChannelSettings& before : usual_.channels) add(*detector_info(before.kind));
    for (const DetectorInfo& info : detector_infos()) {
        if (info.labels) continue;
        if (is_forest(info))
            settings.forest_params = paramsOf(info);
        else if (!has_channel(usual_, info.kind))
            add(info);
    }
    return settings;
}

void DetectorsDialog::showParams(const DetectorInfo& info, const ParamTexts& said, double weight) {
    const std::string kind(info.kind);
    for (const ParamInfo& param : info.params) {
        const auto value = said.find(std::string(param.name));
        QWidget& field = *fields_.at(kind).at(std::string(param.name));
        const QSignalBlocker quiet(field);
        show_value(field, value == said.end() ? usual_value(param) : qstring(value->second));
    }
    if (is_forest(info)) return;
    QWidget& field = *fields_.at(kind).at(std::string(kWeight));
    const QSignalBlocker quiet(field);
    static_cast<QDoubleSpinBox&>(field).setValue(weight);
}

void DetectorsDialog::setSettings(const ModelSettings& settings) {
    usual_ = settings;
    for (const DetectorInfo& info : detector_infos()) {
        if (info.labels) continue;
        if (is_forest(info)) {
            showParams(info, settings.forest_params, 1);
            continue;
        }
        const auto said = std::ranges::find(settings.channels, info.kind, &ChannelSettings::kind);
        const bool chosen = said != settings.channels.end();
        const QSignalBlocker quiet(boxes_.at(std::string(info.kind)));
        boxes_.at(std::string(info.kind))->setChecked(chosen);
        showParams(info, chosen ? said->params : usual_channel(info.kind).params, chosen ? said->weight : 1);
    }
    showEnabled();
}

void DetectorsDialog::showEnabled() {
    for (const auto& [kind, box] : boxes_) {
        for (const auto& [name, field] : fields_.at(kind)) field->setEnabled(box->isChecked());
    }
    QString wrong;
    try {
        check_settings_to_keep(settings());
    } catch (const Error& error) {
        wrong = QString::fromUtf8(error.what());
    }
    wrong_->setText(wrong);
    wrong_->setVisible(!wrong.isEmpty());
    train_->setEnabled(wrong.isEmpty());
}

}  // namespace abm
