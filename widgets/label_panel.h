// Where an expert gives the verdict on the selected record: suggestion, types with their keys, look-alikes, note, last verdicts.
#pragma once

#include <QList>
#include <QScrollArea>
#include <functional>
#include <optional>
#include <vector>

#include "core/data/label.h"
#include "widgets/verdict_list.h"

class QFrame;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace abm {

class KeyButton;

/// A type one may label with: the word that is stored and the one that is shown.
struct OfferedType {
    QString word, text;
    bool operator==(const OfferedType&) const = default;
};

struct ShownSuggestion {
    LabelClass label = LabelClass::none;  ///< none: nothing is proposed
    QString type;                         ///< word
    QString because;
};

struct ShownAlike {
    std::int64_t count = 0;
    bool previewed = false;                                ///< they are marked in the views, the next step applies
    QString verdict;                                       ///< that would be applied, "× cash at risk"; empty: none to apply yet
    QString where = QStringLiteral("marked in the list");  ///< how they are shown
};

/// More than one record is selected: a verdict goes to all of them.
struct ShownSeveral {
    std::int64_t count = 0;  ///< 0: one record or none
    QString verdict;         ///< of so many that it waits for a second word, "× cash at risk"; empty: none waits
};

/// Knows nothing of the store: data comes by the setters, what the user wants goes out by the signals.
class LabelPanel : public QScrollArea {
    Q_OBJECT
public:
    static constexpr int kMostTypes = 9;

    explicit LabelPanel(QWidget* parent = nullptr);

    /// The keys as they are now, as one reads them.
    struct Keys {
        QStringList types;  ///< 1-9
        QString accept, normal, unsure, skip, alike, note, undo;
    };
    void setKeys(const Keys& keys);

    void setTypes(const std::vector<OfferedType>& types);  ///< at most kMostTypes, keys 1-9 in this order
    const std::vector<OfferedType>& types() const { return types_; }

    /// Another record is selected (verdict: null when nobody has decided), or none. The note field takes the verdict's note.
    void setRecord(bool any, const StandingLabel* verdict);
    /// A note that waits for the verdict of the selected record.
    void setDraft(const QString& note);
    void setSuggestion(const ShownSuggestion& suggestion);
    void setAlike(const ShownAlike& alike);
    void setSeveral(const ShownSeveral& several);
    void setLastVerdicts(const std::vector<ShownVerdict>& newest_first);
    /// Labelling is not possible and why; empty: it is.
    void setBlocked(const QString& why);
    void setNothingWords(const QString& words);  ///< what stands there while there is no record
    /// What was not stored, with Retry beside it; empty hides it.
    void setFailure(const QString& message);
    void setCanUndo(bool can);

    const ShownSuggestion& suggestion() const { return suggestion_; }
    const ShownAlike& alike() const { return alike_; }
    const ShownSeveral& several() const { return several_; }
    QLabel* severalLine() const { return several_line_; }
    QPushButton* severalButton() const { return several_apply_; }
    QString note() const;
    void editNote();

    KeyButton* typeButton(int at) const { return type_buttons_[at]; }
    KeyButton* skipButton() const { return skip_; }
    KeyButton* normalButton() const { return normal_; }
    KeyButton* unsureButton() const { return unsure_; }
    QLineEdit* noteField() const { return note_; }
    QLabel* standing() const { return standing_; }
    QLabel* suggestionLine() const { return suggestion_line_; }
    QLabel* alikeLine() const { return alike_line_; }
    QLabel* failure() const { return failure_; }
    QPushButton* retryButton() const { return retry_; }
    QPushButton* previewButton() const;
    QPushButton* applyButton() const;
    QPushButton* undoButton() const { return undo_; }
    QStringList lastVerdicts() const;  ///< as read out, newest first

signals:
    void decided(abm::LabelClass label, const QString& type);
    void skipped();
    void noteChanged(const QString& note);  ///< Enter, or leaving the field after a change
    void noteLeft();                        ///< Esc, Enter, or the button that had the focus went: it may go back to the list
    void alikePreviewRequested();
    void alikeApplied();
    void severalApplied();
    void severalDropped();
    void undo();
    void retry();
    void painted();  ///< the first time after setRecord()

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTypes(QVBoxLayout& column);
    void buildSeveral(QVBoxLayout& column);
    void buildAlike(QVBoxLayout& column);
    void buildNote(QVBoxLayout& column);
    void showSuggestion();
    void showEnabled();
    void showTips();
    void commitNote();

    Keys keys_;
    std::vector<OfferedType> types_;
    ShownSuggestion suggestion_;
    ShownAlike alike_;
    ShownSeveral several_;
    QString stored_note_;
    QString blocked_why_;
    QString nothing_words_ = QStringLiteral("Select a session to label it.");
    bool any_ = false;
    bool paint_awaited_ = false;
    QLabel* blocked_;
    QWidget* failure_row_;
    QLabel* failure_;
    QPushButton* retry_;
    QLabel* standing_;
    QLabel* several_line_;
    QPushButton* several_apply_;
    QPushButton* several_drop_;
    QLabel* accept_cap_;
    QLabel* suggestion_line_;
    QGridLayout* grid_ = nullptr;
    QList<KeyButton*> type_buttons_;
    KeyButton* normal_;
    KeyButton* unsure_;
    KeyButton* skip_;
    QWidget* alike_section_ = nullptr;
    QLabel* alike_line_;
    KeyButton* preview_;
    KeyButton* apply_;
    QLineEdit* note_;
    QWidget* last_section_ = nullptr;
    VerdictList* last_ = nullptr;
    QPushButton* undo_;
};

}  // namespace abm
