// SPDX-License-Identifier: MIT
#include "truth/case_checks.hpp"

#include "truth/differentiator.hpp"

#include <nbk/core/constants.hpp>
#include <nbk/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <memory>

namespace nbk::truth {

double TruthCheck::relative_difference() const { return std::fabs(computed - expected) / unit; }

namespace {

/// Everything that the checks of a case share.
class CaseChecks {
 public:
  CaseChecks(const CaseJson& json, const TruthCase& subject, std::string_view precision)
      : m_json(json),
        m_subject(subject),
        m_differentiator(make_differentiator(subject.experiment, subject.parameters, precision)) {}

  std::vector<TruthCheck> make() {
    if (m_json.has("/adjoint")) add_adjoint();
    if (m_json.has("/gauss_newton")) add_normal();
    if (m_json.has("/likelihood")) add_likelihood();
    return m_checks;
  }

 private:
  double factor(std::size_t parameter) const {
    return m_subject.derivative_factor(m_differentiator->names()[parameter]);
  }

  /// Compares a gradient with the case's, for all parameters that it lists. Differences are relative to the sum of the
  /// magnitudes of the terms, slopes dLoss/dI times derivatives, as what is left of them may be little.
  void add_gradient(const std::string& part, const std::vector<double>& gradient, const std::vector<double>& slopes) {
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      const std::string& name = m_differentiator->names()[i];
      const std::string path = "/" + part + "/gradient/" + name;
      if (!m_json.has(path)) continue;
      m_checks.push_back(
          {part + " " + name, factor(i) * gradient[i], m_json.number(path), sum_of_magnitudes(part, name, slopes)});
    }
  }

  double sum_of_magnitudes(const std::string& part, const std::string& name, const std::vector<double>& slopes) const {
    const std::string path = "/" + part + "/absolute_sum/" + name;
    if (m_json.has(path)) return m_json.number(path);
    const std::vector<double> derivative = m_subject.stored_array("d_" + name);
    double sum = 0;
    for (std::size_t i = 0; i < derivative.size(); ++i) sum += std::fabs(slopes[i] * derivative[i]);
    return sum;
  }

  void add_adjoint() {
    const std::vector<double> slopes = m_subject.stored_array("g");
    add_gradient("adjoint", m_differentiator->gradient(slopes), slopes);
    const std::string path = "/adjoint/dLoss_ddefault_F";
    const double default_amplitude = m_subject.experiment.structure_factors.default_amplitude;
    if (!m_json.has(path) || default_amplitude == 0.0) return;
    double computed = 0;
    for (const double of_set : m_differentiator->structure_factor_gradient(slopes).default_amplitude)
      computed += of_set;
    // The image is F^2 times something: its derivative is at most twice the image by F.
    const double magnitude = 2 * m_subject.spot_scale * sum_of_magnitudes("adjoint", "spot_scale", slopes);
    m_checks.push_back({"adjoint default_F", computed, m_json.number(path), magnitude / default_amplitude});
  }

  /// Data less background, so that the model is the image.
  std::vector<double> data_of_image() const {
    std::vector<double> data = m_subject.stored_array("data");
    const std::vector<double> background = background_photons();
    for (std::size_t i = 0; i < data.size(); ++i) data[i] -= background[i];
    return data;
  }

  /// The background, from its array or from a plane as text: "3 + 0.02 fast - 0.03 slow (photons)".
  std::vector<double> background_photons() const {
    if (m_subject.has_array("background")) return m_subject.stored_array("background");
    const std::string text = m_json.text("/likelihood/background");
    double constant = 0, fast = 0, slow = 0;
    char fast_sign = '+', slow_sign = '+';
    const int found =
        std::sscanf(text.c_str(), "%lf %c %lf fast %c %lf slow", &constant, &fast_sign, &fast, &slow_sign, &slow);
    require(found == 5, "likelihood.background", text, "must be a constant and terms of fast and slow");
    if (fast_sign == '-') fast = -fast;
    if (slow_sign == '-') slow = -slow;
    std::vector<double> photons;
    for (const PixelRun& run : m_subject.experiment.selection.runs)
      for (int i = 0; i < run.count; ++i) photons.push_back(constant + fast * (run.first_fast + i) + slow * run.slow);
    return photons;
  }

