// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/model/experiment.hpp>
#include <nbk/model/traversal.hpp>
#include <nbk/scene/derivative_parameters.hpp>

#include <memory>
#include <string_view>

namespace nbk::bench {

/// Calls for derivatives that the suite times.
enum class DerivativeCall { images, adjoint, normal };

/// A call for derivatives of one experiment on the host's cores, made ready.
class DerivativeRun {
 public:
  virtual ~DerivativeRun() = default;
  /// Makes the call. Returns when it is done.
  virtual void run() = 0;
  /// Order in which the last call found spots.
  virtual Traversal traversal() const = 0;
};

/// Makes a call ready: plan, parameters, memory. The slopes, data and variances that it reads are 1.
/// \throws InvalidInput  a precision that has none here, or what is wrong with the experiment
std::unique_ptr<DerivativeRun> make_derivative_run(std::string_view dtype, const Experiment& experiment,
                                                   const DerivativeParameters& parameters, DerivativeCall call);

/// The same in one precision.
template <class PrecisionT>
std::unique_ptr<DerivativeRun> derivative_run_in(const Experiment& experiment, const DerivativeParameters& parameters,
                                                 DerivativeCall call);

}  // namespace nbk::bench
