// SPDX-License-Identifier: MIT
#include "truth/differentiator_in.hpp"

extern template class nbk::truth::DifferentiatorIn<nbk::Fp64>;
extern template class nbk::truth::DifferentiatorIn<nbk::Mixed>;
extern template class nbk::truth::DifferentiatorIn<nbk::Fp32>;

namespace nbk::truth {

std::unique_ptr<Differentiator> make_differentiator(const Experiment& experiment,
                                                    const DerivativeParameters& parameters,
                                                    std::string_view precision) {
  if (precision == Fp64::name) return std::make_unique<DifferentiatorIn<Fp64>>(experiment, parameters);
  if (precision == Mixed::name) return std::make_unique<DifferentiatorIn<Mixed>>(experiment, parameters);
  if (precision == Fp32::name) return std::make_unique<DifferentiatorIn<Fp32>>(experiment, parameters);
  reject("precision", precision, "must be float64, mixed or float32");
}

}  // namespace nbk::truth
