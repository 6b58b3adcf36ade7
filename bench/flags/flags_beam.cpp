// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "bench/flags/units.hpp"
#include "nbk/core/constants.hpp"

namespace nbk::bench::flags {

namespace {

// The C program marks a range that is not given by a negative value, a count by one below 1; so does a user who types
// one.

std::optional<double> range_or_nothing(double value) { return value < 0 ? std::nullopt : std::optional(value); }
std::optional<double> step_or_nothing(double value) { return value > 0 ? std::optional(value) : std::nullopt; }
std::optional<int> count_or_nothing(int value) { return value > 0 ? std::optional(value) : std::nullopt; }

void set_adc_offset(Draft& draft, Values& values) {
  const double offset = values.number(0);
  draft.output.adc_offset = offset;
  draft.series.pedestal = offset;
}

template <Sampling Beam::*Axis>
void set_range(Draft& draft, Values& values) {
  (draft.experiment.beam.*Axis).range = range_or_nothing(mrad(values.number(0)));
}

template <Sampling Beam::*Axis>
void set_step(Draft& draft, Values& values) {
  (draft.experiment.beam.*Axis).step = step_or_nothing(mrad(values.number(0)));
}

template <Sampling Beam::*Axis>
void set_count(Draft& draft, Values& values) {
  (draft.experiment.beam.*Axis).count = count_or_nothing(values.integer(0));
}

void set_both_ranges(Draft& draft, Values& values) {
  Beam& beam = draft.experiment.beam;
  beam.horizontal_divergence.range = beam.vertical_divergence.range = range_or_nothing(mrad(values.number(0)));
}

void set_both_counts(Draft& draft, Values& values) {
  Beam& beam = draft.experiment.beam;
  beam.horizontal_divergence.count = beam.vertical_divergence.count = count_or_nothing(values.integer(0));
}

void set_dispersion(Draft& draft, Values& values) {
  const double width_percent = values.number(0);
  require(width_percent >= 0, "-dispersion", width_percent, "must be >= 0 %");
  draft.experiment.beam.dispersion.range = percent(width_percent);
}

void set_wavelength(Draft& draft, Values& values) {
  draft.experiment.beam.wavelength_m = angstrom(values.number(0));
  draft.wavelength_given = true;
}

void set_energy(Draft& draft, Values& values) {
  const double energy_eV = values.number(0);
  require(energy_eV > 0, "-energy", energy_eV, "must be > 0 eV");
  draft.experiment.beam.wavelength_m = angstrom(constants::energy_wavelength_eV_A / energy_eV);
  draft.wavelength_given = true;
}

template <double Beam::*Field>
void set_plain(Draft& draft, Values& values) {
  draft.experiment.beam.*Field = values.number(0);
}

template <bool Value>
void set_round(Draft& draft, Values&) {
  draft.experiment.beam.round_divergence = Value;
}

void set_mosaic_spread(Draft& draft, Values& values) {
  const double spread_deg = values.number(0);
  draft.experiment.crystal.mosaicity.spread_rad = spread_deg > 0 ? deg(spread_deg) : 0.0;
}

}  // namespace

std::vector<Flag> beam_flags() {
  constexpr Group group = Group::beam;
  constexpr std::string_view wavelength = "beam.wavelength_m";
  constexpr std::string_view horizontal = "beam.horizontal_divergence", vertical = "beam.vertical_divergence";
  constexpr std::string_view both = "beam.horizontal_divergence beam.vertical_divergence";
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-lambda", "-wave", "-wavelength"}, .patterns = {{"-lambda"}, {"-wave"}}, .values = 1, .unit = "A",
       .fallback = "1", .help = "wavelength", .sets = wavelength, .group = group, .apply = set_wavelength},
      {.names = {"-energy"}, .values = 1, .unit = "eV", .fallback = "none", .help = "photon energy, instead of -lambda",
       .sets = wavelength, .group = group, .apply = set_energy},
      {.names = {"-fluence"}, .values = 1, .unit = "photons/m^2", .fallback = "1.2593e29", .help = "photons per area",
       .sets = "beam.fluence_per_m2", .group = group, .apply = set_plain<&Beam::fluence_per_m2>},
      {.names = {"-flux"}, .values = 1, .unit = "photons/s", .fallback = "0",
       .help = "with -exposure and -beamsize: replaces -fluence", .sets = "beam.flux_per_s", .group = group,
       .apply = set_plain<&Beam::flux_per_s>},
      {.names = {"-exposure"}, .values = 1, .unit = "s", .fallback = "1", .help = "exposure time",
       .sets = "beam.exposure_s", .group = group, .apply = set_plain<&Beam::exposure_s>},
      {.names = {"-beamsize"}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "side of the beam; also clips the crystal along b and c", .sets = "beam.size_m", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.experiment.beam.size_m = mm(values.number(0)); }},
      {.names = {"-mosaic", "-mosaicity", "-mosaic_spread"},
       .patterns = {exact("-mosaic"), {"-mosaici"}, {"-mosaic_spr"}}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "mosaic spread", .sets = "crystal.mosaicity.spread_rad", .group = Group::crystal,
       .apply = set_mosaic_spread},
      {.names = {"-mosaic_dom", "-mosaic_domains"}, .patterns = {{"-mosaic_dom"}}, .values = 1, .unit = "domains",
       .fallback = "10 if there is a spread", .help = "mosaic domains", .sets = "crystal.mosaicity.domains",
       .group = Group::crystal,
       .apply = [](Draft& draft, Values& values) {
         draft.experiment.crystal.mosaicity.domains = count_or_nothing(values.integer(0)); }},
      {.names = {"-dispersion"}, .values = 1, .unit = "%", .fallback = "0", .help = "spectral width, full",
       .sets = "beam.dispersion.range", .group = group,
       .apply = set_dispersion},
      {.names = {"-dispsteps"}, .values = 1, .unit = "wavelengths", .fallback = "automatic",
       .help = "wavelengths across the spectral width", .sets = "beam.dispersion.count", .group = group,
       .apply = set_count<&Beam::dispersion>},
      {.names = {"-divergence"}, .values = 1, .unit = "mrad", .fallback = "0",
       .help = "divergence, full width, horizontal and vertical", .sets = both, .group = group,
       .apply = set_both_ranges},
      {.names = {"-hdivrange"}, .values = 1, .unit = "mrad", .fallback = "0",
       .help = "horizontal divergence, full width", .sets = horizontal, .group = group,
       .apply = set_range<&Beam::horizontal_divergence>},
      {.names = {"-vdivrange"}, .values = 1, .unit = "mrad", .fallback = "0", .help = "vertical divergence, full width",
       .sets = vertical, .group = group, .apply = set_range<&Beam::vertical_divergence>},
      {.names = {"-hdivstep"}, .patterns = {exact("-hdivstep")}, .values = 1, .unit = "mrad", .fallback = "automatic",
       .help = "distance of two horizontal steps", .sets = horizontal, .group = group,
       .apply = set_step<&Beam::horizontal_divergence>},
      {.names = {"-hdivsteps"}, .values = 1, .unit = "steps", .fallback = "automatic", .help = "horizontal steps",
       .sets = horizontal, .group = group, .apply = set_count<&Beam::horizontal_divergence>},
      {.names = {"-vdivstep"}, .patterns = {exact("-vdivstep")}, .values = 1, .unit = "mrad", .fallback = "automatic",
       .help = "distance of two vertical steps", .sets = vertical, .group = group,
       .apply = set_step<&Beam::vertical_divergence>},
      {.names = {"-vdivsteps"}, .values = 1, .unit = "steps", .fallback = "automatic", .help = "vertical steps",
       .sets = vertical, .group = group, .apply = set_count<&Beam::vertical_divergence>},
      {.names = {"-divsteps"}, .values = 1, .unit = "steps", .fallback = "automatic",
       .help = "steps, horizontal and vertical", .sets = both, .group = group, .apply = set_both_counts},
      {.names = {"-round_div"}, .fallback = "on", .help = "leave the corners of the divergence grid out",
       .sets = "beam.round_divergence", .group = group, .apply = set_round<true>},
      {.names = {"-square_div"}, .help = "use the whole divergence grid", .sets = "beam.round_divergence",
       .group = group, .apply = set_round<false>},
      {.names = {"-adc", "-adcoffset"}, .patterns = {{"-adc"}}, .values = 1, .unit = "counts", .fallback = "40",
       .help = "offset of the integer and the noise image", .sets = "output.adc_offset", .group = Group::output,
       .apply = set_adc_offset},
      {.names = {"-phi"}, .patterns = {exact("-phi")}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "spindle angle at the start", .sets = "crystal.phi.start_rad", .group = Group::spindle,
       .apply = [](Draft& draft, Values& values) { draft.experiment.crystal.phi.start_rad = deg(values.number(0)); }},
      {.names = {"-osc"}, .values = 1, .unit = "deg", .fallback = "0", .help = "rotation during the exposure",
       .sets = "crystal.phi.range_rad", .group = Group::spindle,
       .apply = [](Draft& draft, Values& values) {
         draft.experiment.crystal.phi.range_rad = range_or_nothing(deg(values.number(0))); }},
      {.names = {"-phistep"}, .patterns = {exact("-phistep")}, .values = 1, .unit = "deg", .fallback = "automatic",
       .help = "angle between two phi steps", .sets = "crystal.phi.step_rad", .group = Group::spindle,
       .apply = [](Draft& draft, Values& values) {
         draft.experiment.crystal.phi.step_rad = range_or_nothing(deg(values.number(0))); }},
      {.names = {"-phisteps"}, .values = 1, .unit = "steps", .fallback = "automatic", .help = "phi steps",
       .sets = "crystal.phi.steps", .group = Group::spindle,
       .apply = [](Draft& draft, Values& values) { const int steps = values.integer(0);
         draft.experiment.crystal.phi.steps = steps < 0 ? std::nullopt : std::optional(steps); }},
      {.names = {"-dmin"}, .values = 1, .unit = "A", .fallback = "0",
       .help = "leave out scattering at a finer resolution than this", .sets = "dmin_m", .group = Group::detector,
       .apply = [](Draft& draft, Values& values) { draft.experiment.dmin_m = values.number(0) * 1e-10; }},
  };
  // clang-format on
}

}  // namespace nbk::bench::flags
