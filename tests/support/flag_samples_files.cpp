// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

namespace nbk::testing {

namespace {

using bench::flags::Command;

bool has_matrix(const Command& c) { return c.experiment.crystal.a_matrix.has_value(); }
bool has_no_effect(const Command& c) { return c.warnings.size() == 1 && c.warnings[0].find("no effect") < 100; }
bool is_header_taken(const Command& c) { return c.experiment.detector.pixels_fast == 128; }

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
      {"--spectrum {inp}/../../../build/fuzz/corpus/spectrum_text/line_ends",
       [](const Command& c) { return c.experiment.beam.spectrum.lines.size() == 2; }},
      {"--nexus x --images {inp}/../../../build/fuzz/corpus/image_list/stills",
       [](const Command& c) { return c.images.size() == 3 && c.images[1].misset_seed == 7; }},
  };
}

}  // namespace nbk::testing
