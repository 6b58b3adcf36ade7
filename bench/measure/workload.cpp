// SPDX-License-Identifier: MIT
#include "bench/measure/workload.hpp"

#include "bench/flags/units.hpp"

#include <string>

namespace nbk::bench::measure {

Workload main_job(int size) {
  Workload workload;
  workload.name = "main";
  workload.pixels_fast = workload.pixels_slow = size;
  auto& e = workload.experiment;
  e.crystal.cell = UnitCell{100, 100, 100, flags::deg(90), flags::deg(90), flags::deg(90)};
  e.crystal.cells = {5, 5, 5};
  e.structure_factors.default_amplitude = 100;
  e.beam.wavelength_m = flags::angstrom(6.2);
  e.detector.distance_m = flags::mm(100);
  e.detector.pixels_fast = e.detector.pixels_slow = size;
  // tests/bench/measure/workload.cpp compares the experiment with these.
  workload.flags = {"-default_F",
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
  return workload;
}

}  // namespace nbk::bench::measure
