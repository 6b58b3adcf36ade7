// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

namespace nbk::testing {

namespace {

using bench::flags::Command;

template <std::string bench::flags::OutputOptions::*Field>
bool is_x(const Command& c) {
  return c.output.*Field == "x";
}

template <std::string bench::flags::ProgramOptions::*Field>
bool is_own_x(const Command& c) {
  return c.program.*Field == "x";
}

}  // namespace

std::vector<FlagSample> output_samples() {
  using Output = bench::flags::OutputOptions;
  using Program = bench::flags::ProgramOptions;
  return {
      {"-dump x", is_x<&Output::cache_file>},
      {"-floatfile x", is_x<&Output::float_file>},
      {"-floatimage x", is_x<&Output::float_file>},
      {"-intfile x", is_x<&Output::int_file>},
      {"-intimage x", is_x<&Output::int_file>},
      {"-nopgm -pgmfile x", [](const Command& c) { return c.output.pgm_file == "x" && c.output.write_pgm; }},
      {"-pgmfile x", is_x<&Output::pgm_file>},
      {"-pgmimage x", is_x<&Output::pgm_file>},
      {"-nonoise -noisefile x", [](const Command& c) { return c.output.noise_file == "x" && c.output.write_noise; }},
      {"-noisefile x", is_x<&Output::noise_file>},
      {"-noiseimage x", is_x<&Output::noise_file>},
      {"-nonoise", [](const Command& c) { return !c.output.write_noise; }},
      {"-nopgm", [](const Command& c) { return !c.output.write_pgm; }},
      {"-scale 2", [](const Command& c) { return c.output.int_scale == 2 && c.output.pgm_scale == 0; }},
      {"-pgmscale 2",
       [](const Command& c) { return c.output.pgm_scale == 2 && c.output.int_scale == 0 && c.output.write_pgm; }},
      {"-adc 10", [](const Command& c) { return c.output.adc_offset == 10; }},
      {"-adcoffset 10", [](const Command& c) { return c.output.adc_offset == 10; }},
      {"-seed 42", [](const Command& c) { return c.output.noise_seed == -42; }},
      {"-printout", [](const Command& c) { return c.output.printout && !c.output.printout_pixel; }},
      {"-printout_pixel 3 4",
       [](const Command& c) {
         return c.output.printout && c.output.printout_pixel == std::array<int, 2>{3, 4};
       }},
      {"-noprogress", [](const Command& c) { return !c.output.progress; }},
      {"-noprogress -progress", [](const Command& c) { return c.output.progress; }},
      {"-progress", [](const Command& c) { return c.output.progress; }},
      {"--precision df64", [](const Command& c) { return c.program.precision == "df64"; }},
      {"--precision mixed", [](const Command& c) { return c.program.precision == "mixed"; }},
      {"--policy corrected", [](const Command& c) { return c.experiment.policy == Policy::corrected; }},
      {"--policy compat", [](const Command& c) { return c.experiment.policy == Policy::compat; }},
      {"--shape round", [](const Command& c) { return c.experiment.crystal.shape == LatticeShape("round"); }},
      {"--traversal windows", [](const Command& c) { return c.program.traversal == Traversal::windows; }},
      {"--traversal spots", [](const Command& c) { return c.program.traversal == Traversal::spots; }},
      {"--device x", is_own_x<&Program::device>},
      {"--threads 3", [](const Command& c) { return c.program.threads == 3; }},
      {"--seed 42", [](const Command& c) { return c.output.noise_seed == -42; }},
      {"--noise parallel", [](const Command& c) { return c.program.noise_generator == "parallel"; }},
      {"--smv-header adc-offset", [](const Command& c) { return c.program.adc_offset_in_header == true; }},
      {"--smv-header=compat", [](const Command& c) { return c.program.adc_offset_in_header == false; }},
      {"--add x",
       [](const Command& c) {
         return c.program.added.size() == 1 && c.program.added[0].file == "x" && c.program.added[0].scale == 1;
       }},
      {"--add x:2.5 --add a:b",
       [](const Command& c) {
         return c.program.added.size() == 2 && c.program.added[0].file == "x" && c.program.added[0].scale == 2.5 &&
                c.program.added[1].file == "a:b";
       }},
      {"--material water:0.1 --material air:35",
       [](const Command& c) { return c.experiment.materials.size() == 2 && c.experiment.materials[1].name == "air"; }},
      {"--detector-image x", is_x<&Output::detector_file>},
      {"--image-bits 32", [](const Command& c) { return c.output.detector_bits == 32; }},
      {"--rounding truncation", [](const Command& c) { return c.output.integers.rounding == Rounding::truncation; }},
      {"--overflow wrap", [](const Command& c) { return c.output.integers.overflow == Overflow::wrap; }},
      {"--spot-scale 3e9", [](const Command& c) { return c.program.spot_scale == 3e9; }},
      {"--json x", is_own_x<&Program::json_file>},
      {"--png x", is_own_x<&Program::png_file>},
      {"--save-expt x", is_own_x<&Program::save_expt_file>},
      {"--save-geom x", is_own_x<&Program::save_geom_file>},
      {"--trace x", is_own_x<&Program::trace_file>},
      {"--save-experiment x", is_own_x<&Program::save_experiment_file>},
      {"--nexus x", [](const Command& c) { return c.series.nexus_file == "x"; }},
      {"--cbf x", [](const Command& c) { return c.series.cbf_file == "x"; }},
      {"--manifest x", [](const Command& c) { return c.series.manifest_file == "x"; }},
      {"--pixels photons", [](const Command& c) { return c.series.pixels == io::PixelKind::photons; }},
      {"--pixels counts16", [](const Command& c) { return c.series.pixels == io::PixelKind::counts16; }},
      {"--gzip 4", [](const Command& c) { return c.series.gzip == 4; }},
      {"--label-threshold 2.5", [](const Command& c) { return c.series.label_threshold == 2.5; }},
      {"--strict", [](const Command& c) { return c.program.strict; }},
      {"--quiet", [](const Command& c) { return c.program.quiet; }},
      {"--help", [](const Command& c) { return c.program.help; }},
      {"--help-markdown", [](const Command& c) { return c.program.help_markdown; }},
      {"--version", [](const Command& c) { return c.program.version; }},
  };
}

}  // namespace nbk::testing
