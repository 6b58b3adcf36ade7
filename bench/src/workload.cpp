// SPDX-License-Identifier: MIT
#include "src/workload.hpp"

#include "nbk/core/constants.hpp"

namespace nbk::bench {

Workload main_job(int size) {
  Workload job;
  job.name = "main";
  job.flags = {"-default_F",
               "100",
               "-cell",
               "100",
               "100",
               "100",
               "90",
               "90",
               "90",
               "-lambda",
               "6.2",
               "-N",
               "5",
               "-distance",
               "100",
               "-detpixels",
               std::to_string(size)};
  job.pixels_fast = job.pixels_slow = size;
  constexpr double right_angle = 90 * constants::degree_rad;
  job.experiment.crystal.cell = UnitCell{100, 100, 100, right_angle, right_angle, right_angle};
  job.experiment.crystal.cells = {5, 5, 5};
  job.experiment.structure_factors.default_amplitude = 100;
  job.experiment.beam.wavelength_m = 6.2e-10;
  job.experiment.detector.distance_m = 0.1;
  job.experiment.detector.pixels_fast = job.experiment.detector.pixels_slow = size;
  return job;
}

}  // namespace nbk::bench
