// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "bench/flags/units.hpp"
#include "nbk/scene/shape_of.hpp"

namespace nbk::bench::flags {

namespace {

constexpr std::string_view no_effect = "has no effect on the image";

template <std::string InputFiles::*Field>
void set_input(Draft& draft, Values& values) {
  draft.files.*Field = values.file(0);
}

template <std::string OutputOptions::*Field>
void set_output(Draft& draft, Values& values) {
  draft.output.*Field = values.file(0);
}

template <class Shape>
void set_shape(Draft& draft, Values&) {
  draft.experiment.crystal.shape = shape_of<Shape>;
}

template <bool Value>
void set_interpolate(Draft& draft, Values&) {
  draft.experiment.structure_factors.interpolate = Value;
}

void nothing(Draft&, Values&) {}

void set_printout_pixel(Draft& draft, Values& values) {
  draft.output.printout = true;
  draft.output.printout_pixel = {values.integer(0), values.integer(1)};
}

/// Seeds are stored with the opposite sign, which is how the generator is told to start anew.
long seed_of(Values& values) { return -static_cast<long>(values.integer(0)); }

std::vector<Flag> input_flags() {
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-mat", "-matrix"}, .patterns = {{"-mat"}}, .values = 1, .unit = "file", .fallback = "none",
       .help = "MOSFLM orientation matrix, nine numbers", .sets = "crystal.a_matrix", .group = Group::crystal,
       .apply = set_input<&InputFiles::matrix>},
      {.names = {"-hkl"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "structure factors, text: h k l F; a binary cache of them is written", .sets = "structure_factors",
       .group = Group::structure_factors, .apply = set_input<&InputFiles::hkl>},
      {.names = {"-default_F"}, .values = 1, .unit = "electrons", .fallback = "0",
       .help = "structure factor of all reflections that are not listed", .sets = "structure_factors.default_amplitude",
       .group = Group::structure_factors,
       .apply = [](Draft& draft, Values& values) {
         draft.experiment.structure_factors.default_amplitude = values.number(0);
         draft.default_F_given = true; }},
      {.names = {"-dump"}, .values = 1, .unit = "file", .fallback = "Fdump.bin",
       .help = "binary cache of the structure factors; read when there is no -hkl", .sets = "output.cache_file",
       .group = Group::structure_factors, .apply = set_output<&OutputOptions::cache_file>},
      {.names = {"-img"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "take the geometry from the header of an SMV image; flags override it", .sets = "detector beam",
       .group = Group::detector, .apply = set_input<&InputFiles::image>},
      {.names = {"-mask"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "SMV image whose zero pixels are not rendered; also sets the geometry, before -img",
       .sets = "detector.mask", .group = Group::detector, .apply = set_input<&InputFiles::mask>},
      {.names = {"-stolout"}, .values = 1, .unit = "file", .fallback = "none", .help = "read and not used",
       .group = Group::structure_factors, .apply = nothing, .remark = no_effect},
      {.names = {"-stol"}, .patterns = {exact("-stol")}, .values = 1, .unit = "file", .fallback = "none",
       .help = "amorphous structure factors against sin(theta)/lambda; must be readable, not used",
       .group = Group::structure_factors, .apply = set_input<&InputFiles::stol>, .remark = no_effect},
      {.names = {"-4stol"}, .patterns = {exact("-4stol")}, .values = 1, .unit = "file", .fallback = "none",
       .help = "the same against (2 sin(theta)/lambda)^2 ; not used", .group = Group::structure_factors,
       .apply = set_input<&InputFiles::stol>, .remark = no_effect},
      {.names = {"-Q"}, .patterns = {exact("-Q")}, .values = 1, .unit = "file", .fallback = "none",
       .help = "the same against 4 pi sin(theta)/lambda; not used", .group = Group::structure_factors,
       .apply = set_input<&InputFiles::stol>, .remark = no_effect},
      {.names = {"-sourcefile"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "rays of the beam: X Y Z weight wavelength(m)", .sets = "beam.sources", .group = Group::beam,
       .apply = set_input<&InputFiles::sources>},
  };
  // clang-format on
}

std::vector<Flag> written_flags() {
  constexpr Group group = Group::output;
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-floatfile", "-floatimage"}, .values = 1, .unit = "file", .fallback = "floatimage.bin",
       .help = "image in photons, 4-byte floats", .sets = "output.float_file", .group = group,
       .apply = set_output<&OutputOptions::float_file>},
      {.names = {"-intfile", "-intimage"}, .values = 1, .unit = "file", .fallback = "intimage.img",
       .help = "scaled image without noise, SMV", .sets = "output.int_file", .group = group,
       .apply = set_output<&OutputOptions::int_file>},
      {.names = {"-pgmfile", "-pgmimage"}, .values = 1, .unit = "file", .fallback = "image.pgm",
       .help = "8-bit picture", .sets = "output.pgm_file", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.output.pgm_file = values.file(0);
         draft.output.write_pgm = true; }},
      {.names = {"-noisefile", "-noiseimage"}, .values = 1, .unit = "file", .fallback = "noiseimage.img",
       .help = "photon counts with Poisson noise, SMV", .sets = "output.noise_file", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.output.noise_file = values.file(0);
         draft.output.write_noise = true; }},
      {.names = {"-nonoise"}, .help = "no noise image", .sets = "output.write_noise", .group = group,
       .apply = [](Draft& draft, Values&) { draft.output.write_noise = false; }},
      {.names = {"-nopgm"}, .help = "no 8-bit picture", .sets = "output.write_pgm", .group = group,
       .apply = [](Draft& draft, Values&) { draft.output.write_pgm = false; }},
      {.names = {"-scale"}, .values = 1, .unit = "counts/photon", .fallback = "maximum becomes 55000",
       .help = "scale of the integer image", .sets = "output.int_scale", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.output.int_scale = values.number(0); }},
      {.names = {"-pgmscale"}, .values = 1, .unit = "grey/photon", .fallback = "5 rmsd become 250",
       .help = "scale of the 8-bit picture", .sets = "output.pgm_scale", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.output.pgm_scale = values.number(0);
         draft.output.write_pgm = true; }},
      {.names = {"-coherent"}, .help = "read and not used", .group = Group::beam, .apply = nothing,
       .remark = no_effect},
      {.names = {"-printout", "-printout_pixel"}, .patterns = {{"-printout"}},
       .help = "print what every pixel is made of", .sets = "output.printout", .group = group,
       .apply = [](Draft& draft, Values&) { draft.output.printout = true; }},
      {.names = {"-noprogress"}, .help = "no progress meter", .sets = "output.progress", .group = group,
       .apply = [](Draft& draft, Values&) { draft.output.progress = false; }},
      {.names = {"-progress"}, .fallback = "on", .help = "progress meter", .sets = "output.progress", .group = group,
       .apply = [](Draft& draft, Values&) { draft.output.progress = true; }},
      {.names = {"-interpolate"}, .fallback = "if a side has 2 cells or fewer",
       .help = "tricubic structure factors between the reflections", .sets = "structure_factors.interpolate",
       .group = Group::structure_factors, .apply = set_interpolate<true>},
      {.names = {"-nointerpolate"}, .help = "structure factor of the nearest reflection",
       .sets = "structure_factors.interpolate", .group = Group::structure_factors, .apply = set_interpolate<false>},
  };
  // clang-format on
}

