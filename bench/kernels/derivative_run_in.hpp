// SPDX-License-Identifier: MIT
#pragma once

#include "bench/kernels/derivative_run.hpp"

#include <nbk/differentiation.hpp>

#include <vector>

namespace nbk::bench {

/// A DerivativeRun of one precision. Photons and derivatives are float, like images.
template <class PrecisionT>
class DerivativeRunIn final : public DerivativeRun {
 public:
  DerivativeRunIn(const Experiment& experiment, const DerivativeParameters& parameters, DerivativeCall call)
      : m_plan(m_exec, experiment), m_by(parameters), m_call(call) {
    const bool listed = !experiment.selection.runs.empty();
    const std::size_t pixels = listed ? static_cast<std::size_t>(scene::listed_pixels(experiment.selection))
                                      : image_extents(m_plan.scene()).pixels();
    m_image = Pixels("nbk::bench::image", pixels);
    if (call == DerivativeCall::images) m_images = Pixels("nbk::bench::derivatives", pixels * m_by.size());
    Kokkos::deep_copy(m_image, 1.0F);
  }

  void run() override {
    switch (m_call) {
      case DerivativeCall::images: return derivatives(m_exec, m_plan, m_by, m_image, m_images);
      case DerivativeCall::adjoint: return adjoint(m_exec, m_plan, m_by, m_image, m_gradient);
      case DerivativeCall::normal: return normal_equations(m_exec, m_plan, m_by, m_image, m_image, {}, m_normal);
    }
  }

  Traversal traversal() const override { return m_by.traversal(); }

 private:
  using Exec = Kokkos::DefaultHostExecutionSpace;
  using Pixels = Kokkos::View<float*, Kokkos::LayoutRight, Exec>;

  Exec m_exec;
  Plan<PrecisionT, Exec> m_plan;
  DerivativePlan<PrecisionT, Exec> m_by;
  DerivativeCall m_call;
  Pixels m_image, m_images;
  std::vector<double> m_gradient;
  NormalEquations m_normal;
};

template <class PrecisionT>
std::unique_ptr<DerivativeRun> derivative_run_in(const Experiment& experiment, const DerivativeParameters& parameters,
                                                 DerivativeCall call) {
  return std::make_unique<DerivativeRunIn<PrecisionT>>(experiment, parameters, call);
}

}  // namespace nbk::bench
