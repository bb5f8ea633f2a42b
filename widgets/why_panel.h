// Why a record stands where it stands: the sentence first, then the findings with their lines, what the models found odd, the
// labels that moved it, the records like it, and how its score was made. All of it is text to select and to copy.
#pragma once

#include <QScrollArea>
#include <optional>

#include "core/data/log_line.h"
#include "core/data/packet_detail.h"
#include "widgets/selection.h"
#include "widgets/shown_explanation.h"

class QLabel;
class QVBoxLayout;

namespace abm {

class OddValues;
class WhySection;

class WhyPanel : public QScrollArea {
    Q_OBJECT
public:
    explicit WhyPanel(Selection& selection, QWidget* parent = nullptr);

    void setSnapshot(Snapshot snapshot);
    /// The same records with other labels or scores: what is shown stays until the new explanation comes.
    void setRescored(Snapshot snapshot);
    /// The lines of the selected record: evidence gets its line numbers from them.
    void setLines(const std::vector<LogLine>& lines);
    /// The number of the first of them in the file; before it is known lines are counted within the record, and it is said.
    void setFirstLine(std::int64_t line);
    /// The packets of the record, which findings name by number.
    void setPackets(const std::vector<ListedPacket>& packets);
    void setExplanation(const ShownExplanation& explanation);
    void setExplanationPending();
    void setExplanationMissing(const QString& why);
    /// Of the selected record: its first score and the one of now, in words; empty: not known yet.
    void setHistory(const QString& words);
    /// Everything shown, one line a row.
    QString plainText() const;
    void copyAll() const;

    QLabel* sentence() const { return sentence_; }
    QLabel* kind() const { return kind_; }
    QLabel* action() const { return action_; }
    OddValues* oddValues() const { return odd_; }
    OddValues* channels() const { return channels_; }
    WhySection* channelSection() const { return channel_section_; }
    WhySection* labelSection() const { return labels_section_; }
    WhySection* alikeSection() const { return alike_section_; }
    WhySection* scoreSection() const { return score_section_; }
    QList<QLabel*> findingLabels() const { return findings_shown_; }

protected:
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;

signals:
    void lineRequested();  ///< a line of evidence was clicked; the selection has it already

private:
    void refresh();
    QWidget* makeHead();
    QWidget* makeFindings();
    void forget();
    void showExplanation();
    void hideModels(const QString& note);
    void showFindings(const Record& record);
    void addFinding(const Finding& finding, const QString& note);
    QString lineWords(std::int64_t offset) const;
    QString evidenceLinks(const Finding& finding) const;
    std::optional<int> lineNumber(std::int64_t offset) const;
    void open(const QString& link);

    Selection& selection_;
    Snapshot snapshot_;
    std::vector<std::int64_t> line_offsets_;
    std::int64_t lines_end_ = 0;
    bool packets_ = false;         ///< its lines are packets
    std::int64_t first_line_ = 0;  ///< 0: not known
    QString model_sentence_;       ///< of the selected record, when only the models speak of it
    QLabel* meta_;
    QLabel* sentence_;
    QLabel* kind_shape_;
    QLabel* kind_;
    QWidget* findings_section_;
    QVBoxLayout* findings_;
    QList<QLabel*> findings_shown_;
    QLabel* action_;
    OddValues* odd_;
    OddValues* channels_;
    WhySection* odd_section_;
    WhySection* channel_section_;
    WhySection* labels_section_;
    WhySection* alike_section_;
    WhySection* score_section_;
    std::optional<ShownExplanation> explained_;  ///< of the selected record
};

/// The sentence as rich text with the amount, and a currency code behind it, in the colour of the severity.
QString sentence_html(const QString& sentence, Money amount, Severity severity);

}  // namespace abm
