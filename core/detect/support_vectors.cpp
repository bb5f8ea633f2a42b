#include "core/detect/support_vectors.h"

#include <fmt/format.h>
#include <libsvm/svm.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/damaged_model.h"

namespace abm {
namespace {

constexpr Eigen::Index kVectorsAtOnce = 256;  // of vectors: their distances stay in the first-level cache
using Chunk = Eigen::Array<double, kVectorsAtOnce, 1>;

Eigen::Index padded(Eigen::Index count) { return (count + kVectorsAtOnce - 1) / kVectorsAtOnce * kVectorsAtOnce; }

struct ModelDeleter {
    void operator()(svm_model* model) const { svm_free_and_destroy_model(&model); }
};
using ModelPointer = std::unique_ptr<svm_model, ModelDeleter>;

/// libsvm's one global, set once and to what never changes: it must not write to our standard output.
void silence_library() {
    static const bool silent = [] {
        svm_set_print_string_function([](const char*) {});
        return true;
    }();
    static_cast<void>(silent);
}

/// The rows as libsvm wants them; the trained model points into them.
class Problem {
public:
    explicit Problem(const RowMatrix& rows) : targets_(static_cast<std::size_t>(rows.rows()), 1.0) {
        nodes_.reserve(static_cast<std::size_t>(rows.rows() * (rows.cols() + 1)));
        std::vector<std::size_t> firsts;
        for (Eigen::Index row = 0; row < rows.rows(); ++row) {
            firsts.push_back(nodes_.size());
            for (Eigen::Index column = 0; column < rows.cols(); ++column) {
                if (rows(row, column) != 0) nodes_.push_back({static_cast<int>(column), rows(row, column)});
            }
            nodes_.push_back({-1, 0});
        }
        for (const std::size_t first : firsts) starts_.push_back(nodes_.data() + first);
    }
    svm_problem view() { return {static_cast<int>(starts_.size()), targets_.data(), starts_.data()}; }

private:
    std::vector<double> targets_;
    std::vector<svm_node> nodes_;
    std::vector<svm_node*> starts_;
};

svm_parameter parameters(double nu, double gamma) {
    svm_parameter parameter{};
    parameter.svm_type = ONE_CLASS;
    parameter.kernel_type = RBF;
    parameter.gamma = gamma;
    parameter.nu = nu;
    parameter.cache_size = 200;
    parameter.eps = 1e-3;
    parameter.shrinking = 1;
    return parameter;
}

}  // namespace

void SupportVectors::place(Eigen::Index columns, const std::vector<double>& weights) {
    count_ = static_cast<Eigen::Index>(weights.size());
    vectors_.setZero(columns, padded(count_));
    weights_.setZero(padded(count_));
    std::copy(weights.begin(), weights.end(), weights_.data());
}

SupportVectors SupportVectors::fit(const RowMatrix& rows, double nu, double gamma) {
    silence_library();
    Problem problem(rows);
    const svm_problem view = problem.view();
    const svm_parameter parameter = parameters(nu, gamma);
    if (const char* complaint = svm_check_parameter(&view, &parameter))
        throw Error(ErrorCode::Invalid, fmt::format("A one-class machine cannot be fitted: {}.", complaint));
    const ModelPointer model(svm_train(&view, &parameter));
    // libsvm's weights sum to nu * n; ours to 1, so that scores of small and large tables compare.
    const double total = nu * static_cast<double>(rows.rows());
    std::vector<double> weights(model->sv_coef[0], model->sv_coef[0] + model->l);
    for (double& weight : weights) weight /= total;
    SupportVectors fitted;
    fitted.gamma_ = gamma;
    fitted.rho_ = model->rho[0] / total;
    fitted.place(rows.cols(), weights);
    for (int at = 0; at < model->l; ++at)
        fitted.vectors_.col(at) = rows.row(model->sv_indices[at] - 1).transpose().cast<double>();
    return fitted;
}

double SupportVectors::score(const float* row) const {
    double inside = 0;
    Chunk distances;
    for (Eigen::Index first = 0; first < weights_.size(); first += kVectorsAtOnce) {
        distances.setZero();
        for (Eigen::Index column = 0; column < vectors_.rows(); ++column) {
            const Eigen::Map<const Chunk> values(vectors_.data() + column * vectors_.cols() + first);
            distances += (values - static_cast<double>(row[column])).square();
        }
        inside += ((-gamma_ * distances).exp() * weights_.segment<kVectorsAtOnce>(first)).sum();
    }
    return rho_ - inside;
}

Eigen::ArrayXd SupportVectors::terms(const Eigen::VectorXd& point) const {
    const Eigen::ArrayXd distances = (vectors_.colwise() - point).colwise().squaredNorm().transpose();
    return weights_ * (-gamma_ * distances).exp();
}

Eigen::VectorXd SupportVectors::gradient(const Eigen::VectorXd& point) const {
    const Eigen::ArrayXd near = terms(point);
    return 2.0 * gamma_ * (point * near.sum() - vectors_ * near.matrix());
}

Json SupportVectors::save() const {
    std::vector<float> vectors;  // vector after vector
    for (Eigen::Index at = 0; at < count_; ++at) {
        for (Eigen::Index column = 0; column < vectors_.rows(); ++column)
            vectors.push_back(static_cast<float>(vectors_(column, at)));
    }
    return {{"gamma", gamma_},
            {"rho", rho_},
            {"weights", std::vector<double>(weights_.begin(), weights_.begin() + count_)},
            {"vectors", vectors}};
}

SupportVectors SupportVectors::load(const Json& document, Eigen::Index columns) {
    SupportVectors loaded;
    loaded.gamma_ = finite_number(document, "gamma");
    loaded.rho_ = finite_number(document, "rho");
    const std::vector<double> weights = finite_numbers(document, "weights");
    const std::vector<double> vectors = finite_numbers(document, "vectors");
    if (loaded.gamma_ <= 0) refuse_damaged("set of support vectors", "\"gamma\" is not above zero");
    if (weights.empty() || weights.size() > kMostRows) refuse_damaged("set of support vectors", "it has none, or too many");
    if (vectors.size() != weights.size() * static_cast<std::size_t>(columns))
        refuse_damaged("set of support vectors", "their numbers do not fit together");
    if (!std::all_of(weights.begin(), weights.end(), [](double weight) { return weight >= 0 && weight <= 1; }))
        refuse_damaged("set of support vectors", "a weight is not between 0 and 1");
    loaded.place(columns, weights);
    for (Eigen::Index at = 0; at < loaded.count_; ++at) {
        for (Eigen::Index column = 0; column < columns; ++column) {
            const double value = vectors[static_cast<std::size_t>(at * columns + column)];
            if (!(std::abs(value) <= kFarthestScaled))
                refuse_damaged("set of support vectors", "a value lies beyond what scaling allows");
            loaded.vectors_(column, at) = static_cast<float>(value);
        }
    }
    return loaded;
}

}  // namespace abm
