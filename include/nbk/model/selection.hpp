// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace nbk {

/// Pixels that follow each other in a row of a panel.
struct PixelRun {
  int panel = 0;       ///< number of the panel, from 0
  int slow = 0;        ///< row
  int first_fast = 0;  ///< first column
  int count = 0;       ///< pixels, >= 1
};

/// Choice of pixels: everything, or a list of runs, for example the rows of shoeboxes. Runs may overlap, and may stand
/// in any order; the result then is a list [pixel of the runs], one run behind the other. Masks and regions of interest
/// count for listed pixels, too: those left out are 0.
struct Selection {
  std::vector<PixelRun> runs{};  ///< empty: all pixels of all panels
};

}  // namespace nbk
