// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

#include "bench/crystals/crystal_files.hpp"

namespace nbk::testing {

namespace {

using bench::flags::Command;

bool has_matrix(const Command& c) { return c.experiment.crystal.a_matrix.has_value(); }
bool has_no_effect(const Command& c) { return c.warnings.size() == 1 && c.warnings[0].find("no effect") < 100; }
bool is_header_taken(const Command& c) { return c.experiment.detector.pixels_fast == 128; }

/// Where gemmi is not built in, the flag has no effect worth a sample; an error says so, which other tests see.
FlagSample coordinates_sample() {
  if (!bench::crystals::has_gemmi())
    return {"--version --coordinates none", [](const Command& c) { return c.program.version; }};
  return {"-cell 31.4 36.7 42.9 --coordinates {inp}/../../../../docs/data/two_helices.pdb --resolution-A 4",
          [](const Command& c) { return c.experiment.structure_factors.h_max == 7; }};
}

}  // namespace

std::vector<FlagSample> file_samples() {
  return {
      {"-mat {inp}/A.mat", has_matrix},
      {"-matrix {inp}/A.mat", has_matrix},
      {"-hkl {inp}/small.hkl", [](const Command& c) { return c.reflections == 4493; }},
      {"-img {inp}/mask.img",
       [](const Command& c) { return is_header_taken(c) && c.experiment.detector.mask.empty(); }},
      {"-mask {inp}/mask.img",
       [](const Command& c) { return is_header_taken(c) && !c.experiment.detector.mask.empty(); }},
      {"-stol {inp}/glass.stol", has_no_effect},
      {"-4stol {inp}/glass.stol", has_no_effect},
      {"-Q {inp}/glass.stol", has_no_effect},
      {"-sourcefile {inp}/sources.txt", [](const Command& c) { return c.experiment.beam.sources.size() == 4; }},
      {"--experiment {inp}/../../../build/fuzz/corpus/experiment/minimal",
       [](const Command& c) { return c.experiment.structure_factors.amplitude.size() == 2; }},
      {"--experiment {inp}/../../../build/fuzz/corpus/experiment/sweep --image 12",
       [](const Command& c) { return c.experiment.crystal.phi.start_rad == 0.75; }},
      {"--response {inp}/../../../build/fuzz/corpus/response/fibre",
       [](const Command& c) { return c.response && c.response->gain_adu_per_photon == 1.8; }},
      {"--expt {inp}/../../../build/fuzz/corpus/dxtbx/kappa --image 4",
       [](const Command& c) {
         return c.experiment.detector.panels.size() == 2 && c.further_crystals.size() == 1 &&
                c.output.adc_offset == 10 && c.experiment.policy == Policy::corrected && c.scan &&
                c.scan->first_image == 3;
       }},
      {"--expt {inp}/../../../build/fuzz/corpus/dxtbx/stills --series 1",
       [](const Command& c) { return c.further_crystals.size() == 1 && c.experiment.beam.wavelength_m > 1.3e-10; }},
      {"--geom {inp}/../../../build/fuzz/corpus/crystfel_geometry/two_panels",
       [](const Command& c) {
         return c.experiment.detector.panels.size() == 2 && c.experiment.frame.beam == Vec3d{0, 0, -1};
       }},
      {"--cell {inp}/../../../build/fuzz/corpus/crystfel_cell/hexagonal",
       [](const Command& c) { return c.experiment.crystal.cell && c.experiment.crystal.cell->b_A == 66.2; }},
      {"--spectrum {inp}/../../../build/fuzz/corpus/spectrum_text/line_ends",
       [](const Command& c) { return c.experiment.beam.spectrum.lines.size() == 2; }},
      {"--hkl {inp}/small.hkl", [](const Command& c) { return c.reflections == 4493 && !c.output.write_cache; }},
      {"--hkl {inp}/small.hkl --resolution-A 2",
       [](const Command& c) { return c.experiment.structure_factors.h_max == 5; }},
      {"--columns FP", has_no_effect},
      {"--space-group P1", has_no_effect},
      {"--bulk-solvent 0.3,40", has_no_effect},
      coordinates_sample(),
      {"--nexus x --images {inp}/../../../build/fuzz/corpus/image_list/stills",
       [](const Command& c) { return c.images.size() == 3 && c.images[1].misset_seed == 7; }},
  };
}

}  // namespace nbk::testing