  void add_normal() {
    const std::vector<double> trusted = m_subject.stored_array("trusted");
    std::vector<double> variances = m_subject.stored_array("variance");
    for (std::size_t i = 0; i < variances.size(); ++i) variances[i] = trusted[i] != 0.0 ? variances[i] : 0.0;
    const NormalEquations normal = m_differentiator->normal(data_of_image(), variances, FitTarget::least_squares);

    const std::string part = "/gauss_newton";
    std::vector<std::size_t> places;  // of the case's parameters in nbk's list
    const auto& names = m_differentiator->names();
    for (std::size_t i = 0; i < m_json.size(part + "/parameters"); ++i) {
      const std::string name = m_json.text(part + "/parameters/" + std::to_string(i) + "/name");
      const auto found = std::ranges::find(names, name);
      require(found != names.end(), "gauss_newton, parameter", name, "must be one that nbk has");
      places.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    const auto element = [&](std::size_t i, std::size_t j) {
      return m_json.number(part + "/JtWJ/" + std::to_string(i) + "/" + std::to_string(j));
    };
    const double squares = m_json.number(part + "/rtWr");
    m_checks.push_back({"gauss_newton rtWr", 2 * normal.loss, squares, squares});
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::string name = "gauss_newton " + names[places[i]];
      m_checks.push_back({name, factor(places[i]) * normal.vector[places[i]],
                          m_json.number(part + "/JtWr/" + std::to_string(i)), std::sqrt(element(i, i) * squares)});
      for (std::size_t j = 0; j < places.size(); ++j) {
        const double computed = normal.matrix[places[i] * names.size() + places[j]];
        m_checks.push_back({name + " " + names[places[j]], factor(places[i]) * factor(places[j]) * computed,
                            element(i, j), std::sqrt(element(i, i) * element(j, j))});
      }
    }
  }

  /// The likelihood in two ways: from the normal equations, and as the adjoint of its slopes by the image.
  void add_likelihood() {
    const double readout_sqr = std::pow(m_json.number("/likelihood/sigma_readout"), 2);
    const std::vector<double> trusted = m_subject.stored_array("trusted"), data = data_of_image(),
                              background = background_photons();
    std::vector<double> variances(data.size());
    for (std::size_t i = 0; i < data.size(); ++i) variances[i] = trusted[i] != 0.0 ? background[i] + readout_sqr : 0.0;
    std::vector<double> slopes = m_differentiator->images().image;
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      const double rest = data[i] - slopes[i], variance = slopes[i] + background[i] + readout_sqr;
      slopes[i] = trusted[i] != 0.0 ? (1 - 2 * rest - rest * rest / variance) / (2 * variance) : 0.0;
    }
    add_gradient("likelihood", m_differentiator->gradient(slopes), slopes);

    NormalEquations normal = m_differentiator->normal(data, variances, FitTarget::model_variance);
    const double loss = m_json.number("/likelihood/L");
    m_checks.push_back({"likelihood L", normal.loss, loss, std::fabs(loss)});
    for (double& slope : normal.vector) slope = -slope;
    add_gradient("likelihood", normal.vector, slopes);
  }

  const CaseJson& m_json;
  const TruthCase& m_subject;
  std::unique_ptr<Differentiator> m_differentiator;
  std::vector<TruthCheck> m_checks;
};

}  // namespace

std::vector<TruthCheck> case_checks(const CaseJson& json, const TruthCase& subject, std::string_view precision) {
  return CaseChecks(json, subject, precision).make();
}

}  // namespace nbk::truth
