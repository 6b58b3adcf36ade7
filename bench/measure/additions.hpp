// SPDX-License-Identifier: MIT
#pragma once

#include "bench/measure/workload.hpp"

namespace nbk::bench::measure {

/// Parts of a workload that the C program's flags cannot say. Those that are 0 are left out.
struct Additions {
  int modules = 0;    ///< modules per side of a square detector, in the place of the panel: tilted and shifted each
  int shoeboxes = 0;  ///< boxes of 15 x 15 pixels; they replace the image
  int energies = 0;   ///< wavelengths of a Gaussian spectrum 1 % wide, each with structure factors of its own

  int materials = 0;  ///< 1: a millimetre of water in the beam; 2: 35 mm of air as well

  /// True if there are none.
  bool none() const { return modules == 0 && shoeboxes == 0 && energies == 0 && materials == 0; }
};

/// Puts additions into a workload. The C program cannot do it any more: it has no flags then. The same additions give
/// the same experiment on every machine.
void add(const Additions& additions, Workload& workload);

}  // namespace nbk::bench::measure
