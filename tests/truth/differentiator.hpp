// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/launch/adjoint_structure_factors.hpp>
#include <nbk/launch/normal_equations.hpp>
#include <nbk/model/experiment.hpp>
#include <nbk/scene/derivative_parameters.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::truth {

/// An image and its derivatives, in double.
struct DerivativeImages {
  std::vector<double> image;                     ///< photons
  std::vector<std::vector<double>> derivatives;  ///< of the parameters, photons per unit
};

/// An experiment with a list of parameters, made ready in one precision.
class Differentiator {
 public:
  virtual ~Differentiator() = default;

  /// Names of the parameters, in the order of results.
  virtual const std::vector<std::string>& names() const = 0;
  /// Image and derivatives.
  virtual DerivativeImages images() const = 0;
  /// Gradient of a loss by the parameters.
  /// \param dloss_dimage  as the image
  virtual std::vector<double> gradient(const std::vector<double>& dloss_dimage) const = 0;
  /// Gradient of a loss by all structure factors, as nbk::adjoint_structure_factors() gives it.
  /// \param dloss_dimage  as the image
  virtual StructureFactorGradient structure_factor_gradient(const std::vector<double>& dloss_dimage) const = 0;
  /// Normal equations of a fit; see nbk::normal_equations().
  virtual NormalEquations normal(const std::vector<double>& data, const std::vector<double>& variances,
                                 FitTarget target) const = 0;
};

/// Makes an experiment ready. Parameters of what it does not have are left out.
/// \param precision  name of the precision of the kernels
/// \throws InvalidInput
std::unique_ptr<Differentiator> make_differentiator(const Experiment& experiment,
                                                    const DerivativeParameters& parameters, std::string_view precision);

}  // namespace nbk::truth
