#include "app/workbench/capture_dialog.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

#include "core/capture/parties.h"
#include "widgets/format.h"
#include "widgets/push_button.h"
#include "widgets/rich_label.h"

namespace abm {
namespace {

constexpr int kWidth_px = 520;
constexpr double kDay_ms = 86'400'000;

/// To the microsecond, without the zeros behind.
class MillisecondBox : public QDoubleSpinBox {
public:
    explicit MillisecondBox(const char* name) {
        constexpr int kDecimals = 3;
        setDecimals(kDecimals);
        setRange(0.001, kDay_ms);
        setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        setSuffix(" ms");
        setFixedWidth(140);
        setAccessibleName(name);
    }
    QString textFromValue(double value) const override { return locale().toString(value, 'f', QLocale::FloatingPointShortest); }
};

QLineEdit* party_field(const char* name) {
    auto* const field = new QLineEdit;
    field->setAccessibleName(name);
    field->setClearButtonEnabled(true);
    return field;
}

}  // namespace

CaptureDialog::CaptureDialog(const Source& source, const CaptureOptions& used, bool can_read, QWidget* parent)
    : QDialog(parent),
      source_(source),
      party_a_(party_field("Party A, who asks")),
      party_b_(party_field("Party B, who answers")),
      window_(new MillisecondBox("Length of a window in milliseconds")),
      response_limit_(new MillisecondBox("Limit of a response in milliseconds")),
      error_(wrapped_label("failure")),
      defaults_(push_button("Defaults", "Parties are found, windows of 100 ms, responses within 1 ms")),
      read_(push_button("Read the file by it", "Reads the file again; labels stay with the windows that begin at the same place",
                        "primary")) {
    setWindowTitle("Reading of " + qstring(source_.name));
    auto* const close = push_button("Close", "Nothing is changed");
    auto* const foot = new QHBoxLayout;
    foot->addWidget(defaults_);
    foot->addStretch();
    foot->addWidget(read_);
    foot->addWidget(close);
    defaults_->setAutoDefault(false);
    close->setAutoDefault(false);
    read_->setDefault(true);
    read_->setEnabled(can_read);
    error_->setAccessibleName("What is wrong with it");
    error_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    error_->hide();
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 12);
    layout->setSpacing(10);
    layout->addLayout(makeFields());
    layout->addWidget(error_);
    layout->addStretch();
    layout->addLayout(foot);
    resize(kWidth_px, 0);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(defaults_, &QPushButton::clicked, this, [this] { fill({}); });
    connect(read_, &QPushButton::clicked, this, &CaptureDialog::read);
    for (QLineEdit* const field : {party_a_, party_b_}) connect(field, &QLineEdit::textEdited, error_, &QWidget::hide);
    fill(used);
    makeRoom();
}

QLayout* CaptureDialog::makeFields() {
    auto* const now = wrapped_label("muted");
    now->setText("Compared now: " + qstring(source_.machine));
    auto* const hint = wrapped_label("muted");
    hint->setText(
        "A party is a MAC address, an IP address, or a filter as of tcpdump that its packets match, such as \"udp dst port 53\". "
        "Both empty: found. One empty: everyone else.");
    auto* const form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->addRow(now);
    form->addRow("Party &A", party_a_);
    form->addRow("Party &B", party_b_);
    form->addRow(hint);
    form->addRow("&Window", window_);
    form->addRow("Response &limit", response_limit_);
    return form;
}

void CaptureDialog::fill(const CaptureOptions& options) {
    party_a_->setText(qstring(options.party_a));
    party_b_->setText(qstring(options.party_b));
    window_->setValue(milliseconds(options.window));
    response_limit_->setValue(milliseconds(options.response_limit));
    error_->hide();
}

// A form does not ask for the height its words need in its width.
void CaptureDialog::makeRoom() { resize(width(), std::max(height(), layout()->totalHeightForWidth(width()))); }

// Off the UI thread: libpcap takes its time for a long filter.
void CaptureDialog::read() {
    error_->hide();
    read_->setEnabled(false);
    job_.start(
        [a = party_a_->text().toStdString(), b = party_b_->text().toStdString(), window_ms = window_->value(),
         limit_ms = response_limit_->value(), link_type = source_.link_type](std::stop_token) {
            CaptureOptions options = capture_options(a, b, window_ms, limit_ms);
            Parties::check(options.party_a, 'A', link_type);
            Parties::check(options.party_b, 'B', link_type);
            return options;
        },
        [this](CaptureOptions options) {
            ReadingChoice choice;
            choice.captures = std::move(options);
            emit readWanted(choice);
            accept();
        },
        [this](const Error& error) { refuse(qstring(error.what())); });
}

void CaptureDialog::refuse(const QString& why) {
    read_->setEnabled(true);
    error_->setText(why);
    error_->show();
    makeRoom();
    QLineEdit* const field = why.startsWith("party B") ? party_b_ : party_a_;
    field->setFocus();
    field->selectAll();
}

}  // namespace abm
