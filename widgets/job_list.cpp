#include "widgets/job_list.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/format.h"

namespace abm {
namespace {

constexpr const char* kJobHeaders[JobList::kColumnCount] = {"work", "state", "rate", "time left", "took", "result"};
constexpr qint64 kRateAfter_ms = 300;  // before, a rate is a guess
constexpr double kLeastFraction = 0.005;

QString took(qint64 ms) {
    return ms < 10'000 ? QStringLiteral("%1 s").arg(static_cast<double>(ms) / 1000.0, 0, 'f', 1) : duration_text(ms / 1000);
}

}  // namespace

QString Job::rate() const {
    const qint64 in_stage = lasted - stage_began;
    if (state != State::running || amount < 0 || fraction < kLeastFraction || in_stage < kRateAfter_ms) return {};
    const double per_second = amount * std::min(fraction, 1.0) * 1000.0 / static_cast<double>(in_stage);
    const QString number = per_second < 10 ? QString::number(per_second, 'f', 1) : count_text(std::llround(per_second));
    return QStringLiteral("%1 %2/s").arg(number, unit);
}

QString Job::left() const {
    const qint64 in_stage = lasted - stage_began;
    if (state != State::running || fraction < kLeastFraction || in_stage < kRateAfter_ms) return {};
    const double rest = static_cast<double>(in_stage) * (1.0 - std::min(fraction, 1.0)) / fraction;
    return duration_text(std::llround(std::ceil(rest / 1000.0))) + " left";
}

QString Job::stateText() const {
    switch (state) {
        case State::done:
            return QStringLiteral("✓ done");
        case State::failed:
            return QStringLiteral("▲ failed");
        case State::cancelled:
            return QStringLiteral("× cancelled");
        case State::running:
            break;
    }
    const QString words = stage.isEmpty() ? QStringLiteral("running") : stage;
    return fraction < 0 ? words : QStringLiteral("%1 %2 %").arg(words).arg(std::lround(std::min(fraction, 1.0) * 100));
}

JobList::JobList(QObject* parent, int list_after_ms) : QAbstractTableModel(parent), list_after_ms_(list_after_ms) {
    look_.setInterval(std::min(500, std::max(list_after_ms / 4, 1)));
    connect(&look_, &QTimer::timeout, this, &JobList::relist);
}

int JobList::begin(Job job) {
    job.id = ++last_id_;
    job.state = Job::State::running;
    job.begun = QTime::currentTime();
    job.stage_began = job.lasted = 0;
    job.clock.start();
    jobs_.insert(jobs_.begin(), std::move(job));
    if (jobs_.size() > kMostKept && jobs_.back().state != Job::State::running) jobs_.pop_back();
    relist();
    return last_id_;
}

Job* JobList::job(int id) {
    const auto found = std::ranges::find(jobs_, id, &Job::id);
    return found == jobs_.end() ? nullptr : &*found;
}

const Job* JobList::find(int id) const {
    const auto found = std::ranges::find(jobs_, id, &Job::id);
    return found == jobs_.end() ? nullptr : &*found;
}

std::vector<int> JobList::running() const {
    std::vector<int> ids;
    for (const Job& job : jobs_) {
        if (job.state == Job::State::running) ids.push_back(job.id);
    }
    return ids;
}

void JobList::setAmount(int id, double amount, const QString& unit) {
    Job* const known = job(id);
    if (!known) return;
    known->amount = amount;
    known->unit = unit;
}

void JobList::progress(int id, double fraction, const QString& stage) {
    Job* const known = job(id);
    if (!known || known->state != Job::State::running) return;
    known->lasted = known->clock.elapsed();
    // Another stage, or the same one from its begin, has a pace of its own.
    if (stage != known->stage || fraction < known->fraction) known->stage_began = known->lasted;
    known->stage = stage;
    known->fraction = fraction;
    changed(id);
    emit progressed(id);
}

void JobList::end(int id, Job::State how, const QString& words) {
    Job* const known = job(id);
    if (!known || known->state != Job::State::running) return;
    known->lasted = known->clock.elapsed();
    known->state = how;
    known->result = words;
    known->cancel = {};
    if (how == Job::State::done) known->retry = {};
    relist();
    changed(id);
    emit ended(id);
}

// Rows come and go only here: the selection of a view stays on its job otherwise.
void JobList::relist() {
    bool young = false;
    std::vector<std::size_t> rows;
    for (std::size_t at = 0; at < jobs_.size(); ++at) {
        const bool runs = jobs_[at].state == Job::State::running;
        if (runs) jobs_[at].lasted = jobs_[at].clock.elapsed();
        if (!runs || jobs_[at].lasted >= list_after_ms_) rows.push_back(at);
        young = young || runs;
    }
    if (young && !look_.isActive()) look_.start();
    if (!young) look_.stop();
    std::vector<int> ids;
    for (const std::size_t row : rows) ids.push_back(jobs_[row].id);
    if (ids == listed_ids_) {
        listed_ = std::move(rows);
        if (!listed_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
        return;
    }
    beginResetModel();
    listed_ = std::move(rows);
    listed_ids_ = std::move(ids);
    endResetModel();
}

void JobList::changed(int id) {
    const auto row = std::ranges::find(listed_ids_, id);
    if (row == listed_ids_.end()) return;
    const int at = static_cast<int>(row - listed_ids_.begin());
    emit dataChanged(index(at, 0), index(at, kColumnCount - 1));
}

int JobList::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(listed_.size()); }

QVariant JobList::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Job& job = at(index.row());
    if (role == Qt::TextAlignmentRole) {
        const bool number = index.column() == rate || index.column() == left || index.column() == lasted;
        return int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::ToolTipRole) return job.name + (job.result.isEmpty() ? QString() : ": " + job.result);
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case name:
            return job.begun.toString("HH:mm:ss") + "  " + job.name;
        case state:
            return job.stateText();
        case rate:
            return job.rate();
        case left:
            return job.left();
        case lasted:
            return took(job.lasted);
        default:
            return job.result;
    }
}

QVariant JobList::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) return {};
    if (role == Qt::DisplayRole) return QString::fromLatin1(kJobHeaders[section]);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == rate || section == left || section == lasted ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

}  // namespace abm
