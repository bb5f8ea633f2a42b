#include "widgets/word_match.h"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace abm {
namespace {

constexpr int kWhole = 8, kBegins = 6, kWithin = 3, kSpelled = 1;

QStringList words_of(const QString& text) {
    static const QRegularExpression gap(QStringLiteral("[^\\p{L}\\p{N}]+"));
    return text.toLower().split(gap, Qt::SkipEmptyParts);
}

bool spelled(const QString& typed, const QString& word) {
    if (typed.isEmpty() || word.isEmpty() || typed.front() != word.front()) return false;
    qsizetype at = 0;
    for (const QChar letter : word) at += at < typed.size() && typed[at] == letter;
    return at == typed.size();
}

int answer(const QString& typed, const QString& word) {
    if (word == typed) return kWhole;
    if (word.startsWith(typed)) return kBegins;
    if (typed.size() > 1 && word.contains(typed)) return kWithin;
    return typed.size() > 1 && spelled(typed, word) ? kSpelled : 0;
}

}  // namespace

std::optional<int> word_match(const QString& typed, const QString& name) {
    const QStringList words = words_of(name);
    int sum = 0;
    for (const QString& part : words_of(typed)) {
        int best = 0;
        for (const QString& word : words) best = std::max(best, answer(part, word));
        if (best == 0) return std::nullopt;
        sum += best;
    }
    return sum;
}

}  // namespace abm
