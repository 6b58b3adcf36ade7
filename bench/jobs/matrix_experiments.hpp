// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// One experiment of the parity matrix.
struct MatrixExperiment {
  std::string name, title;
  Experiment experiment;
};

/// Small ones, which together use every lattice shape, cell lookup and weighting that is compiled for further pack
/// widths, sources, wavelengths, phi steps, mosaic domains, layers and sub-pixels. Rows end in parts of a pack; no
/// pixel depends on order; none needs a wider precision than float32.
std::vector<MatrixExperiment> matrix_experiments();

}  // namespace nbk::bench::jobs