std::vector<Flag> last_flags() {
  constexpr Group crystal = Group::crystal;
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-round_xtal"}, .help = "ellipsoidal crystal", .sets = "crystal.shape", .group = crystal,
       .apply = set_shape<physics::Round>},
      {.names = {"-square_xtal"}, .fallback = "on", .help = "crystal bounded by lattice planes",
       .sets = "crystal.shape", .group = crystal, .apply = set_shape<physics::Square>},
      {.names = {"-gauss_xtal"}, .help = "Gaussian spots", .sets = "crystal.shape", .group = crystal,
       .apply = set_shape<physics::Gauss>},
      {.names = {"-binary_spots", "-tophat_spots"}, .help = "spots of constant height, nothing between them",
       .sets = "crystal.shape", .group = crystal, .apply = set_shape<physics::Tophat>},
      {.names = {"-fudge"}, .values = 1, .unit = "factor", .fallback = "1", .help = "scale of round, Gaussian and top-hat spots",
       .sets = "crystal.fudge", .group = crystal,
       .apply = [](Draft& draft, Values& values) { draft.experiment.crystal.fudge = values.number(0); }},
      {.names = {"--intensity-cut"}, .patterns = {exact("--intensity-cut")}, .values = 1, .unit = "share", .fallback = "0",
       .help = "Gaussian spots are 0 where they are below this share of their peak; `--policy corrected` only",
       .sets = "crystal.intensity_cut", .group = crystal,
       .apply = [](Draft& draft, Values& values) { draft.experiment.crystal.intensity_cut = values.number(0); }},
      {.names = {"-printout_pixel"}, .values = 2, .unit = "fast slow", .fallback = "all",
       .help = "print what this pixel is made of", .sets = "output.printout_pixel", .group = Group::output,
       .apply = set_printout_pixel},
      {.names = {"-seed"}, .values = 1, .unit = "integer", .fallback = "the clock", .help = "seed of the noise image",
       .sets = "output.noise_seed", .group = Group::output,
       .apply = [](Draft& draft, Values& values) { draft.output.noise_seed = seed_of(values);
         draft.series.seed_given = true; }},
      {.names = {"-mosaic_seed"}, .values = 1, .unit = "integer", .fallback = "12345678",
       .help = "seed of the mosaic domains", .sets = "crystal.mosaicity.seed", .group = crystal,
       .apply = [](Draft& draft, Values& values) { draft.experiment.crystal.mosaicity.seed = seed_of(values); }},
      {.names = {"-misset_seed"}, .values = 1, .unit = "integer", .fallback = "the clock",
       .help = "seed of -misset random", .sets = "crystal.random_misset_seed", .group = crystal,
       .apply = [](Draft& draft, Values& values) { draft.misset_seed = seed_of(values); }},
      {.names = {"-water"}, .values = 1, .unit = "um", .fallback = "0",
       .help = "edge of a cube of water that adds a flat background. Trap: with --policy compat it is multiplied by r_e^2 "
               "fluence / evaluations, as in the C program; --material water:MM adds water as it scatters",
       .sets = "water_size_m", .group = Group::beam,
       .apply = [](Draft& draft, Values& values) { draft.experiment.water_size_m = values.number(0) / 1e6; }},
  };
  // clang-format on
}

}  // namespace

std::vector<Flag> output_flags() {
  std::vector<Flag> flags = input_flags();
  for (auto&& more : {written_flags(), last_flags()}) flags.insert(flags.end(), more.begin(), more.end());
  return flags;
}

}  // namespace nbk::bench::flags
