// SPDX-License-Identifier: MIT
#include "bench/background/background_flags.hpp"

#include "bench/background/background_setters.hpp"

#include <utility>

namespace nbk::bench::background {

namespace {

using namespace setters;
using namespace flags;

using O = Options;
using P = PanelFlags;
using B = BeamFlags;
using S = Sample;

// One row, one paragraph.
// clang-format off
std::vector<BackgroundFlag> sample_and_panel_flags() {
  using enum BackgroundGroup;
  return {
      {.names = {"-samplesize", "-sample_size"}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "side of a cube of sample", .group = sample, .apply = [](O& options, Values& values) {
         options.sample.thickness_m = options.sample.width_m = options.sample.height_m = mm(values); }},
      {.names = {"-thickness", "-thick", "-sample_thickness", "-sample_thick", "-sample_x"},
       .patterns = {{"-sample_thick"}, {"-sample_x"}, {"-thick"}}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "thickness of the sample along the beam; no absorption follows from it", .group = sample,
       .apply = set_mm<&O::sample, &S::thickness_m>},
      {.names = {"-width", "-sample_width", "-sample_y"}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "width of the sample, at most the beam's", .group = sample, .apply = set_mm<&O::sample, &S::width_m>},
      {.names = {"-height", "-sample_height", "-sample_z"},
       .patterns = {{"-sample_heigh"}, {"-sample_z"}, {"-heigh"}}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "height of the sample, at most the beam's", .group = sample, .apply = set_mm<&O::sample, &S::height_m>},
      {.names = {"-density", "-sample_density"}, .patterns = {{"-density"}, {"-sample_den"}}, .values = 1,
       .unit = "g/cm^3", .fallback = "1", .help = "density of the sample", .group = sample,
       .apply = [](O& options, Values& values) { options.sample.density_g_per_m3 = values.number(0) * 1e6; }},
      {.names = {"-molecules", "-sample_molecules"}, .values = 1, .unit = "number", .fallback = "from the density",
       .help = "molecules in the beam, instead of the density", .group = sample,
       .apply = set_number<&O::sample, &S::molecules>},
      {.names = {"-MW", "-molecular_weight"}, .patterns = {exact("-MW"), {"-molecular"}}, .values = 1, .unit = "g/mol",
       .fallback = "18", .help = "molar mass of the molecule that F is of", .group = sample,
       .apply = set_number<&O::sample, &S::molar_mass_g_per_mol>},
      {.names = {"-Xbeam"}, .values = 1, .unit = "mm", .fallback = "-Xclose",
       .help = "direct beam along FAST; nanoBragg's -Xbeam is along slow", .group = panel,
       .apply = set_centre<&P::beam_x_m, Pivot::beam>},
      {.names = {"-Ybeam"}, .values = 1, .unit = "mm", .fallback = "-Yclose",
       .help = "direct beam along SLOW; nanoBragg's -Ybeam is along fast", .group = panel,
       .apply = set_centre<&P::beam_y_m, Pivot::beam>},
      {.names = {"-Xclose"}, .values = 1, .unit = "mm", .fallback = "(size - pixel) / 2",
       .help = "point nearest to the sample, along fast", .group = panel,
       .apply = set_centre<&P::close_x_m, Pivot::sample>},
      {.names = {"-Yclose"}, .values = 1, .unit = "mm", .fallback = "(size + pixel) / 2",
       .help = "point nearest to the sample, along slow", .group = panel,
       .apply = set_centre<&P::close_y_m, Pivot::sample>},
      {.names = {"-ORGX"}, .values = 1, .unit = "pixel", .fallback = "-Xclose",
       .help = "the same in pixels; nanoBragg's counts from 0.5 less", .group = panel,
       .apply = set_org<&P::org_x_px>},
      {.names = {"-ORGY"}, .values = 1, .unit = "pixel", .fallback = "-Yclose",
       .help = "the same in pixels; nanoBragg's counts from 0.5 less", .group = panel,
       .apply = set_org<&P::org_y_px>},
      {.names = {"-pivot"}, .values = 1, .unit = "sample|beam", .fallback = "by the last centre or distance",
       .help = "point that stays fixed when the panel turns", .group = panel, .apply = set_pivot},
      {.names = {"-fdet_vector"}, .values = 3, .unit = "x y z", .fallback = "0 0 1", .help = "fast axis",
       .group = panel, .apply = set_vector<&O::panel, &P::fast>},
      {.names = {"-sdet_vector"}, .values = 3, .unit = "x y z", .fallback = "0 -1 0", .help = "slow axis",
       .group = panel, .apply = set_vector<&O::panel, &P::slow>},
      {.names = {"-odet_vector"}, .values = 3, .unit = "x y z", .help = "read and not used: fast x slow counts",
       .group = panel, .apply = set_nothing},
      {.names = {"-beam_vector"}, .values = 3, .unit = "x y z", .fallback = "1 0 0", .help = "direction of the photons",
       .group = beam, .apply = set_vector<&O::beam, &B::direction>},
      {.names = {"-polar_vector"}, .values = 3, .unit = "x y z", .fallback = "0 0 1",
       .help = "direction of polarisation", .group = beam, .apply = set_vector<&O::beam, &B::polarization>},
      {.names = {"-spindle_axis"}, .values = 3, .unit = "x y z", .help = "read and not used", .group = header,
       .apply = set_nothing},
      {.names = {"-twotheta_axis"}, .values = 3, .unit = "x y z", .fallback = "0 1 0",
       .help = "axis of -twotheta; nanoBragg's is 0 0 -1", .group = panel,
       .apply = set_vector<&O::panel, &P::two_theta_axis>},
      {.names = {"-pix0_vector"}, .values = 3, .unit = "x y z", .help = "read and not used", .group = panel,
       .apply = set_nothing},
      {.names = {"-distance"}, .values = 1, .unit = "mm", .fallback = "100", .help = "sample to panel along the beam",
       .group = panel, .apply = [](O& options, Values& values) {
         options.panel.distance_m = mm(values);
         options.panel.pivot = Pivot::beam; }},
      {.names = {"-close_distance"}, .values = 1, .unit = "mm", .fallback = "from -distance",
       .help = "sample to the nearest point of the panel's plane", .group = panel,
       .apply = set_centre<&P::close_distance_m, Pivot::sample>},
      {.names = {"-source_distance"}, .values = 1, .unit = "mm", .fallback = "10000",
       .help = "distance of a source whose position the file does not have", .group = beam,
       .apply = set_mm<&O::beam, &B::source_distance_m>},
      {.names = {"-twotheta"}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "swing of the panel; -twotheta_axis acts as this flag as well, so it comes first", .group = panel,
       .apply = [](O& options, Values& values) {
         options.panel.two_theta_rad = degrees(values);
         options.panel.pivot = Pivot::sample; }},
      {.names = {"-detector_rotx"}, .values = 1, .unit = "deg", .fallback = "0", .help = "turn about x", .group = panel,
       .apply = set_rotation<&Vec3d::x>},
      {.names = {"-detector_roty"}, .values = 1, .unit = "deg", .fallback = "0", .help = "turn about y", .group = panel,
       .apply = set_rotation<&Vec3d::y>},
      {.names = {"-detector_rotz"}, .values = 1, .unit = "deg", .fallback = "0", .help = "turn about z", .group = panel,
       .apply = set_rotation<&Vec3d::z>},
      {.names = {"-detsize"}, .patterns = {exact("-detsize")}, .values = 1, .unit = "mm", .fallback = "102.4",
       .help = "width and height", .group = panel, .apply = set_size<true, true>},
      {.names = {"-detsize_x"}, .values = 1, .unit = "mm", .fallback = "102.4", .help = "width", .group = panel,
       .apply = set_size<true, false>},
      {.names = {"-detsize_y"}, .values = 1, .unit = "mm", .fallback = "102.4", .help = "height", .group = panel,
       .apply = set_size<false, true>},
      {.names = {"-detpixels"}, .patterns = {exact("-detpixels")}, .values = 1, .unit = "pixels", .fallback = "size / pixel",
       .help = "width and height; some sizes come out one larger", .group = panel, .apply = set_pixels<true, true>},
      {.names = {"-detpixels_x", "-detpixels_f"}, .values = 1, .unit = "pixels", .fallback = "size / pixel",
       .help = "width", .group = panel, .apply = set_pixels<true, false>},
      {.names = {"-detpixels_y", "-detpixels_s"}, .values = 1, .unit = "pixels", .fallback = "size / pixel",
       .help = "height", .group = panel, .apply = set_pixels<false, true>},
      {.names = {"-curved_det"}, .help = "all pixels at the same distance", .group = panel,
       .apply = set_true<&O::panel, &P::curved>, .at_end = flags::AtEnd::needs_a_word},
      {.names = {"-pixel"}, .values = 1, .unit = "mm", .fallback = "0.1", .help = "side of a pixel", .group = panel,
       .apply = set_mm<&O::panel, &P::pixel_size_m>},
      {.names = {"-point_pixel"}, .help = "solid angle 1 / R^2, no area and no obliquity", .group = panel,
       .apply = set_true<&O::panel, &P::point_pixel>},
      {.names = {"-Fmap"}, .help = "an image of F instead of photons", .group = sample,
       .apply = set_true<&O::map_form_factor>},
      {.names = {"-polar"}, .patterns = {exact("-polar")}, .values = 1, .unit = "Kahn factor", .fallback = "0",
       .help = "polarisation; nanoBragg's default is the same", .group = beam, .apply = [](O& options, Values& values) {
         options.beam.kahn_factor = values.number(0);
         options.beam.polarized = true; }},
      {.names = {"-nopolar"}, .help = "no polarisation factor", .group = beam,
       .apply = set_false<&O::beam, &B::polarized>},
      {.names = {"-oversample"}, .values = 1, .unit = "sub-pixels", .fallback = "1",
       .help = "sub-pixels along each side of a pixel", .group = panel,
       .apply = [](O& options, Values& values) { options.panel.oversample = values.integer(0); }},
      {.names = {"-roi"}, .values = 4, .unit = "pixels", .fallback = "all",
       .help = "first and last column, first and last row; the rest is 0", .group = panel,
       .apply = [](O& options, Values& values) {
         for (std::size_t i = 0; i < 4; ++i) options.panel.roi[i] = values.integer(i); }},
  };
}

std::vector<BackgroundFlag> beam_and_file_flags() {
  using enum BackgroundGroup;
  return {
      {.names = {"-lambda", "-wave", "-wavelength"}, .patterns = {{"-lambda"}, {"-wave"}}, .values = 1, .unit = "A",
       .fallback = "1", .help = "wavelength", .group = beam, .apply = [](O& options, Values& values) {
         options.beam.wavelength_m = values.number(0) / 1.0e10; }},
      {.names = {"-energy"}, .values = 1, .unit = "eV", .fallback = "none", .help = "the same as photon energy",
       .group = beam, .apply = set_energy},
      {.names = {"-fluence"}, .values = 1, .unit = "photons/m^2", .fallback = "1.25932e+29", .help = "photons per area",
       .group = beam, .apply = set_number<&O::beam, &B::fluence_per_m2>},
      {.names = {"-flux"}, .values = 1, .unit = "photons/s", .fallback = "0",
       .help = "with -exposure and -beamsize: replaces -fluence", .group = beam,
       .apply = set_number<&O::beam, &B::flux_per_s>},
      {.names = {"-exposure"}, .values = 1, .unit = "s", .fallback = "1", .help = "exposure time", .group = beam,
       .apply = set_number<&O::beam, &B::exposure_s>},
      {.names = {"-beamsize"}, .values = 1, .unit = "mm", .fallback = "0.1",
       .help = "side of the beam; cuts the sample's width and height, also when not given", .group = beam,
       .apply = set_mm<&O::beam, &B::size_m>},
      {.names = {"-dispersion"}, .values = 1, .unit = "%", .fallback = "0", .help = "spectral width, full",
       .group = beam, .apply = [](O& options, Values& values) {
         options.beam.dispersion.range = range_or_nothing(values.number(0) / 100.0); }},
      {.names = {"-dispsteps"}, .values = 1, .unit = "wavelengths", .fallback = "automatic",
       .help = "wavelengths across the spectral width", .group = beam, .apply = [](O& options, Values& values) {
         options.beam.dispersion.count = count_or_nothing(values.integer(0)); }},
      {.names = {"-divergence"}, .values = 1, .unit = "mrad", .fallback = "0",
       .help = "divergence, full width, horizontal and vertical", .group = beam, .apply = set_range<true, true>},
      {.names = {"-hdivrange"}, .values = 1, .unit = "mrad", .fallback = "0", .help = "horizontal, full width",
       .group = beam, .apply = set_range<true, false>},
      {.names = {"-vdivrange"}, .values = 1, .unit = "mrad", .fallback = "0", .help = "vertical, full width",
       .group = beam, .apply = set_range<false, true>},
      {.names = {"-hdivstep"}, .patterns = {exact("-hdivstep")}, .values = 1, .unit = "mrad", .fallback = "automatic",
       .help = "distance of two horizontal steps", .group = beam, .apply = set_step<&B::horizontal>},
      {.names = {"-hdivsteps"}, .values = 1, .unit = "steps", .fallback = "automatic", .help = "horizontal steps",
       .group = beam, .apply = set_count<true, false>},
      {.names = {"-vdivstep"}, .patterns = {exact("-vdivstep")}, .values = 1, .unit = "mrad", .fallback = "automatic",
       .help = "distance of two vertical steps", .group = beam, .apply = set_step<&B::vertical>},
      {.names = {"-vdivsteps"}, .values = 1, .unit = "steps", .fallback = "automatic", .help = "vertical steps",
       .group = beam, .apply = set_count<false, true>},
      {.names = {"-divsteps"}, .values = 1, .unit = "steps", .fallback = "automatic",
       .help = "steps, horizontal and vertical", .group = beam, .apply = set_count<true, true>},
      {.names = {"-round_div"}, .fallback = "on", .help = "leave the corners of the divergence grid out", .group = beam,
       .apply = set_true<&O::beam, &B::round_divergence>},
      {.names = {"-square_div"}, .help = "use the whole divergence grid", .group = beam,
       .apply = set_false<&O::beam, &B::round_divergence>},
      {.names = {"-adc"}, .values = 1, .unit = "ADU", .fallback = "40",
       .help = "offset of the integer and the noise image, and of the image that F is extracted from", .group = files,
       .apply = [](O& options, Values& values) { options.offset_adu = values.number(0); }},
      {.names = {"-gain"}, .values = 1, .unit = "ADU/photon", .fallback = "1",
       .help = "of the image that F is extracted from", .group = extraction,
       .apply = [](O& options, Values& values) { options.gain = values.number(0); }},
      {.names = {"-phi"}, .patterns = {exact("-phi")}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "spindle angle for the header", .group = header,
       .apply = [](O& options, Values& values) { options.phi.start_rad = degrees(values); }},
      {.names = {"-osc"}, .values = 1, .unit = "deg", .fallback = "0", .help = "oscillation range for the header",
       .group = header,
       .apply = [](O& options, Values& values) { options.phi.range_rad = range_or_nothing(degrees(values)); }},
      {.names = {"-phistep"}, .patterns = {exact("-phistep")}, .values = 1, .unit = "deg",
       .help = "for the header: stands in for -osc", .group = header,
       .apply = [](O& options, Values& values) { options.phi.step_rad = range_or_nothing(degrees(values)); }},
      {.names = {"-phisteps"}, .values = 1, .unit = "steps", .help = "for the header: alone it stands for -osc 1",
       .group = header, .apply = [](O& options, Values& values) {
         const int steps = values.integer(0);
         options.phi.steps = steps < 0 ? std::nullopt : std::optional(steps); }},
      {.names = {"-img"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "SMV image to extract F from; size, pixel, distance, wavelength and beam are read from its header",
       .group = extraction, .apply = set_file<&O::files, &BackgroundFiles::image>},
      {.names = {"-ignore"}, .values = 1, .unit = "ADU", .fallback = "none",
       .help = "raw value of pixels to leave out; may be repeated", .group = extraction, .apply = set_ignored},
      {.names = {"-stolout"}, .values = 1, .unit = "file", .fallback = "output.stol",
       .help = "table that is extracted: angle, mean, rms, median, median deviation, pixels", .group = extraction,
       .apply = set_file<&O::files, &BackgroundFiles::extracted>},
      {.names = {"-stol"}, .patterns = {exact("-stol")}, .values = 1, .unit = "file", .fallback = "required",
       .help = "table of sin(theta)/lambda (1/A) and F (electrons)", .group = sample, .apply = set_table<1>},
      {.names = {"-4stol"}, .patterns = {exact("-4stol")}, .values = 1, .unit = "file",
       .help = "the same with 4 sin(theta)/lambda", .group = sample, .apply = set_table<4>},
      {.names = {"-Q"}, .patterns = {exact("-Q")}, .values = 1, .unit = "file",
       .help = "the same with 4 pi sin(theta)/lambda", .group = sample, .apply = set_table<12>},
      {.names = {"-sourcefile"}, .values = 1, .unit = "file", .fallback = "none",
       .help = "rays: X Y Z (m) weight wavelength (m); weights multiply and should average 1", .group = beam,
       .apply = set_file<&O::files, &BackgroundFiles::sources>},
      {.names = {"-floatfile", "-floatimage"}, .values = 1, .unit = "file", .fallback = "floatimage.bin",
       .help = "image of photons as 4-byte floats", .group = files, .apply = set_file<&O::files, &BackgroundFiles::float_file>},
      {.names = {"-intfile", "-intimage"}, .values = 1, .unit = "file", .fallback = "intimage.img",
       .help = "scaled image, SMV", .group = files, .apply = set_file<&O::files, &BackgroundFiles::int_file>},
      {.names = {"-pgmfile", "-pgmimage"}, .values = 1, .unit = "file", .fallback = "image.pgm",
       .help = "8-bit picture", .group = files, .apply = set_file<&O::files, &BackgroundFiles::pgm_file>},
      {.names = {"-noisefile", "-noiseimage"}, .values = 1, .unit = "file", .fallback = "noiseimage.img",
       .help = "image of counted photons, SMV; undoes -nonoise before it", .group = files,
       .apply = [](O& options, Values& values) {
         options.files.noise_file = values.file(0);
         options.add_noise = true; }},
      {.names = {"-nonoise"}, .help = "no image of counted photons", .group = files,
       .apply = [](O& options, Values&) { options.add_noise = false; }},
      {.names = {"-nopgm"}, .help = "no 8-bit picture; with --policy compat it is written all the same", .group = files,
       .apply = [](O& options, Values&) { options.files.write_pgm = false; }},
      {.names = {"-noreject"}, .help = "read and not used", .group = extraction, .apply = set_nothing},
      {.names = {"-scale"}, .values = 1, .unit = "ADU/photon", .fallback = "brightest pixel becomes 55000",
       .help = "scale of the integer image", .group = files,
       .apply = [](O& options, Values& values) { options.int_scale = values.number(0); }},
      {.names = {"-pgmscale"}, .values = 1, .unit = "grey/photon", .fallback = "from the deviation",
       .help = "scale of the picture", .group = files,
       .apply = [](O& options, Values& values) { options.pgm_scale = values.number(0); }},
      {.names = {"-coherent"}, .help = "read and not used", .group = beam, .apply = set_nothing},
      {.names = {"-printout"}, .help = "read and not used: prints no pixels", .group = files, .apply = set_nothing},
      {.names = {"-noprogress"}, .help = "read and not used: there is no progress to show", .group = files,
       .apply = set_nothing},
      {.names = {"-progress"}, .help = "read and not used", .group = files, .apply = set_nothing},
      {.names = {"-printout_pixel"}, .values = 2, .unit = "pixels", .help = "read and not used", .group = files,
       .apply = set_nothing},
      {.names = {"-seed"}, .values = 1, .unit = "integer", .fallback = "the clock", .help = "seed of the noise",
       .group = files, .apply = [](O& options, Values& values) {
         options.seed = -static_cast<std::int64_t>(values.integer(0)); }},
  };
}

std::vector<BackgroundFlag> flags_of_nbk() {
  return {
      {.names = {"--policy"}, .values = 1, .unit = "compat|corrected", .fallback = "compat",
       .help = "nonBragg's numbers, or what is physically meant", .apply = set_policy},
      {.names = {"--threads"}, .values = 1, .unit = "threads", .fallback = "all", .help = "threads on the host",
       .apply = set_threads},
      {.names = {"--strict"}, .help = "unreadable values, flags without effect and all other traps are errors",
       .apply = set_true<&O::strict>},
      {.names = {"--quiet"}, .help = "print errors only, and in one line what may change the image",
       .apply = set_true<&O::quiet>},
      {.names = {"--help"}, .help = "print this", .apply = set_true<&O::help>},
      {.names = {"--help-markdown"}, .help = "print this as docs/background_cli.md",
       .apply = set_true<&O::help_markdown>},
      {.names = {"--version"}, .help = "print the version", .apply = set_true<&O::version>},
  };
}
// clang-format on

std::vector<BackgroundFlag> flags_of_nonbragg() {
  std::vector<BackgroundFlag> table = sample_and_panel_flags();
  for (BackgroundFlag& flag : beam_and_file_flags()) table.push_back(std::move(flag));
  return table;
}

}  // namespace

const std::vector<BackgroundFlag>& background_flag_table() {
  static const std::vector<BackgroundFlag> table = flags::drop_in_table(flags_of_nonbragg(), flags_of_nbk());
  return table;
}

}  // namespace nbk::bench::background
