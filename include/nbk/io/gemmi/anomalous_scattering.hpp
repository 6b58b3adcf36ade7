// SPDX-License-Identifier: MIT
#pragma once

#include <gemmi/elem.hpp>
#include <gemmi/fprime.hpp>
#include <gemmi/it92.hpp>
#include <gemmi/math.hpp>

#include <complex>

/// \file
/// Scattering of one atom, in electrons. Sources, by gemmi: form factors of International Tables C (1992), f' and f''
/// of Cromer and Liberman (1981) with Kissel and Pratt's correction (1990). The latter know nothing of a crystal, so
/// they are wrong by electrons within some 20 eV of an absorption edge.

namespace nbk::io {

/// Returns f0 of a neutral atom. \param stol2_per_A2  (sin(theta)/lambda)^2
inline double form_factor(gemmi::El element, double stol2_per_A2) {
  using Table = gemmi::IT92<double>;
  const auto get = [](auto table, gemmi::El el) -> auto& {
    using T = decltype(table);
    if constexpr (requires { T::get(el, static_cast<signed char>(0)); }) {
      return T::get(el, static_cast<signed char>(0));  // gemmi 0.6 and newer know ions
    } else {
      return T::get(el);
    }
  };
  return get(Table{}, element).calculate_sf(stol2_per_A2);
}

/// Returns f' + i f'' at a wavelength. Hydrogen, helium and what is heavier than uranium have none.
inline std::complex<double> anomalous_scattering(gemmi::El element, double wavelength_A) {
  const int z = gemmi::Element(element).atomic_number();
  double imaginary = 0;
  const double real = gemmi::cromer_liberman(z, gemmi::hc() / wavelength_A, &imaginary);
  return {real, imaginary};
}

}  // namespace nbk::io
