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
        m_stored(read_numbers(subject.data_file)),
        m_differentiator(make_differentiator(subject.experiment, subject.parameters, precision)) {}

  std::vector<TruthCheck> make() {
    if (m_json.has("/adjoint")) add_gradient("adjoint", m_differentiator->gradient(array("g")));
    if (m_json.has("/gauss_newton")) add_normal();
    if (m_json.has("/likelihood")) add_likelihood();
    return m_checks;
  }

 private:
  bool has_array(const std::string& name) const {
    return std::ranges::find(m_subject.arrays, name, &TruthArray::name) != m_subject.arrays.end();
  }

  std::vector<double> array(const std::string& name) const {
    const auto found = std::ranges::find(m_subject.arrays, name, &TruthArray::name);
    require(found != m_subject.arrays.end(), "array", name, "must be in the list of the case");
    require(found->offset + found->count <= m_stored.size(), "array", name, "must be in the file of the case");
    const auto first = m_stored.begin() + static_cast<std::ptrdiff_t>(found->offset);
    return {first, first + static_cast<std::ptrdiff_t>(found->count)};
  }

  double factor(std::size_t parameter) const {
    return m_subject.derivative_factor(m_differentiator->names()[parameter]);
  }

  /// Compares a gradient with the case's, for all parameters that it lists. Differences are relative to the sum of the
  /// absolute terms where the case has it.
  void add_gradient(const std::string& part, const std::vector<double>& gradient) {
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      const std::string& name = m_differentiator->names()[i];
      const std::string path = "/" + part + "/gradient/" + name, sum = "/" + part + "/absolute_sum/" + name;
      if (!m_json.has(path)) continue;
      const double expected = m_json.number(path);
      m_checks.push_back({part + " " + name, factor(i) * gradient[i], expected,
                          m_json.has(sum) ? m_json.number(sum) : std::fabs(expected)});
    }
  }

  /// Data less background, so that the model is the image.
  std::vector<double> data_of_image() const {
    std::vector<double> data = array("data");
    const std::vector<double> background = background_photons();
    for (std::size_t i = 0; i < data.size(); ++i) data[i] -= background[i];
    return data;
  }

  /// The background, from its array or from a plane as text: "3 + 0.02 fast - 0.03 slow (photons)".
  std::vector<double> background_photons() const {
    if (has_array("background")) return array("background");
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
    const std::vector<double> trusted = array("trusted");
    std::vector<double> variances = array("variance");
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
    const std::vector<double> trusted = array("trusted"), data = data_of_image(), background = background_photons();
    std::vector<double> variances(data.size());
    for (std::size_t i = 0; i < data.size(); ++i) variances[i] = trusted[i] != 0.0 ? background[i] + readout_sqr : 0.0;
    const NormalEquations normal = m_differentiator->normal(data, variances, FitTarget::model_variance);
    const double loss = m_json.number("/likelihood/L");
    m_checks.push_back({"likelihood L", normal.loss, loss, std::fabs(loss)});
    std::vector<double> gradient = normal.vector;
    for (double& slope : gradient) slope = -slope;
    add_gradient("likelihood", gradient);

    std::vector<double> slopes = m_differentiator->images().image;
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      const double rest = data[i] - slopes[i], variance = slopes[i] + background[i] + readout_sqr;
      slopes[i] = trusted[i] != 0.0 ? (1 - 2 * rest - rest * rest / variance) / (2 * variance) : 0.0;
    }
    add_gradient("likelihood", m_differentiator->gradient(slopes));
  }

  const CaseJson& m_json;
  const TruthCase& m_subject;
  std::vector<double> m_stored;
  std::unique_ptr<Differentiator> m_differentiator;
  std::vector<TruthCheck> m_checks;
};

}  // namespace

std::vector<TruthCheck> case_checks(const CaseJson& json, const TruthCase& subject, std::string_view precision) {
  if (!subject.not_offered.empty()) return {};
  return CaseChecks(json, subject, precision).make();
}

}  // namespace nbk::truth
