// SPDX-License-Identifier: MIT
#pragma once

#include "truth/differentiator.hpp"
#include "truth/view_numbers.hpp"

#include <nbk/launch/adjoint.hpp>
#include <nbk/launch/adjoint_structure_factors.hpp>
#include <nbk/launch/derivatives.hpp>
#include <nbk/launch/normal_equations.hpp>
#include <nbk/nbk.hpp>
#include <nbk/scene/make_derivative_coefficients.hpp>

#include <cstddef>

namespace nbk::truth {

/// A Differentiator of one precision, compiled in a file of its own for each.
template <class PrecisionT>
class DifferentiatorIn final : public Differentiator {
 public:
  DifferentiatorIn(const Experiment& experiment, const DerivativeParameters& parameters)
      : m_plan(m_exec, experiment), m_coefficients(coefficients_of(experiment, parameters)) {}

  const std::vector<std::string>& names() const override { return m_coefficients.names; }

  DerivativeImages images() const override {
    const std::size_t pixels = pixel_count(m_plan.scene());
    const Numbers image("nbk::truth::image", pixels);
    const Numbers all("nbk::truth::derivatives", pixels * names().size());
    with_choice([&](auto choice) { derivatives(m_exec, m_plan, m_coefficients, image, all, choice); });
    const std::vector<double> values = numbers_of(m_exec, all);
    DerivativeImages result{numbers_of(m_exec, image), {}};
    for (auto from = values.begin(); from != values.end(); from += static_cast<std::ptrdiff_t>(pixels))
      result.derivatives.emplace_back(from, from + static_cast<std::ptrdiff_t>(pixels));
    return result;
  }

  std::vector<double> gradient(const std::vector<double>& dloss_dimage) const override {
    std::vector<double> result;
    const Numbers slopes = view_of(m_exec, dloss_dimage);
    with_choice([&](auto choice) { adjoint(m_exec, m_plan, m_coefficients, slopes, result, choice); });
    return result;
  }

  StructureFactorGradient structure_factor_gradient(const std::vector<double>& dloss_dimage) const override {
    StructureFactorGradient result;
    adjoint_structure_factors(m_exec, m_plan, view_of(m_exec, dloss_dimage), result);
    return result;
  }

  NormalEquations normal(const std::vector<double>& data, const std::vector<double>& variances,
                         FitTarget target) const override {
    NormalEquations result;
    const Numbers of_data = view_of(m_exec, data), of_variances = view_of(m_exec, variances);
    with_choice([&](auto choice) {
      normal_equations(m_exec, m_plan, m_coefficients, of_data, of_variances, {target, 0.0}, result, choice);
    });
    return result;
  }

 private:
  /// Calls f with the choice of kernels that the crystal needs.
  template <class F>
  void with_choice(F&& f) const {
    if (m_plan.scene().diffuse) return f(PlanWithDiffuse{});
    f(PlanShape{});
  }

  DerivativeCoefficients coefficients_of(const Experiment& experiment, const DerivativeParameters& parameters) const {
    const DerivativeSetting setting = DerivativeSetting::of(experiment);
    DerivativeParameters offered;
    for (const DerivativeParameter& parameter : parameters) {
      try {
        make_derivative_coefficients(m_plan.scene(), setting,
                                     DerivativeParameters().add(parameter.name, parameter.changes));
      } catch (const InvalidInput&) {
        continue;
      }
      offered.add(parameter.name, parameter.changes);
    }
    return make_derivative_coefficients(m_plan.scene(), setting, offered);
  }

  HostExec m_exec;
  Plan<PrecisionT, HostExec> m_plan;
  DerivativeCoefficients m_coefficients;
};

}  // namespace nbk::truth
